"""What the page of a plant shows, as text ready to be set: no template computes or decides."""

from __future__ import annotations

from dataclasses import dataclass

from edgeward.report.backlog_view import BacklogView
from edgeward.report.calendar_view import CalendarView
from edgeward.report.cost_view import MoneyView
from edgeward.report.flow_view import FlowView
from edgeward.report.view import Badge, DateRow, Labelled, LinkGroup


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A bar: `solid` is the least of the term, `spread` what it may take on top, both in percent
    of the scale. `open_end` where the term has no upper limit; `stated` is empty where the
    bound is exact or no value was stated."""

    name: str
    bound: str
    stated: str
    median: str
    basis: str
    note: str
    solid: str
    spread: str
    open_end: bool
    stated_at: str | None


@dataclass(frozen=True, slots=True)
class LedgerView:
    """`budget` is a sentence; `budget_at` its place in percent of the scale, if it is on it."""

    rows: tuple[LedgerRow, ...]
    total: LedgerRow
    budget: str
    budget_at: str | None


@dataclass(frozen=True, slots=True)
class BlockView:
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class AlternativeRow:
    """One tier and device of a use case, in the columns of the comparison."""

    where: str
    badge: Badge
    link: str
    memory: str
    cost: str
    blocks: tuple[BlockView, ...]
    rests_on: tuple[str, ...]
    ledger: LedgerView


@dataclass(frozen=True, slots=True)
class UseCaseView:
    """A use case that was placed."""

    name: str
    anchor: str
    action: str
    where: str
    decision: str
    reason: str
    refused: tuple[Labelled, ...]
    facts: tuple[Labelled, ...]
    more: tuple[Labelled, ...]
    wait: str
    alternatives: tuple[AlternativeRow, ...]
    ledger: LedgerView
    explained: tuple[Labelled, ...]


@dataclass(frozen=True, slots=True)
class MissingRow:
    path: str
    what: str
    place: str


@dataclass(frozen=True, slots=True)
class WithheldView:
    name: str
    anchor: str
    action: str
    badge: Badge
    sentence: str
    missing: tuple[MissingRow, ...]
    wait: str
    alternatives: tuple[AlternativeRow, ...]
    training_blocks: tuple[BlockView, ...]
    remedies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeviceRow:
    name: str
    tier: str
    class_name: str
    boxes: str
    owned: str
    run_by: str
    runs: str


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    path: str
    range: str
    because: str
    owner: str
    review_by: str
    matters: bool
    effect: str
    declared: bool = True


@dataclass(frozen=True, slots=True)
class FindingRow:
    severity: str
    rule: str
    message: str
    place: str
    path: str
    remedy: str
    waiver: str


@dataclass(frozen=True, slots=True)
class ResourceRow:
    kind: str
    number: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileRow:
    path: str
    mode: str
    size: str


@dataclass(frozen=True, slots=True)
class BundleView:
    name: str
    summary: str
    files: tuple[FileRow, ...]


@dataclass(frozen=True, slots=True)
class PlantPage:
    """`cloud` and `edge` are a sentence each, None where that part was not built."""

    name: str
    title: str
    badge: Badge
    summary: str
    facts: tuple[Labelled, ...]
    devices: tuple[DeviceRow, ...]
    plant_summary: str
    problems: tuple[str, ...]
    use_cases: tuple[UseCaseView, ...]
    withheld: tuple[WithheldView, ...]
    assumptions: tuple[AssumptionRow, ...]
    assumptions_summary: str
    next_steps: tuple[str, ...]
    findings: tuple[FindingRow, ...]
    findings_summary: str
    cloud: str | None
    resources: tuple[ResourceRow, ...]
    edge: str | None
    bundles: tuple[BundleView, ...]
    backlogs: tuple[BacklogView, ...]
    money: MoneyView | None
    lock: str
    stale: tuple[str, ...]
    documents: tuple[LinkGroup, ...]
    dates: tuple[DateRow, ...]
    calendar: CalendarView | None
    flows: FlowView | None
