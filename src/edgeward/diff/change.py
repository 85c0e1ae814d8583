"""What a change does, in types: for one plant, for what all plants share, for the fleet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from edgeward.errors import Problem
from edgeward.finding import Finding
from edgeward.impact import RuleChanges
from edgeward.lock import Lock
from edgeward.quantity import ZERO, Quantity
from edgeward.result import PlantResult, Status


class Concern(StrEnum):
    """What a reviewer has to look at before anything else, the most serious first."""

    LOCK = "lock edited by hand"
    LOCK_PLACE = "place that only the lock gives"
    LIVE_MOVED = "live decision moved"
    PLACE_LOST = "use case without a place"
    AUTHORITY = "authority raised"
    CONDUIT = "conduit between zones opened"
    FLOW = "connection opened"
    UNENCRYPTED = "connection no longer encrypted"
    ZONE = "zone changed"
    DATA = "data newly leaves the plant"
    DATA_LOSS = "store of data leaves the stack or is made anew"
    FALLBACK = "fallback removed"
    BUFFER = "buffer shrunk"
    WAIVER = "rule waived"
    APPROVER = "approver changed"
    PIN = "place pinned by a person"


CONCERNS = tuple(Concern)


@dataclass(frozen=True, slots=True)
class Alert:
    """One such thing; `path` is the declaration path behind it, empty where none is."""

    concern: Concern
    text: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value at a path as it was written; None is absent, "" a map or a list with no text."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Move:
    """A use case that is decided differently; None is no such use case. `why` is one fact each.

    `rests_on` are the paths of numbers that are not exact and that the new place depends on;
    `no_fallback` says that nothing takes over where the new place gives no prediction;
    `withheld` that it has no place now; `action` is what it does in the plant; `fell_back_on`
    what stood in for it where it had a place and has none now.
    """

    use_case: str
    live: bool
    before: str | None
    after: str | None
    why: tuple[str, ...]
    rests_on: tuple[str, ...] = ()
    no_fallback: bool = False
    withheld: bool = False
    action: str = ""
    fell_back_on: str = ""


@dataclass(frozen=True, slots=True)
class CostChange:
    """US dollars a month; None where the use case has no place."""

    use_case: str
    before: Quantity | None
    after: Quantity | None


class Action(StrEnum):
    DESTROY = "destroyed"
    REPLACE = "replaced"
    CREATE = "created"
    UPDATE = "changed"


@dataclass(frozen=True, slots=True)
class ResourceChange:
    """`inputs` are those that differ, with short values; `kept`: it stays in the account."""

    action: Action
    type: str
    name: str
    inputs: tuple[str, ...] = ()
    kept: bool = False


@dataclass(frozen=True, slots=True)
class BoxChange:
    """The bundle of one box: paths of its files, what restarts, and what reads its files anew.

    `state` is new, changed or gone. `lines` are those that differ in what a service reads, with +
    or - before them.
    """

    box: str
    state: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    restarts: tuple[str, ...]
    reloads: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


class FindingState(StrEnum):
    NEW = "new"
    WAIVED = "waived"
    UNWAIVED = "no longer waived"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class FindingChange:
    state: FindingState
    finding: Finding


@dataclass(frozen=True, slots=True)
class AssumptionChange:
    """`state` is added, changed, removed or expired."""

    state: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Approver:
    """Somebody who has to approve, and as what; `named_here` if only the change itself says so."""

    who: str
    role: str
    named_here: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One side of a plant: what it was found to be, its declared values by path, its lock.

    `lock_damaged` says that there is a lock which cannot be read.
    """

    result: PlantResult
    values: Mapping[str, str]
    lock: Lock | None = None
    lock_damaged: bool = False


@dataclass(frozen=True, slots=True)
class PlantDiff:
    """One plant before and after; a status is None where there is no such plant.

    `lock` says what is to be done about the committed decision, `lock_news` that the base had no
    such need.
    """

    name: str
    before: Status | None
    after: Status | None
    title: str = ""
    renamed_from: str | None = None
    problems: tuple[Problem, ...] = ()
    alerts: tuple[Alert, ...] = ()
    moves: tuple[Move, ...] = ()
    values: tuple[ValueChange, ...] = ()
    usd_before: Quantity = ZERO
    usd_after: Quantity = ZERO
    costs: tuple[CostChange, ...] = ()
    resources: tuple[ResourceChange, ...] = ()
    boxes: tuple[BoxChange, ...] = ()
    closed: tuple[str, ...] = ()
    findings: tuple[FindingChange, ...] = ()
    assumptions: tuple[AssumptionChange, ...] = ()
    lock: tuple[str, ...] = ()
    lock_news: bool = False
    approvers: tuple[Approver, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether there is anything that a reviewer would be told."""
        told = (self.problems, self.alerts, self.moves, self.values, self.resources, self.boxes)
        rest = (self.closed, self.findings, self.assumptions, self.costs, self.lock_news)
        return self.before is not self.after or any(told) or any(rest)

    @property
    def newly_failing(self) -> bool:
        """Whether something counts against the plant that did not before."""
        counting = any(
            each.finding.counts and each.state in (FindingState.NEW, FindingState.UNWAIVED)
            for each in self.findings
        )
        good = (None, Status.DECIDED)
        return counting or (self.before in good and self.after not in good)


@dataclass(frozen=True, slots=True)
class SharedChanges:
    """What all plants share: rules and thresholds, catalog, template packs, who approves."""

    rules: RuleChanges
    catalog: tuple[ValueChange, ...] = ()
    packs: tuple[ValueChange, ...] = ()
    approvers_before: tuple[str, ...] = ()
    approvers_after: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        rules = self.rules
        return bool(
            (rules.added or rules.removed or rules.changed or rules.thresholds)
            or (self.catalog or self.packs)
            or self.approvers_before != self.approvers_after
        )


@dataclass(frozen=True, slots=True)
class FleetDiff:
    """`plants` are those that change, the most important first; `unchanged` counts the others.

    `accounts` are those of the forge that speak for a name, as the base says;
    `reasons` are the subjects of the commits that make the change, oldest first.
    """

    base: str
    head: str
    shared: SharedChanges
    plants: tuple[PlantDiff, ...]
    unchanged: int
    accounts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
