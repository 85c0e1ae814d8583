"""The ownership cost of one use case at one place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from edgeward.cost.horizon import payback_months
from edgeward.cost.line import Kind
from edgeward.cost.money import Money, sum_money
from edgeward.decision import Alternative
from edgeward.facts.candidate import Weighed
from edgeward.ownership.books import Books, decimal, per_each, price_lines
from edgeward.ownership.moves import rank_moves
from edgeward.ownership.notes import alternative_notes
from edgeward.ownership.priced import AlternativeCost, PricedLine
from edgeward.ownership.risk import bad_year_usd
from edgeward.quantity import Quantity


def cost_alternative(
    books: Books,
    weighed: Weighed,
    verdict: tuple[Alternative, bool] | None,
    *,
    items: Quantity,
    value: float | None,
) -> AlternativeCost:
    """The figures of one alternative; `verdict` is what was decided of it, and whether it
    is the chosen one; `value` is what the use case is worth a month, if known.
    """
    said, chosen = verdict or (None, False)
    lines = price_lines(books, weighed.lines)
    counting = [each for each in lines if each.line.counts]
    idle = [each for each in lines if not each.line.counts]
    running, risk = _of(counting, "running"), _of(counting, "risk")
    new_cash = _cash(books, counting)
    gain = None if value is None else value - float((running + risk).best)
    units = books.site.finance.units_per_month if books.site.finance else None
    monthly = sum_money(each.amount for each in counting)
    cost = AlternativeCost(
        name=weighed.host.name,
        tier=weighed.host.tier,
        permitted=said.permitted if said else None,
        chosen=chosen,
        blocked_by=tuple(block.rule for block in said.blocks) if said else (),
        lines=lines,
        monthly=monthly,
        capital=_of(counting, "capital"),
        running=running,
        risk=risk,
        unsigned=_of([each for each in idle if each.line.price.bounded], "risk"),
        new_cash=new_cash,
        sunk=_cash(books, idle),
        first_year_cash=new_cash + running.times(Decimal(12)),
        over_horizon=monthly.times(books.horizon_months),
        per_inference=per_each(monthly, items),
        per_unit=per_each(monthly, units) if units is not None and units.bounded else None,
        bad_year=decimal(bad_year_usd(weighed, books.tariff) / books.usd_rate),
        payback_months=None if gain is None else payback_months(float(new_cash.best), gain),
        moves=rank_moves(lines, books.usd_rate),
    )
    return replace(cost, notes=alternative_notes(cost, weighed, books.tariff, books.horizon_years))


def _of(lines: Iterable[PricedLine], kind: Kind) -> Money:
    return sum_money(each.amount for each in lines if each.line.kind == kind)


def _cash(books: Books, lines: Iterable[PricedLine]) -> Money:
    """What the capital lines cost when they are bought."""
    return sum_money(
        books.amount(each.line.driver * each.line.price)
        for each in lines
        if each.line.kind == "capital"
    )
