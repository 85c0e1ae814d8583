"""The cells of the matrix: what a reader could not judge alone is said in the cell."""

from __future__ import annotations

from edgeward.report.matrix_view import view_matrix
from tests.unit.explore.exploring import example


def test_a_device_that_may_be_over_busy_falls_behind() -> None:
    """A load that is known within a range may be more than the device has."""
    bottling = example("bottling-brno")
    (placement, *_) = bottling.decide().placements
    site = bottling.site()
    use_case = next(each for each in site.use_cases if each.name == placement.use_case)
    matrix = view_matrix(site, use_case, placement.alternatives, chosen=True)
    busy = dict(zip(matrix.places, dict(matrix.rows)["its time"], strict=True))
    assert busy["device line2-gpu"] == "23 to 110 % busy with it; above 100 % it falls behind"
    assert busy["cloud"] == "–"
    forecast = next(each for each in bottling.decide().placements if each != placement)
    use_case = next(each for each in site.use_cases if each.name == forecast.use_case)
    idle = dict(view_matrix(site, use_case, forecast.alternatives, chosen=True).rows)["its time"]
    assert not any("falls behind" in each for each in idle[:1])
