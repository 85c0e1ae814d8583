"""One side of a comparison: a version of a repository, opened with its rules and templates."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from edgeward.bundle.pack import Pack, open_packs
from edgeward.declare.nodes import walk
from edgeward.declare.plant import PlantSource
from edgeward.declare.workspace import load_source
from edgeward.errors import InvalidDeclaration, UsageError
from edgeward.inputs import digest_frame, still
from edgeward.lock import LOCK_NAME, Lock, read_lock
from edgeward.result import PlantResult
from edgeward.session import Session, assess_source, open_session
from edgeward.shipped import reading


@dataclass(frozen=True, slots=True)
class Read:
    """A plant as it was found to be, with its declared values by path."""

    result: PlantResult
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Side:
    """`frame` is the digest of what all of its plants share, on the day that they are judged by."""

    label: str
    session: Session
    packs: tuple[Pack, ...]
    frame: str

    @property
    def root(self) -> Path:
        return self.session.workspace.root

    @property
    def pack_digests(self) -> Mapping[str, str]:
        return {each.name: each.digest for each in self.packs}

    def reading(self) -> AbstractContextManager[None]:
        """While it lasts, what this version ships is what is shipped, if it is edgeward's own."""
        return reading(self.root)

    def read(self, name: str) -> Read | None:
        """One plant; None where this version has none of that name."""
        if name not in self.session.workspace.plants:
            return None
        with self.reading():
            source = load_source(self.session.workspace, name)
            return Read(assess_source(self.session, name, source), _values(source))

    def values(self, name: str) -> Mapping[str, str]:
        """The declared values of one plant by path; none where it cannot be read."""
        return _values(load_source(self.session.workspace, name))

    def lock(self, name: str) -> tuple[Lock | None, bool]:
        """The committed decision, and whether there is one that cannot be read."""
        file = self.root / "sites" / name / LOCK_NAME
        lock = read_lock(file.read_bytes()) if file.is_file() else None
        return lock, file.is_file() and lock is None


def open_side(label: str, folder: Path, today: date) -> Side:
    """Raises UsageError, naming the side, where its catalog or fleet file cannot be read."""
    with reading(folder):
        frame = digest_frame(folder, today)
        try:
            session = open_session(folder, today)
        except InvalidDeclaration as error:
            raise UsageError(f"{label} cannot be compared, repair it first:\n{error}") from error
        packs = open_packs(folder)
        return Side(label, session, packs, still(frame, digest_frame(folder, today)))


def _values(source: object) -> dict[str, str]:
    if not isinstance(source, PlantSource):
        return {}
    return {path: node.text for path, node in walk(source.tree)}
