"""One run over a repository: reads plants and their committed decisions, and assesses them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from pathlib import Path

from edgeward.assess import (
    Assessment,
    assess,
    what_it_does,
)
from edgeward.decision import Decision, Flip
from edgeward.declare.plant import PlantSource, bind_site
from edgeward.declare.workspace import (
    Stock,
    Workspace,
    load_source,
    open_workspace,
    read_stock,
)
from edgeward.errors import InvalidDeclaration, Problem
from edgeward.explore.outcome import say_outcome
from edgeward.explore.variants import Change, Variants
from edgeward.inputs import digest_stock
from edgeward.lock import (
    LOCK_NAME,
    Lock,
    agreed_hosts,
    differences,
    read_lock,
    refuse_newer,
    split_conflict,
)
from edgeward.result import PlantResult
from edgeward.rulebook import Rulebook, open_rulebook
from edgeward.site import Assumption
from edgeward.store import open_store


@dataclass(frozen=True, slots=True)
class Session:
    """A repository opened with its rules; `today` is the date that everything is judged by.

    `fresh` leaves the committed decisions out of the choice.
    """

    workspace: Workspace
    book: Rulebook
    today: date
    fresh: bool = False


def open_session(
    root: Path, today: date, engine_url: str | None = None, fresh: bool = False
) -> Session:
    """Raises InvalidDeclaration for a broken catalog or fleet file, NotEvaluated for the rules."""
    workspace = open_workspace(root, _stock(root))
    book = open_rulebook(root, workspace.thresholds, today, workspace.approvers, engine_url)
    return Session(workspace, book, today, fresh)


def _stock(root: Path) -> Stock:
    """The catalog, kept from an earlier run as long as nothing that it is read from moves."""
    store = open_store()
    if store is None:
        return read_stock(root)
    before = digest_stock(root)
    kept = store.get(before)
    if isinstance(kept, Stock):
        return kept
    stock = read_stock(root)
    if digest_stock(root) == before:
        store.put(before, stock)
    return stock


def assess_plant(session: Session, name: str, with_margins: bool = False) -> PlantResult:
    """The result for one plant; a file that cannot be read is a result too.

    `with_margins` decides again at the ends of every assumption to find what is fragile.
    """
    source = load_source(session.workspace, name)
    return assess_source(session, name, source, with_margins)


def assess_source(
    session: Session,
    name: str,
    source: PlantSource | tuple[Problem, ...],
    with_margins: bool = False,
) -> PlantResult:
    """The same for one that was read already, or for what is wrong with it."""
    if not isinstance(source, PlantSource):
        return PlantResult(name, problems=source)
    site = bind_site(source, session.workspace.catalog)
    committed = _read_committed(session, name)
    if committed.problem is not None:
        return PlantResult(name, problems=(committed.problem,))
    prior, lock = {} if session.fresh else committed.hosts, committed.lock
    assessment = assess(site, session.workspace.catalog, session.book, session.today, prior)
    decision = assessment.decision
    if with_margins:
        decision = _mark_fragile(session, source, assessment, prior)
    return PlantResult(
        name,
        site=site,
        decision=decision,
        findings=assessment.findings,
        has_lock=lock is not None,
        stale=differences(lock, decision) if lock is not None else committed.damage,
    )


def open_variants(session: Session, name: str) -> Variants:
    """A plant to be decided again with something altered.

    Raises InvalidDeclaration for a file that cannot be read.
    """
    source = load_source(session.workspace, name)
    if not isinstance(source, PlantSource):
        raise InvalidDeclaration(source)
    committed = _read_committed(session, name)
    if committed.problem is not None:
        raise InvalidDeclaration((committed.problem,))
    prior = {} if session.fresh else committed.hosts
    return Variants(source, session.workspace.catalog, session.book, prior)


@dataclass(frozen=True, slots=True)
class _Committed:
    """The committed decision, None where it is absent or damaged, and the hosts that it keeps."""

    lock: Lock | None = None
    hosts: Mapping[str, str] = field(default_factory=dict)
    damage: tuple[str, ...] = ()
    problem: Problem | None = None


def _read_committed(session: Session, name: str) -> _Committed:
    path = session.workspace.root / "sites" / name / LOCK_NAME
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return _Committed()
    lock = read_lock(data)
    if lock is not None:
        return _Committed(lock, lock.hosts, problem=refuse_newer(lock, f"sites/{name}/{LOCK_NAME}"))
    if split_conflict(data):
        told = f"it has the conflict markers of a merge: run `edgeward decide {name}`"
        return _Committed(hosts=agreed_hosts(data), damage=(told,))
    return _Committed(damage=(f"it cannot be read: run `edgeward decide {name}`",))


def _mark_fragile(
    session: Session, source: PlantSource, assessment: Assessment, prior: Mapping[str, str]
) -> Decision:
    """The decision with what of the assumptions, alone at one of their ends, would change it."""
    before = what_it_does(assessment.decision)
    variants = Variants(source, session.workspace.catalog, session.book, prior)
    flips: dict[str, list[Flip]] = {}
    for assumption in assessment.site.assumptions:
        for value in _ends(assumption):
            again = variants.decide(Change({assumption.at: value}))
            for name, does in what_it_does(again).items():
                if before.get(name) != does:
                    flip = Flip(assumption.at, value, say_outcome(again, name))
                    flips.setdefault(name, []).append(flip)
    return replace(
        assessment.decision,
        placements=tuple(
            replace(
                each,
                fragile=tuple(sorted(flips.get(each.use_case, ()), key=attrgetter("path"))),
            )
            for each in assessment.decision.placements
        ),
    )


def _ends(assumption: Assumption) -> tuple[float | str, ...]:
    numbers = (assumption.low, assumption.high)
    return (*(end for end in numbers if end is not None), *assumption.one_of)
