"""The cost report as a spreadsheet: live formulas, and a sheet with the source of every figure."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from edgeward.cost.line import expected
from edgeward.cost.money import Money
from edgeward.errors import UsageError
from edgeward.ownership.priced import AlternativeCost, PlantCost, PricedLine
from edgeward.report.cost_blocks import shown
from edgeward.report.cost_rows import state

_HEAD = (
    "Plant",
    "Use case",
    "Place",
    "State",
    "Group",
    "Line",
    "Driver",
    "Unit",
    "Price",
    "Monthly share",
    "A month",
    "Low",
    "High",
    "Counts",
    "Sources",
    "Note",
)
_TOTALS = ("Plant", "Use case", "Place", "State", "Currency", "A month", "Low", "High", "A year")
_SOURCES = ("Path", "Figure", "Basis", "Source", "Date", "Doubt")


def render_cost_xlsx(costs: Sequence[PlantCost], with_blocked: bool, today: date) -> bytes:
    """Three sheets: totals (sums of lines), lines (driver × price × share), sources.

    Amounts are rounded to a hundredth of a cent, in the formulas as in every other format.
    """
    try:
        import xlsxwriter  # noqa: PLC0415
    except ImportError as missing:
        raise UsageError(
            "a spreadsheet needs XlsxWriter: pip install 'edgeward[xlsx]'"
        ) from missing
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": "Ownership cost", "created": _midnight(today)})
    totals, lines, sources = (book.add_worksheet(name) for name in ("Totals", "Lines", "Sources"))
    bold = book.add_format({"bold": True})
    for sheet, head in ((totals, _TOTALS), (lines, _HEAD), (sources, _SOURCES)):
        sheet.write_row(0, 0, head, bold)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(head) - 1, 18)
    _fill(costs, with_blocked, totals, lines)
    _fill_sources(costs, sources)
    book.close()
    return target.getvalue()


def _fill(costs: Sequence[PlantCost], with_blocked: bool, totals: Any, lines: Any) -> None:
    row, total_row = 1, 1
    for cost in costs:
        for use_case in cost.use_cases:
            for place in shown(use_case, with_blocked):
                first = row
                where = (cost.site, use_case.name, place.name, state(place))
                for each in place.lines:
                    lines.write_row(row, 0, where)
                    _line(lines, row, each)
                    row += 1
                totals.write_row(total_row, 0, (*where, cost.currency))
                _total(totals, total_row, (first + 1, row), place)
                total_row += 1


def _line(sheet: Any, row: int, each: PricedLine) -> None:
    """Excel counts rows from 1: `row` is from 0."""
    line, at = each.line, row + 1
    sheet.write_row(row, 4, (line.group, line.name, expected(line.driver), line.unit))
    sheet.write_row(row, 8, (float(each.price.best), expected(line.spread)))
    sheet.write_formula(row, 10, f"=ROUND(G{at}*I{at}*J{at},4)", None, float(each.amount.best))
    sheet.write_number(row, 11, float(each.amount.low))
    if each.amount.high is None:
        sheet.write_string(row, 12, "unknown")
    else:
        sheet.write_number(row, 12, float(each.amount.high))
    sheet.write_row(row, 13, ("yes" if line.counts else "no", " ".join(line.sources), line.note))


def _total(sheet: Any, row: int, span: tuple[int, int], place: AlternativeCost) -> None:
    first, last = span
    counts = f'Lines!N{first}:N{last},"yes"'
    amounts: tuple[tuple[int, str, Money], ...] = ((5, "K", place.monthly), (6, "L", place.monthly))
    for column, letter, amount in amounts:
        value = float(amount.best if letter == "K" else amount.low)
        formula = f"=SUMIFS(Lines!{letter}{first}:{letter}{last},{counts})"
        sheet.write_formula(row, column, formula, None, value)
    if place.monthly.high is None:
        sheet.write_string(row, 7, "unknown")
    else:
        formula = f"=SUMIFS(Lines!M{first}:M{last},{counts})"
        sheet.write_formula(row, 7, formula, None, float(place.monthly.high))
    sheet.write_formula(row, 8, f"=12*F{row + 1}", None, 12 * float(place.monthly.best))


def _fill_sources(costs: Sequence[PlantCost], sheet: Any) -> None:
    rows = {
        (each.path, each.figure, each.basis, each.source, each.date, each.warning)
        for cost in costs
        for each in cost.sources
    }
    for index, row in enumerate(sorted(rows), 1):
        sheet.write_row(index, 0, row)


def _midnight(today: date) -> datetime:
    return datetime(today.year, today.month, today.day, tzinfo=UTC)
