"""The cost report for machines: every line with its driver, price and source, as JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from edgeward.cost.line import expected
from edgeward.cost.money import Money
from edgeward.ownership.priced import AlternativeCost, BreakEven, PlantCost, PricedLine
from edgeward.report.cost_blocks import shown

COLUMNS = (
    "plant",
    "use_case",
    "place",
    "state",
    "group",
    "line",
    "kind",
    "grows_with",
    "driver",
    "unit",
    "price",
    "monthly_share",
    "currency",
    "a_month",
    "a_month_low",
    "a_month_high",
    "counts",
    "sources",
    "note",
)


def cost_rows(costs: Sequence[PlantCost], with_blocked: bool) -> Iterator[tuple[str, ...]]:
    """One row for each line of each alternative, in the order of `COLUMNS`."""
    for cost in costs:
        for use_case in cost.use_cases:
            for place in shown(use_case, with_blocked):
                for each in place.lines:
                    where = (cost.site, use_case.name, place.name, state(place))
                    yield (*where, *_row(each, cost.currency))


def state(place: AlternativeCost) -> str:
    """`chosen`, `permitted`, `blocked`, or `unknown`."""
    if place.chosen:
        return "chosen"
    return {True: "permitted", False: "blocked", None: "unknown"}[place.permitted]


def render_cost_csv(costs: Sequence[PlantCost], with_blocked: bool) -> str:
    """Comma-separated lines, amounts as plain decimals."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(cost_rows(costs, with_blocked))
    return target.getvalue().rstrip("\n")


def render_cost_json(costs: Sequence[PlantCost], with_blocked: bool) -> str:
    """Everything, amounts as strings so that no digit is lost."""
    plants = [_plant(cost, with_blocked) for cost in costs]
    return json.dumps({"plants": plants}, indent=1, ensure_ascii=False)


def _row(each: PricedLine, currency: str) -> tuple[str, ...]:
    line, amount = each.line, each.amount
    return (
        line.group,
        line.name,
        line.kind,
        line.grows,
        repr(expected(line.driver)),
        line.unit,
        f"{each.price.best.normalize():f}",
        repr(expected(line.spread)),
        currency,
        str(amount.best),
        str(amount.low),
        "" if amount.high is None else str(amount.high),
        "yes" if line.counts else "no",
        " ".join(line.sources),
        line.note,
    )


def _plant(cost: PlantCost, with_blocked: bool) -> dict[str, Any]:
    return {
        "name": cost.site,
        "currency": cost.currency,
        "horizon_years": cost.horizon_years,
        "discount_rate": cost.discount_rate,
        "a_month": _money(cost.monthly),
        "over_horizon": _money(cost.over_horizon),
        "use_cases": [
            {
                "name": use_case.name,
                "value_a_month": _text(use_case.value_per_month),
                "notes": list(use_case.notes),
                "places": [_place(place, cost.currency) for place in shown(use_case, with_blocked)],
            }
            for use_case in cost.use_cases
        ],
        "shared_boxes": [
            {
                "device": box.device,
                "use_cases": list(box.use_cases),
                "a_month": _money(box.monthly),
                "each": _money(box.each),
            }
            for box in cost.shared
        ],
        "sources": [
            {
                "path": each.path,
                "figure": each.figure,
                "basis": each.basis,
                "source": each.source,
                "date": each.date,
                "doubt": each.warning,
            }
            for each in cost.sources
        ],
        "notes": list(cost.notes),
    }


def _place(place: AlternativeCost, currency: str) -> dict[str, Any]:
    return {
        "name": place.name,
        "tier": place.tier,
        "state": state(place),
        "blocked_by": list(place.blocked_by),
        **{name: _money(getattr(place, name)) for name in _NAMES},
        "downtime_year_in_ten": str(place.bad_year),
        "payback_months": place.payback_months,
        "moves": [
            {"inputs": list(move.inputs), "a_month": _text(move.swing)} for move in place.moves
        ],
        "break_even": [_break_even(each) for each in place.break_even],
        "lines": [
            dict(zip(COLUMNS[4:], _row(each, currency), strict=True)) for each in place.lines
        ],
        "notes": list(place.notes),
    }


_NAMES = (
    "monthly",
    "capital",
    "running",
    "risk",
    "unsigned",
    "new_cash",
    "sunk",
    "first_year_cash",
    "over_horizon",
    "per_inference",
    "per_unit",
)


def _break_even(even: BreakEven) -> dict[str, Any]:
    return {
        "against": even.rival,
        "along": even.along,
        "now": str(even.now),
        "looked_up_to": str(even.end),
        "never": not even.crossings,
        "crossings": [
            {"from": str(each.low), "to": str(each.high), "then_cheaper": each.cheaper}
            for each in even.crossings
        ],
    }


def _money(amount: Money | None) -> dict[str, str | None] | None:
    if amount is None:
        return None
    return {"low": str(amount.low), "expected": str(amount.best), "high": _text(amount.high)}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
