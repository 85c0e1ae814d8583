"""Documents of plants, from the working tree or as a commit had them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from edgeward.brief.document import Document
from edgeward.brief.kinds import write_documents
from edgeward.brief.subject import Subject, Version
from edgeward.build import add_cost
from edgeward.errors import InvalidDeclaration
from edgeward.git import read_head
from edgeward.result import PlantResult
from edgeward.session import Session, assess_plant

INPUTS = ("sites", "policies", "templates")
"""What of a repository a document follows from."""


def make_documents(
    session: Session, names: Sequence[str], kind: str, use_case: str | None = None
) -> Iterator[Document]:
    """The documents of a kind for each plant.

    Raises InvalidDeclaration for a plant that cannot be read, UsageError for a use case that
    there is none of.
    """
    version = read_version(session.workspace.root)
    for name in names:
        plant = add_cost(session, assess_plant(session, name, with_margins=True))
        yield from write_documents(make_subject(session, plant, version), kind, use_case)


def make_subject(session: Session, plant: PlantResult, version: Version) -> Subject:
    if plant.site is None or plant.decision is None:
        raise InvalidDeclaration(plant.problems)
    catalog = session.workspace.catalog
    return Subject(plant, plant.site, plant.decision, catalog, version, session.today)


def read_version(root: Path) -> Version:
    """The commit of the working tree, and whether what documents follow from differs from it."""
    head = read_head(root, INPUTS)
    return Version() if head is None else Version(*head)
