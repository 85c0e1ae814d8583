"""Documents of plants, from the working tree or as a commit had them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from edgeward.brief.document import Document
from edgeward.brief.hardware import write_fleet_hardware
from edgeward.brief.kinds import write_documents
from edgeward.brief.subject import Subject, Version, open_subject
from edgeward.build import add_cost, read_version
from edgeward.declare.workspace import OF_A_VERSION, select_sites
from edgeward.errors import InvalidDeclaration
from edgeward.git import checked_out, read_commit
from edgeward.history import History, read_history
from edgeward.session import Session, assess_plant, open_session
from edgeward.shipped import reading


@dataclass(frozen=True, slots=True)
class Asked:
    """Which documents: their kind, of which plants (none: all) and which use case (none: all).

    `at` is a commit, without it the working tree.
    """

    kind: str
    sites: tuple[str, ...] = ()
    use_case: str | None = None
    at: str | None = None


def make_documents(root: Path, asked: Asked, now: date | None, today: date) -> tuple[Document, ...]:
    """What was asked for; judged by `now`, without it by the day of the commit, else `today`.

    Raises InvalidDeclaration for a plant that cannot be read, UsageError for a plant, use case or
    commit that there is none of.
    """
    with _version(root, asked.at) as (folder, version, day):
        session = open_session(folder, now or day or today)
        names = select_sites(session.workspace, asked.sites)
        history = read_history(root, asked.at or "HEAD")
        subjects = [_subject(session, name, version, history) for name in names]
        if asked.kind == "hardware" and len(subjects) > 1:
            return (write_fleet_hardware(subjects),)
        return tuple(
            document
            for subject in subjects
            for document in write_documents(subject, asked.kind, asked.use_case)
        )


@contextmanager
def _version(root: Path, at: str | None) -> Iterator[tuple[Path, Version, date | None]]:
    """The folder to read, its version, and the day of a commit."""
    if at is None:
        yield root, read_version(root), None
        return
    commit, day = read_commit(root, at)
    with checked_out(root, commit, OF_A_VERSION) as folder, reading(folder):
        yield folder, Version(commit), date.fromisoformat(day)


def _subject(session: Session, name: str, version: Version, history: History) -> Subject:
    plant = add_cost(session, assess_plant(session, name, with_margins=True))
    subject = open_subject(plant, session.workspace, version, session.today, history)
    if subject is None:
        raise InvalidDeclaration(plant.problems)
    return subject
