"""Use cases that fit alone and not together, on a whole plant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from edgeward.assess import assess, decide_again
from edgeward.decision import Decision
from edgeward.declare.plant import PlantSource, bind_site
from edgeward.declare.workspace import Workspace, load_source, load_workspace
from edgeward.rulebook import Rulebook, open_rulebook

Decide = Callable[..., Decision]

_PLANT = """
apiVersion: edgeward/v1alpha1
kind: Site
name: line
cloud: {region: eu-central-1}
connectivity:
  tier: best_effort_wan
  uplink_mbps: 50
  downlink_mbps: 50
  rtt_p99_ms: 100
  worst_outage_hours: 8
  outages_per_month: 1
zones: [{name: cell, level: 3}]
devices:
  - name: box
    class: jetson_orin_nx_16gb
    tier: device
    zone: cell
    owned: true
    reserved: {ram_mb: RESERVED}
streams:
  - name: frames
    at: box
    zone: cell
    kb: 10
    arrives: {every_ms: 100}
    hours_per_week: 80
    sensitivity: internal
    personal_data: none
    retention_days: 1
use_cases:
"""

_USE_CASE = """
  - name: NAME
    stage: pilot
    owner: ml@example.com
    action: Stop the belt
    criticality: quality
    authority: actuates
    reads: [frames]
    latency: {budget_ms: BUDGET}
    model: {name: yolo11n, precision: fp16}
    training: {cadence: monthly}
    absent: {do: human, lasts_hours: 4}
    updates: {cadence: monthly, approver: lead@example.com}
    rollback: {when: {metric: rejects, above: 0.1, over: 1d}, to: previous}
    outcome: {measure: rejects}
"""


@pytest.fixture
def decide(tmp_path: Path) -> Decide:
    """Decides for a plant with the named use cases, and checks that no finding contradicts it."""
    folder = tmp_path / "sites" / "line"
    folder.mkdir(parents=True)

    def run(*names: str, budget_ms: int = 1000, reserved_mb: int = 0) -> Decision:
        text = _PLANT.replace("RESERVED", str(reserved_mb))
        for name in names:
            text += _USE_CASE.strip("\n").replace("NAME", name).replace("BUDGET", str(budget_ms))
            text += "\n"
        (folder / "site.yaml").write_text(text)
        workspace = load_workspace(tmp_path)
        source = load_source(workspace, "line")
        assert isinstance(source, PlantSource), source
        return _decide(workspace, source, open_rulebook(tmp_path, {}, date(2026, 11, 23)))

    return run


def _decide(workspace: Workspace, source: PlantSource, book: Rulebook) -> Decision:
    site = bind_site(source, workspace.catalog)
    assess(site, workspace.catalog, book, date(2026, 11, 23), {})
    return decide_again(site, workspace.catalog, book, {})


def test_two_that_are_in_time_alone_are_too_late_together(decide: Decide) -> None:
    """One frame takes 10.1 ms by the stated values: 20.2 ms where two models read it."""
    assert [each.device for each in decide("first", budget_ms=15).placements] == ["box"]
    both = decide("first", "second", budget_ms=15)
    (refused,) = both.withheld
    blocks = [block for each in refused.alternatives for block in each.blocks]
    (late,) = (block for block in blocks if block.rule == "placement.joint_latency")
    assert "together with" in late.message


def test_the_ledger_counts_the_neighbours(decide: Decide) -> None:
    alone = decide("first").placements[0].ledger
    beside = decide("first", "second").placements[0].ledger
    assert beside.bound_ms.low == pytest.approx(alone.bound_ms.low * 2)


def test_two_that_fit_the_memory_alone_do_not_fit_it_together(decide: Decide) -> None:
    def placed(*names: str) -> Decision:
        return decide(*names, reserved_mb=11_500)

    assert len(placed("first").placements) == 1
    (refused,) = placed("first", "second").withheld
    blocks = [block for each in refused.alternatives for block in each.blocks]
    (crowded,) = (block for block in blocks if block.rule == "placement.joint_ram")
    assert "MB of memory needed together with first" in crowded.message
    assert "there" in crowded.message
