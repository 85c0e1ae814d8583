"""An explanation for a terminal: one screen for each use case, 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from edgeward.explore.explanation import Degraded
from edgeward.report.explanation_view import (
    ExplainedView,
    ExplanationView,
    WhatIfView,
    WhyNotView,
)
from edgeward.report.matrix_view import Matrix
from edgeward.report.plant_page import LedgerRow, LedgerView
from edgeward.report.text import COLUMNS, printable

_LABEL = 10
_ABREAST = 3
_BAR = 24
_NOTHING = "0 ms"
_RULE = "─" * COLUMNS


def render_explanation_text(view: ExplanationView) -> str:
    """The text, without a line break at its end."""
    title = f" ({view.title})" if view.title else ""
    lines = [*_paragraph(f"{view.name}{title}")]
    if view.what_if:
        lines += ["", *_what_if(view.what_if)]
    for each in view.use_cases:
        lines += ["", *_use_case(each)]
    return "\n".join(line.rstrip() for line in lines)


def _use_case(view: ExplainedView) -> Iterator[str]:
    yield _RULE
    yield from _paragraph(f"{view.name} → {view.headline}")
    if view.action:
        yield from _paragraph(view.action, "  ")
    yield from _section("Places", _matrix(view.matrix))
    if view.ledger is not None:
        yield from _section(f"Latency of {view.ledger_of}", _ledger(view.ledger))
    yield from _section("Why", _each(view.why))
    missing = [f"{each.label}: {each.text}" for each in view.missing]
    yield from _section("What must be known first", _each(missing))
    for each in view.why_not:
        yield from _section(f"Why not {each.tier}", _why_not(each))
    yield from _section("How far it is from changing", _margins(view))
    yield from _section("When something is away", _degraded(view.degraded))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    content = list(lines)
    if content:
        yield ""
        yield f" {title}"
        yield from content


def _matrix(matrix: Matrix) -> Iterator[str]:
    """A few places abreast, then the next few."""
    for start in range(0, len(matrix.places), _ABREAST):
        part = slice(start, start + _ABREAST)
        if start:
            yield ""
        yield from _row("", matrix.places[part])
        for label, cells in matrix.rows:
            yield from _row(label, cells[part])


def _row(label: str, cells: tuple[str, ...]) -> Iterator[str]:
    width = (COLUMNS - 2 - _LABEL) // _ABREAST
    wrapped = [textwrap.wrap(printable(cell), width - 1, break_on_hyphens=False) for cell in cells]
    for number, parts in enumerate(zip_longest(*wrapped, fillvalue="")):
        head = label if number == 0 else ""
        yield f"  {head:<{_LABEL}}" + "".join(f"{part:<{width}}" for part in parts)


def _ledger(ledger: LedgerView) -> Iterator[str]:
    at = None
    if ledger.budget_at is not None:
        at = min(int(float(ledger.budget_at.rstrip("%")) / 100 * _BAR), _BAR - 1)
    for row in (*(each for each in ledger.rows if each.bound != _NOTHING), ledger.total):
        known = f"{row.basis}: {row.note}" if row.note else row.basis
        bound = f"{row.bound} (stated {row.stated})" if row.stated else row.bound
        head = f"  {row.name[:16]:<16} {_bar(row, at)} {bound}"
        yield from textwrap.wrap(
            printable(f"{head}  {known}" if known else head),
            COLUMNS,
            subsequent_indent=" " * (20 + _BAR),
            drop_whitespace=True,
            break_on_hyphens=False,
        )
    yield from _paragraph(ledger.budget, "  ")


def _bar(row: LedgerRow, budget_at: int | None) -> str:
    """`█` is the least that a term takes, `░` what it may take on top, `|` the budget."""
    solid = round(float(row.solid.rstrip("%")) / 100 * _BAR)
    spread = round(float(row.spread.rstrip("%")) / 100 * _BAR)
    if row.solid == "0.00%" and row.spread == "0.00%":
        solid = spread = 0
    elif solid + spread == 0:
        spread = 1
    bar = list(("█" * solid + "░" * spread)[:_BAR].ljust(_BAR, "·"))
    if budget_at is not None:
        bar[budget_at] = "|"
    return "".join(bar)


def _why_not(view: WhyNotView) -> Iterator[str]:
    for block in view.blocks:
        yield from _paragraph(f"- {block.text} ({block.label})", "  ")
    if view.would:
        yield "  What would, each tried by deciding again:"
    for number, each in enumerate(view.would, 1):
        yield from _paragraph(f"{number}. {each}", "  ")
    if view.wont:
        yield from _paragraph(f"What would: {view.wont}.", "  ")


def _margins(view: ExplainedView) -> Iterator[str]:
    for each in view.margins:
        yield from _paragraph(f"- {each}", "  ")
    if view.measure_first:
        yield from _paragraph(f"Measure first {view.measure_first}.", "  ")
    if view.no_matter:
        named = ", ".join(view.no_matter)
        yield from _paragraph(f"Assumed, and no matter within their ranges: {named}.", "  ")
    if view.rests_on:
        yield from _paragraph(f"Rests on stated values of: {', '.join(view.rests_on)}.", "  ")


def _degraded(rows: Iterable[Degraded]) -> Iterator[str]:
    for each in rows:
        yield from _paragraph(f"no {each.away}: {each.does}; {each.lasts}.", "  ")


def _what_if(view: WhatIfView) -> Iterator[str]:
    yield from _paragraph(f"If {' and '.join(view.asked)}:")
    for each in view.differences:
        yield from _paragraph(f"{each.label} → {each.text}", "  ")
    for name, away in view.degraded:
        yield from _paragraph(f"{name} meanwhile: {away.does}; {away.lasts}.", "  ")


def _each(sentences: Iterable[str]) -> Iterator[str]:
    for sentence in sentences:
        yield from _paragraph(sentence, "  ")


def _paragraph(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        printable(text),
        COLUMNS,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
