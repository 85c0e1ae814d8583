from __future__ import annotations

import pytest

from edgeward.errors import UsageError
from edgeward.explore.explain import explain_plant
from edgeward.explore.what_if import read_conditions
from tests.unit.explore.exploring import plant


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("connectivity.worst_outage_hour=72", "worst_outage_hours"),
        ("connectivity.worst_outage_hours=72h", "expected a number"),
        ("connectivity.worst_outage_hours=-1", "0 or more"),
        ("connectivity.worst_outage_hours", "PATH=VALUE"),
        ("connectivity=72", "no single value"),
        ("connectivity.tier=fibre", "always_on_fiber"),
        ("devices.bord=down", "did you mean `board`?"),
        ("devices.bord.boxes=2", "did you mean `board`?"),
        ("lnk=down", "did you mean `link`?"),
        ("devices.board.class=jetson_orin_nx", "did you mean"),
        ("=72", "PATH=VALUE"),
    ],
)
def test_a_condition_that_makes_no_sense_says_why(asked: str, says: str) -> None:
    with pytest.raises(UsageError, match="--if") as refused:
        read_conditions(plant(), [asked])
    assert says in str(refused.value)


def test_a_value_is_decided_again_and_the_difference_shown() -> None:
    found = explain_plant(plant(), asked=["use_cases.cap-check.latency.budget_ms=1"])
    assert found.what_if is not None
    (difference,) = found.what_if.differences
    assert difference.before != difference.after == "no tier permitted"


def test_without_the_link_an_edge_placement_goes_on_and_buffers() -> None:
    found = explain_plant(plant(authority="actuates"), asked=["link=down"])
    assert found.what_if is not None
    ((row,),) = found.what_if.degraded.values()
    assert row.runs
    # The box's queue is made for the longest outage, however large its disk is.
    assert "for up to 8 h, for which its queue is made, and may lose what comes after" in row.lasts


def test_without_its_device_a_use_case_falls_back_for_as_long_as_declared() -> None:
    variants = plant(authority="actuates", lasts_hours=4)
    found = explain_plant(variants, asked=["devices.board=down"])
    assert found.what_if is not None
    ((row,),) = found.what_if.degraded.values()
    assert not row.runs
    assert "leaves it to people (who they are and what they do is not declared)" in row.does
    assert "4 h" in row.lasts


def test_what_is_away_is_answered_with_the_other_conditions() -> None:
    asked = ["connectivity.worst_outage_hours=72", "link=down"]
    found = explain_plant(plant(authority="actuates"), asked=asked)
    assert found.what_if is not None
    ((row,),) = found.what_if.degraded.values()
    assert "72 h" in row.lasts


def test_conditions_come_together() -> None:
    asked = ["connectivity.uplink_mbps=1", "clock=down"]
    found = explain_plant(plant(), asked=asked)
    assert found.what_if is not None
    assert found.what_if.asked == tuple(asked)
    assert {row.away for rows in found.what_if.degraded.values() for row in rows} == {"clock"}


def test_without_the_broker_what_leaves_as_files_still_leaves() -> None:
    """Large items go to the bucket by HTTPS, small ones through the broker."""
    small = plant()
    large = plant(leaves="{as: features, share: 0.01, kb: 4000, because: hard examples}")
    for variants, said in ((small, "nothing leaves"), (large, "as files, without the broker")):
        found = explain_plant(variants, asked=["broker=down"])
        assert found.what_if is not None
        ((row,),) = found.what_if.degraded.values()
        assert said in row.lasts
