"""A document as text that is ready to be set: no format computes or decides."""

from __future__ import annotations

from dataclasses import dataclass

from edgeward.report.view import Labelled


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section: lines with a label, then what is to be done in order, then a table.

    `note` stands below them, and alone where there is nothing. What is `boxed` is set apart.
    """

    title: str
    lines: tuple[Labelled, ...] = ()
    steps: tuple[str, ...] = ()
    table: Table | None = None
    note: str = ""
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """`name` is the stem of its file; `foot` says what it was made from.

    `large` is for what hangs on a wall. `listed` is what of it a spreadsheet gets, if anything.
    """

    name: str
    title: str
    subtitle: str
    lead: tuple[str, ...]
    parts: tuple[Part, ...]
    foot: str
    large: bool = False
    listed: Table | None = None
