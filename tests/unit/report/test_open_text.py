"""What is said of an unknown is what the decision and the rules hang on, and nothing more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from edgeward.declare.workspace import load_source, load_workspace
from edgeward.finding import Severity
from edgeward.report.open_text import render_open
from edgeward.result import PlantResult
from edgeward.session import assess_plant, open_session

_PLANT = """\
apiVersion: edgeward/v1alpha1
kind: Site
name: brno
cloud: {region: %(region)s}
connectivity: {tier: best_effort_wan, uplink_mbps: 50, downlink_mbps: 100, rtt_p99_ms: %(rtt)s,
               worst_outage_hours: 8, outages_per_month: 2}
devices: [{name: box, class: jetson_orin_nx_16gb, tier: device, runtime: compose}]
streams:
  - {name: pictures, at: box, kb: 800, arrives: {every_ms: 500}, hours_per_week: 80,
     leaves: {as: %(leaves)s, share: 0.01, kb: 40, because: retraining}, retention_days: 30,
     sensitivity: internal, personal_data: %(personal)s}
use_cases:
  - name: look
    stage: pilot
    owner: ml@example.com
    action: %(action)s
    criticality: quality
    scope: line
    authority: advises
    reads: [pictures]
    latency: {budget_ms: 400}
    model: {name: yolo11n, precision: fp16}
    training: {cadence: monthly}
    absent: {do: human, lasts_hours: 8}
    updates: {cadence: monthly, approver: %(approver)s}
    rollback: {when: {metric: rejects, above: 0.1, over: 8h}, to: previous}
    outcome: {measure: complaints}
"""
_KNOWN = {
    "region": "eu-central-1",
    "rtt": "80",
    "leaves": "features",
    "personal": "none",
    "action": "Light the lamp",
    "approver": "quality@example.com",
}


def _open(root: Path, **unknown: str) -> str:
    folder = root / "sites" / "brno"
    folder.mkdir(parents=True)
    (folder / "site.yaml").write_text(_PLANT % {**_KNOWN, **unknown})
    source = load_source(load_workspace(root), "brno")
    assert not isinstance(source, tuple)
    plant = assess_plant(open_session(root, date(2026, 11, 25)), "brno", with_margins=True)
    return " ".join(render_open([(source, plant)]).split())


def test_what_is_the_same_of_many_plants_is_said_once(tmp_path: Path) -> None:
    _open(tmp_path, action="unknown")
    source = load_source(load_workspace(tmp_path), "brno")
    assert not isinstance(source, tuple)
    plant = assess_plant(open_session(tmp_path, date(2026, 11, 25)), "brno")
    many = [(source, replace(plant, name=f"plant-{number}")) for number in range(5)]
    said = render_open([*many, (source, PlantResult("broken"))])
    assert said.startswith("plant-0, plant-1, plant-2 and 2 more: 1 value unknown or assumed.\n")
    assert "broken" not in said


def test_nothing_is_unknown(tmp_path: Path) -> None:
    assert _open(tmp_path) == "brno: nothing is unknown."


@pytest.mark.parametrize(
    ("unknown", "says"),
    [
        ({"action": "unknown"}, "use_cases.look.action: find out, look waits for it"),
        ({"region": "unknown"}, "cloud.region: find out, look waits for it (the region of"),
        ({"rtt": "unknown"}, "no decision hangs on it alone"),
        (
            {"rtt": "unknown", "action": "unknown"},
            "what hangs on it is said once look can be decided",
        ),
        (
            {"personal": "unknown"},
            "streams.pictures.personal_data: find out, rules wait for it",
        ),
    ],
)
def test_an_unknown_is_told_by_what_hangs_on_it(
    tmp_path: Path, unknown: dict[str, str], says: str
) -> None:
    assert says in _open(tmp_path, **unknown)


def test_a_rule_names_the_choice_that_it_waits_for(tmp_path: Path) -> None:
    _open(tmp_path, personal="unknown", approver="unknown")
    plant = assess_plant(open_session(tmp_path, date(2026, 11, 25)), "brno")
    said = {each.rule: each.message.rpartition(" depends on ")[2] for each in plant.findings}
    assert said["security.personal_data_stays"] == "personal_data"
    assert said["governance.approver_not_owner"] == "use_cases.look.updates.approver"


def test_the_worst_of_all_together_and_the_warnings_are_named(tmp_path: Path) -> None:
    _open(tmp_path, rtt="unknown")
    source = load_source(load_workspace(tmp_path), "brno")
    assert not isinstance(source, tuple)
    plant = assess_plant(open_session(tmp_path, date(2026, 11, 25)), "brno", with_margins=True)
    assert plant.decision is not None
    (placement,) = plant.decision.placements
    doubtful = replace(placement, stated_rules=("placement.latency_fits",))
    decision = replace(plant.decision, placements=(doubtful,))
    (warning, *_) = (each for each in plant.findings if each.severity is Severity.WARNING)
    plant = replace(plant, decision=decision, findings=(warning, warning))
    said = " ".join(render_open([(source, plant)]).split())
    assert "alone; at the worst it would be too late: measure before it is relied on" in said
    assert said.endswith("2 warnings, under Findings on its page.")
