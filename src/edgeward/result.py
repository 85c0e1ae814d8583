"""What a run found out, plant by plant: the one object that every reporter takes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from edgeward.decision import Decision
from edgeward.errors import ExitCode, Problem
from edgeward.finding import Finding
from edgeward.graph import ResourceGraph
from edgeward.site import Site

if TYPE_CHECKING:
    from edgeward.bundle.bundle import Bundle  # it renders, which a check does not need


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

    `graph` and `bundles` are there where the verb made them. `stale` says, a sentence each, what
    the committed decision does differently; `has_lock` whether there is one.
    """

    name: str
    problems: tuple[Problem, ...] = ()
    site: Site | None = None
    decision: Decision | None = None
    findings: tuple[Finding, ...] = ()
    graph: ResourceGraph | None = None
    bundles: tuple[Bundle, ...] = ()
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


@dataclass(frozen=True, slots=True)
class RunResult:
    """All plants of a run, by name."""

    plants: tuple[PlantResult, ...]

    def exit_code(self, locked: bool = False) -> ExitCode:
        """The first that applies; `locked` makes a stale or missing lock count."""
        statuses = {plant.status for plant in self.plants}
        if Status.INVALID in statuses:
            return ExitCode.INVALID
        if locked and any(plant.stale or not plant.has_lock for plant in self.plants):
            return ExitCode.STALE
        return ExitCode.CLEAN if statuses <= {Status.DECIDED} else ExitCode.FINDINGS
