"""What the pages show, as text that is ready to be set: no template computes or decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from edgeward.report.backlog_view import BacklogView
from edgeward.report.calendar_view import CalendarView
from edgeward.report.cost_view import MoneyView
from edgeward.report.flow_view import FlowView


@dataclass(frozen=True, slots=True)
class Labelled:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class LinkGroup:
    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """To what else was written: about all plants together, and about each by its name."""

    shared: tuple[LinkGroup, ...]
    plants: Mapping[str, tuple[LinkGroup, ...]]


@dataclass(frozen=True, slots=True)
class Badge:
    """A status: `key` picks its colour and shape, `words` say it."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Tally:
    badge: Badge
    number: int


@dataclass(frozen=True, slots=True)
class TierCell:
    """What one tier of a plant does: the use cases that run there, and those trained there."""

    tier: str
    runs: tuple[str, ...]
    trains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateRow:
    """Something with a date; the badge is `error` once it has passed, `warning` when it is near."""

    day: str
    badge: Badge
    what: str
    who: str
    plant: str
    href: str


@dataclass(frozen=True, slots=True)
class PlantRow:
    name: str
    title: str
    href: str
    badge: Badge
    tiers: tuple[TierCell, ...]
    patterns: tuple[Labelled, ...]
    withheld: tuple[Labelled, ...]
    fragile: tuple[str, ...]
    leans: str
    kinds: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to filter the plants: rows whose `kinds` have its key stay."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Filter:
    name: str
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class FleetPage:
    summary: str
    filters: tuple[Filter, ...]
    tallies: tuple[Tally, ...]
    rows: tuple[PlantRow, ...]
    soon: tuple[DateRow, ...]
    more_soon: int
    documents: tuple[LinkGroup, ...]


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
    pattern: str
    decision: str
    reason: str
    facts: tuple[Labelled, ...]
    wait: str
    alternatives: tuple[AlternativeRow, ...]
    ledger: LedgerView
    explained: tuple[Labelled, ...]
    fragile: tuple[str, ...]
    rests_on: tuple[str, ...]


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
    problems: tuple[str, ...]
    use_cases: tuple[UseCaseView, ...]
    withheld: tuple[WithheldView, ...]
    assumptions: tuple[AssumptionRow, ...]
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
