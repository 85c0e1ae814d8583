"""A device that runs on a battery takes no more models than the battery bears."""

from __future__ import annotations

import pytest

from edgeward.decision import Decision
from edgeward.explore.variants import Variants
from edgeward.report.matrix_view import view_matrix
from tests.unit.declare.declaring import source
from tests.unit.explore.exploring import example, variants_of

_ENERGY_UJ = 1820
"""What the catalog has for tiny_kws_dscnn on mcu_cortex_m4."""


def _plant(
    *names: str, every_ms: float = 10_000, days: int = 365, wh: float = 9, standby_mw: str = "0.5"
) -> Variants:
    streams = "".join(
        f"""  - name: sound-{name}
    at: sensor
    zone: line
    kb: 4
    arrives: {{every_ms: {every_ms}}}
    hours_per_week: 168
    sensitivity: internal
    personal_data: none
    retention_days: 1
"""
        for name in names
    )
    cases = "".join(
        f"""  - name: {name}
    stage: pilot
    owner: ml@example.com
    action: Plan the repair
    criticality: advisory
    authority: informs
    reads: [sound-{name}]
    latency: {{budget_ms: 60000}}
    model: {{name: tiny_kws_dscnn, precision: int8}}
    training: {{cadence: monthly}}
    absent: {{do: human, lasts_hours: 200}}
    updates: {{cadence: monthly, approver: lead@example.com}}
    rollback: {{when: {{metric: stops, above: 3, over: 8h}}, to: previous}}
    outcome: {{measure: failures}}
"""
        for name in names
    )
    return variants_of(
        source(
            f"""owner: plant-it@example.com
timezone: Europe/Prague
cloud: {{region: eu-central-1}}
connectivity: {{tier: best_effort_wan, uplink_mbps: 50, rtt_p99_ms: 60, worst_outage_hours: 8,
                outages_per_month: 1}}
lan: {{rtt_p99_ms: 4, mbps: 1000}}
zones: [{{name: line, level: 2}}]
devices:
  - {{name: sensor, class: mcu_cortex_m4, tier: device, zone: line, runtime: mcu, owned: true,
     battery_days_at_least: {days}, battery_wh: {wh}, battery_standby_mw: {standby_mw}}}
streams:
{streams}use_cases:
{cases}"""
        )
    )


def _lasts(decision: Decision) -> tuple[float, bool | None]:
    outcome = (*decision.placements, *decision.withheld)[0]
    board = next(each for each in outcome.alternatives if each.device == "sensor")
    assert board.facts is not None
    return board.facts.battery.lasts_days.high, board.permitted


def test_it_lasts_as_long_as_standby_and_inferences_let_it() -> None:
    """9 Wh are 9,000 mWh; 0.5 mW of standby and 0.182 mW at one inference in ten seconds."""
    days, permitted = _lasts(_plant("pump").decide())
    assert days == pytest.approx(9000 / (0.5 + _ENERGY_UJ / 10_000) / 24)
    assert permitted


def test_scoring_more_often_empties_it_too_soon() -> None:
    decision = _plant("pump", every_ms=1000).decide()
    days, permitted = _lasts(decision)
    assert days == pytest.approx(9000 / (0.5 + 1.82) / 24)
    assert not permitted
    (withheld,) = decision.withheld
    board = next(each for each in withheld.alternatives if each.device == "sensor")
    assert "placement.battery_lasts" in {each.rule for each in board.blocks}
    messages = [each.message for each in board.blocks if each.rule == "placement.battery_lasts"]
    assert messages == ["the battery lasts 162 days, 365 are asked for"]


def test_two_that_it_bears_alone_and_not_together_are_refused_together() -> None:
    """Either draws 0.40 mW of the 0.53 that the standby leaves for a year."""
    alone = _plant("pump", every_ms=4500).decide()
    assert [each.device for each in alone.placements] == ["sensor"]
    both = _plant("pump", "fan", every_ms=4500).decide()
    (crowded,) = both.withheld
    board = next(each for each in crowded.alternatives if each.device == "sensor")
    messages = {each.rule: each.message for each in board.blocks}
    assert messages["placement.joint_battery"] == (
        "0.809 mW of the battery needed together with fan, 0.527 there"
    )


def test_without_a_figure_for_the_standby_nothing_is_decided_on_it() -> None:
    decision = _plant("pump", standby_mw="unknown").decide()
    (withheld,) = decision.withheld
    assert withheld.why == "not_ready"
    assert "devices.sensor.battery_standby_mw" in {each.path for each in withheld.missing}


def test_the_matrix_has_a_row_for_the_battery_only_where_there_is_one() -> None:
    variants = _plant("pump")
    (use_case,) = variants.site().use_cases
    (placement,) = variants.decide().placements
    rows = dict(view_matrix(variants.site(), use_case, placement.alternatives, chosen=True).rows)
    assert rows["battery"][0] == "550 of 365 days"
    bottling = example("bottling-brno")
    (first, *_) = bottling.decide().placements
    seen = view_matrix(bottling.site(), bottling.site().use_cases[0], first.alternatives, True)
    assert "battery" not in dict(seen.rows)
