"""Small plants to explore: one line with boards, a server and a link, written as a plant file."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from edgeward.assess import decide_again
from edgeward.decision import Decision
from edgeward.declare.plant import PlantSource, bind_site
from edgeward.declare.vary import with_devices
from edgeward.explore.variants import AS_IT_IS, Change, Variants, with_runs
from edgeward.rulebook import Rulebook
from edgeward.session import Session, open_session, open_variants
from tests.unit.declare.declaring import source

ROOT = Path(__file__).parents[3]


@cache
def session() -> Session:
    return open_session(ROOT, date(2026, 11, 23))


def book() -> Rulebook:
    return session().book


def variants_of(declared: PlantSource) -> Variants:
    return Variants(declared, session().workspace.catalog, book(), {})


def decide_afresh(variants: Variants, change: Change = AS_IT_IS) -> Decision:
    """The decision for a variant from nothing but its declaration: no memory of another."""
    source = with_devices(variants.source, change.devices)
    catalog = with_runs(variants.catalog, change.runs)
    return decide_again(bind_site(source, catalog, change.values), catalog, book(), {})


def example(name: str) -> Variants:
    return open_variants(session(), name)


def plant(
    *,
    stage: str = "pilot",
    authority: str = "advises",
    budget_ms: float = 60,
    every_ms: float = 1000,
    model: str = "yolo11s",
    precision: str = "int8",
    device: str = "jetson_orin_nano_super_8gb",
    boxes: int = 1,
    spares: int = 0,
    rebuild_hours: float | str = "unknown",
    server: str | None = "jetson_orin_nx_16gb",
    uplink_mbps: float = 50,
    worst_outage_hours: float = 8,
    lasts_hours: float = 4,
    leaves: str = "{as: features, share: 0.01, kb: 4, because: hard examples}",
    assumptions: str = "",
    names: tuple[str, ...] = ("cap-check",),
) -> Variants:
    """A plant with use cases that are alike; every number of them is a parameter of the test."""
    servers = (
        f"  - {{name: server, class: {server}, tier: plant, zone: room, owned: true}}\n"
        if server
        else ""
    )
    cases = "".join(
        f"""  - name: {name}
    stage: {stage}
    owner: ml@example.com
    action: Blow the bottle off
    criticality: quality
    scope: line
    authority: {authority}
    reads: [pictures]
    latency: {{budget_ms: {budget_ms}}}
    model: {{name: {model}, precision: {precision}}}
    training: {{cadence: monthly}}
    absent: {{do: human, lasts_hours: {lasts_hours}}}
    updates: {{cadence: monthly, approver: lead@example.com}}
    rollback: {{when: {{metric: stops, above: 3, over: 8h}}, to: previous}}
    outcome: {{measure: bad caps, today: 4, target: 1}}
"""
        for name in names
    )
    return variants_of(
        source(
            f"""owner: plant-it@example.com
timezone: Europe/Prague
cloud: {{region: eu-central-1}}
connectivity:
  tier: best_effort_wan
  uplink_mbps: {uplink_mbps}
  downlink_mbps: 200
  share_for_ml: 0.5
  rtt_p99_ms: 60
  worst_outage_hours: {worst_outage_hours}
  outages_per_month: 1
  usd_per_gb: 0
lan: {{rtt_p99_ms: 4, mbps: 1000}}
zones: [{{name: line, level: 2}}, {{name: room, level: 3}}]
devices:
  - name: board
    class: {device}
    tier: device
    zone: line
    owned: true
    boxes: {boxes}
    spares: {spares}
    run_by: {{team: plant-it, rebuild_hours: {rebuild_hours}}}
{servers}streams:
  - name: pictures
    at: board
    zone: line
    kb: 40
    arrives: {{every_ms: {every_ms}}}
    hours_per_week: 80
    leaves: {leaves}
    sensitivity: internal
    personal_data: none
    retention_days: 30
use_cases:
{cases}{assumptions}"""
        )
    )
