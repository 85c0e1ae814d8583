"""What a run found out, plant by plant: the one object that every reporter takes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from edgeward.decision import Decision
from edgeward.errors import ExitCode, Problem
from edgeward.finding import Finding
from edgeward.graph import ResourceGraph
from edgeward.site import Site

if TYPE_CHECKING:
    # They render and price, which a check does not need.
    from edgeward.bundle.bundle import Bundle
    from edgeward.ownership.priced import PlantCost


class Status(StrEnum):
    """How a plant ended, the most serious first."""

    INVALID = "invalid"
    NO_TIER = "no_tier"
    NOT_READY = "not_ready"
    FINDINGS = "findings"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class PlantResult:
    """One plant of a run; a plant that could not be read has `problems` and nothing else.

    `graph`, `bundles` and `cost` are there where the verb made them. `stale` says, a sentence each,
    what the committed decision does differently; `has_lock` whether there is one.
    """

    name: str
    problems: tuple[Problem, ...] = ()
    site: Site | None = None
    decision: Decision | None = None
    findings: tuple[Finding, ...] = ()
    graph: ResourceGraph | None = None
    bundles: tuple[Bundle, ...] = ()
    cost: PlantCost | None = None
    has_lock: bool = False
    stale: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        if self.decision is None:
            return Status.INVALID
        reasons = {each.why for each in self.decision.withheld}
        if "no_tier" in reasons:
            return Status.NO_TIER
        if "not_ready" in reasons:
            return Status.NOT_READY
        counting = any(finding.counts for finding in self.findings)
        return Status.FINDINGS if counting else Status.DECIDED

    @property
    def placed(self) -> tuple[str, ...]:
        """The use cases that have a place."""
        return tuple(each.use_case for each in self.decision.placements) if self.decision else ()

    @property
    def behind(self) -> bool:
        """Whether the committed decision is missing or stale."""
        return bool(self.stale) or not self.has_lock


@dataclass(frozen=True, slots=True)
class Told:
    """What a report needs of a plant, without the plant: small enough to keep for a thousand.

    `text` is the plant's part of the report where the form puts plants one after the other.
    """

    name: str
    status: Status
    behind: bool
    text: str = ""
    problems: tuple[Problem, ...] = ()
    findings: tuple[Finding, ...] = ()
    placed: tuple[str, ...] = ()


class Reported(Protocol):
    """A plant as the reports of findings see it."""

    @property
    def name(self) -> str: ...
    @property
    def status(self) -> Status: ...
    @property
    def problems(self) -> tuple[Problem, ...]: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...
    @property
    def placed(self) -> tuple[str, ...]: ...


class Report(Protocol):
    """A run as the reports of findings see it."""

    @property
    def plants(self) -> Sequence[Reported]: ...


@dataclass(frozen=True, slots=True)
class ToldRun:
    """All plants of a run, by name, each as small as it can be."""

    plants: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class RunResult:
    """All plants of a run, by name."""

    plants: tuple[PlantResult, ...]

    def exit_code(self, locked: bool = False) -> ExitCode:
        """The first that applies; `locked` makes a stale or missing lock count."""
        statuses = {plant.status for plant in self.plants}
        return exit_code_of(statuses, locked and any(plant.behind for plant in self.plants))


def exit_code_of(statuses: Collection[Status], stale: bool) -> ExitCode:
    """The code of a run whose plants ended so; `stale`: a lock that counts is behind."""
    if Status.INVALID in statuses:
        return ExitCode.INVALID
    if stale:
        return ExitCode.STALE
    return ExitCode.CLEAN if set(statuses) <= {Status.DECIDED} else ExitCode.FINDINGS
