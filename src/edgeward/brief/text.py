"""Documents for a terminal or a mail: plain text of 100 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from edgeward.brief.document import Document, Part, Table
from edgeward.report.mark import Plain

COLUMNS = 100
_PLAIN = Plain()


def render_text(document: Document) -> str:
    """The text, without a line break at its end."""
    return "\n".join(_document(document))


def _document(document: Document) -> Iterator[str]:
    title = _PLAIN.say(document.title)
    yield from (*_wrap(title), "=" * min(len(title), COLUMNS))
    yield from _wrap(_PLAIN.say(document.subtitle))
    for sentence in document.lead:
        yield from ("", *_wrap(_PLAIN.say(sentence)))
    for part in document.parts:
        yield from ("", *_part(part))
    yield from ("", *_wrap(_PLAIN.say(document.foot)))


def _part(part: Part) -> Iterator[str]:
    title = _PLAIN.say(part.title)
    yield from (title, "-" * len(title))
    for line in part.lines:
        yield from _wrap(f"{_PLAIN.say(line.label)}: {_PLAIN.say(line.text)}", "  ")
    for number, step in enumerate(part.steps, 1):
        yield from _wrap(f"[ ] {number}. {_PLAIN.say(step)}", "       ")
    if part.table is not None:
        yield from _table(part.table)
    if part.note:
        yield from _wrap(_PLAIN.say(part.note))


def _table(table: Table) -> Iterator[str]:
    rows = [[_PLAIN.say(cell) for cell in row] for row in (table.head, *table.rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _wrap(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        COLUMNS,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
