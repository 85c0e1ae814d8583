"""What a document is about: a plant as it was decided, and the version of its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from edgeward import __version__
from edgeward.catalog import Catalog
from edgeward.decision import Decision, Placement, Withheld
from edgeward.declare.workspace import Workspace
from edgeward.finding import Finding
from edgeward.history import Commit, History
from edgeward.ownership.priced import AlternativeCost, UseCaseCost
from edgeward.result import PlantResult
from edgeward.site import Site
from edgeward.use_case import UseCase

UNKNOWN = "unknown"
NOBODY_SAID = f"{UNKNOWN}: nobody has said"


@dataclass(frozen=True, slots=True)
class Version:
    """The commit of the files, None outside of git; `changed` where files differ from it."""

    commit: str | None = None
    changed: bool = False

    def say(self) -> str:
        if self.commit is None:
            return "files that are in no git repository"
        changed = " and changes that are not committed" if self.changed else ""
        return f"commit {self.commit[:12]}{changed}"


@dataclass(frozen=True, slots=True)
class Subject:
    """A plant that could be read and was decided; `today` is the date it is judged by.

    `history` has the commits of its files, the last first; `approvers` are those of the fleet.
    """

    plant: PlantResult
    site: Site
    decision: Decision
    catalog: Catalog
    version: Version
    today: date
    history: tuple[Commit, ...] = ()
    approvers: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        name, title = self.site.name, self.site.title
        return f"{title} ({name})" if title and title != name else name

    @property
    def foot(self) -> str:
        """What it was made from, so that anybody can make it again."""
        return (
            f"From {self.site.file}, {self.version.say()}; judged by the date {self.today}; "
            f"edgeward {__version__}."
        )

    def cases(self) -> tuple[Case, ...]:
        """Every use case that is not retired, in the order of the declaration."""
        placed = {each.use_case: each for each in self.decision.placements}
        withheld = {each.use_case: each for each in self.decision.withheld}
        costs: Mapping[str, UseCaseCost] = (
            {each.name: each for each in self.plant.cost.use_cases} if self.plant.cost else {}
        )
        return tuple(
            Case(
                use_case=each,
                placement=placed.get(each.name),
                withheld=withheld.get(each.name),
                cost=costs.get(each.name),
                findings=tuple(f for f in self.plant.findings if _is_of(each, f)),
            )
            for each in self.site.use_cases
            if each.name in placed or each.name in withheld
        )


def _is_of(use_case: UseCase, finding: Finding) -> bool:
    """Also one of a connection or a plant that stands at something of the use case."""
    return finding.use_case == use_case.name or finding.path.startswith(
        f"use_cases.{use_case.name}."
    )


def open_subject(
    plant: PlantResult, workspace: Workspace, version: Version, today: date, history: History
) -> Subject | None:
    """None for a plant that could not be read; `history` is that of all plants."""
    if plant.site is None or plant.decision is None:
        return None
    commits = history.get(plant.name, ())
    return Subject(
        plant=plant,
        site=plant.site,
        decision=plant.decision,
        catalog=workspace.catalog,
        version=version,
        today=today,
        history=commits,
        approvers=workspace.approvers,
    )


@dataclass(frozen=True, slots=True)
class Case:
    """A use case with what was decided of it: a placement, or why it is withheld."""

    use_case: UseCase
    placement: Placement | None
    withheld: Withheld | None
    cost: UseCaseCost | None
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        return self.use_case.name

    @property
    def chosen(self) -> AlternativeCost | None:
        return self.cost.chosen if self.cost else None
