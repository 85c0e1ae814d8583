"""An explanation as markdown, for a pull request or a wiki."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edgeward.report.explanation_view import (
    ExplainedView,
    ExplanationView,
    WhatIfView,
    WhyNotView,
)
from edgeward.report.matrix_view import Matrix
from edgeward.report.plant_page import LedgerView
from edgeward.report.text import printable

_OBEYED = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>|#"})


def render_explanation_markdown(view: ExplanationView) -> str:
    """The text, without a line break at its end."""
    title = f": {_text(view.title)}" if view.title else ""
    lines = [f"# {_text(view.name)}{title}"]
    if view.what_if:
        lines += _what_if(view.what_if)
    for each in view.use_cases:
        lines += _use_case(each)
    return "\n".join(lines)


def _use_case(view: ExplainedView) -> Iterator[str]:
    yield from ("", f"## {_text(view.name)} → {_text(view.headline)}")
    if view.action:
        yield from ("", _text(view.action))
    yield from ("", *_matrix(view.matrix))
    if view.ledger is not None:
        yield from ("", f"### Latency of {_text(view.ledger_of)}", "", *_ledger(view.ledger))
    yield from _section("Why", view.why)
    missing = [f"{each.label}: {each.text}" for each in view.missing]
    yield from _section("What must be known first", missing)
    for each in view.why_not:
        yield from _why_not(each)
    yield from _section("How far it is from changing", _margins(view))
    away = [f"no {each.away}: {each.does}; {each.lasts}" for each in view.degraded]
    yield from _section("When something is away", away)


def _section(title: str, sentences: Iterable[str]) -> Iterator[str]:
    listed = list(sentences)
    if listed:
        yield from ("", f"### {_text(title)}", "")
        yield from (f"- {_text(each)}" for each in listed)


def _matrix(matrix: Matrix) -> Iterator[str]:
    yield _row(("", *matrix.places))
    yield _row(["---"] * (len(matrix.places) + 1))
    for label, cells in matrix.rows:
        yield _row((label, *map(_text, cells)))


def _ledger(ledger: LedgerView) -> Iterator[str]:
    yield _row(("term", "bound", "stated", "median", "known from"))
    yield _row(["---"] * 5)
    for row in (*ledger.rows, ledger.total):
        known = f"{row.basis}: {row.note}" if row.note else row.basis
        yield _row(tuple(map(_text, (row.name, row.bound, row.stated, row.median, known))))
    yield from ("", _text(ledger.budget))


def _why_not(view: WhyNotView) -> Iterator[str]:
    yield from _section(
        f"Why not {view.tier}", [f"{each.text} ({each.label})" for each in view.blocks]
    )
    if view.would:
        yield from ("", "What would, each tried by deciding again:", "")
        yield from (f"{number}. {_text(each)}" for number, each in enumerate(view.would, 1))
    if view.wont:
        yield from ("", f"What would: {_text(view.wont)}.")


def _margins(view: ExplainedView) -> Iterator[str]:
    yield from view.margins
    if view.measure_first:
        yield f"Measure first {view.measure_first}"
    if view.no_matter:
        yield f"Assumed, and no matter within their ranges: {', '.join(view.no_matter)}"
    if view.rests_on:
        yield f"Rests on stated values of: {', '.join(view.rests_on)}"


def _what_if(view: WhatIfView) -> Iterator[str]:
    differences = [f"{each.label} → {each.text}" for each in view.differences]
    away = [f"{name} meanwhile: {each.does}; {each.lasts}" for name, each in view.degraded]
    yield from _section(f"If {' and '.join(view.asked)}", [*differences, *away])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    return printable(text).translate(_OBEYED)
