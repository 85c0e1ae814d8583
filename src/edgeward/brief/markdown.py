"""Documents as Markdown, for a wiki, a ticket or a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edgeward.brief.document import Document, Part, Table
from edgeward.report.mark import Markdown

_MARK = Markdown()


def render_markdown(document: Document) -> str:
    """The text, without a line break at its end."""
    return "\n".join(_document(document))


def _document(document: Document) -> Iterator[str]:
    yield from (f"# {_MARK.say(document.title)}", "", _MARK.say(document.subtitle))
    for sentence in document.lead:
        yield from ("", _MARK.strong(sentence))
    for part in document.parts:
        yield from ("", f"## {_MARK.say(part.title)}", *_part(part))
    yield from ("", _MARK.say(document.foot))


def _part(part: Part) -> Iterator[str]:
    if part.lines:
        yield ""
        yield from (f"- {_MARK.strong(each.label)}: {_MARK.say(each.text)}" for each in part.lines)
    if part.steps:
        yield ""
        yield from (f"- [ ] {_MARK.say(each)}" for each in part.steps)
    if part.table is not None:
        yield from ("", *_table(part.table))
    if part.note:
        yield from ("", _MARK.say(part.note))


def _table(table: Table) -> Iterator[str]:
    yield _row(table.head)
    yield _row("---" for _ in table.head)
    yield from (_row(map(_MARK.say, row)) for row in table.rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
