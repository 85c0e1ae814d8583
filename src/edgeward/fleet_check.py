"""A check of many plants: recalled where nothing moved, else decided, by several processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from edgeward.crew import answer_each
from edgeward.inputs import digest_frame, digest_plant, still
from edgeward.report.json import tell_plant as tell_json
from edgeward.report.text import tell_plant as tell_text
from edgeward.result import PlantResult, Told
from edgeward.session import Session, assess_plant, open_session
from edgeward.store import Store, open_store


@dataclass(frozen=True, slots=True)
class Check:
    """What is asked of each plant: to be told in one form, judged as of one day.

    `margins` tries what is assumed at its ends, to tell what is fragile. `frame` is the digest of
    what all plants share, taken before a session is opened; without one nothing is remembered.
    """

    root: Path
    today: date
    form: str
    verbose: bool
    margins: bool = False
    frame: str = ""

    def open(self) -> Callable[[str], Told]:
        """For a worker: its own session, and what it finds goes to the store."""
        return _teller(self, open_session(self.root, self.today)).decide


def check_plants(session: Session, names: Sequence[str], check: Check) -> Iterator[Told]:
    """What is told of each plant, in the order of the names."""
    teller = _teller(check, session)
    missing = [name for name in names if not teller.has(name)]
    found = answer_each(check, missing, lambda: teller.decide, len(missing))
    waiting = set(missing)
    for name in names:
        yield next(found) if name in waiting else teller.recall(name) or teller.decide(name)


def check_afresh(session: Session, names: Sequence[str], check: Check) -> Iterator[Told]:
    """The same without store and workers: for rules that somebody else's server evaluates."""
    return (tell(assess_plant(session, name, check.margins), check) for name in names)


def tell(plant: PlantResult, check: Check) -> Told:
    """What the form needs of a plant."""
    status, behind = plant.status, plant.behind
    if check.form == "text":
        return Told(plant.name, status, behind, tell_text(plant, check.verbose))
    if check.form == "json":
        return Told(plant.name, status, behind, tell_json(plant))
    return Told(
        plant.name,
        status,
        behind,
        problems=plant.problems,
        findings=plant.findings,
        placed=plant.placed,
    )


def _teller(check: Check, session: Session) -> _Teller:
    if not check.frame:
        return _Teller(check, session, None, "")
    frame = still(check.frame, digest_frame(check.root, check.today))
    return _Teller(check, session, open_store(), frame)


@dataclass(frozen=True, slots=True)
class _Teller:
    check: Check
    session: Session
    store: Store | None
    frame: str

    def has(self, name: str) -> bool:
        return self.store is not None and self.store.has(self._key(name))

    def recall(self, name: str) -> Told | None:
        told = self.store.get(self._key(name)) if self.store is not None else None
        return told if isinstance(told, Told) and told.name == name else None

    def decide(self, name: str) -> Told:
        """Kept only if the plant's files are still what they were when it was begun."""
        before = self._key(name)
        told = tell(assess_plant(self.session, name, self.check.margins), self.check)
        if self.store is not None and self._key(name) == before:
            self.store.put(before, told)
        return told

    def _key(self, name: str) -> str:
        form = f"check {self.check.form} {self.check.verbose} {self.check.margins}"
        return digest_plant(self.frame, self.check.root, name, form)
