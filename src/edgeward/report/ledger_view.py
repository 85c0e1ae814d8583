"""The latency ledger as bars against the budget."""

from __future__ import annotations

import math

from edgeward.decision import Ledger, Term
from edgeward.quantity import Quantity
from edgeward.report.duration import format_duration, format_ms
from edgeward.report.plant_page import LedgerRow, LedgerView

_MOST_BUDGETS = 4.0
"""How far the budget may lie beyond the bound before it is left off the scale."""
_ROOM = 1.1


def view_ledger(ledger: Ledger, budget_ms: Quantity) -> LedgerView:
    """Bars on one scale from zero: to the bound or the budget, whichever is later.

    A budget several times later than the bound would flatten every bar, so it is only named.
    """
    reach = sum(_reach(term.bound_ms) for term in ledger.terms)
    budget = _point(budget_ms)
    near = 0 < budget <= reach * _MOST_BUDGETS or reach == 0
    top = (max(reach, budget if near else 0.0) * _ROOM) or 1.0
    total = Term("together", ledger.bound_ms, ledger.median_ms, "")
    return LedgerView(
        rows=tuple(_row(term, top) for term in ledger.terms),
        total=_row(total, top),
        budget=_say_budget(budget_ms, near),
        budget_at=_percent(budget / top) if near and budget else None,
    )


def say_wait(budget_ms: Quantity) -> str:
    """How long the action can wait, without a full stop."""
    if not budget_ms.bounded:
        return "How long the action can wait is not known"
    return f"The action can wait {format_duration(budget_ms)}"


def _say_budget(budget_ms: Quantity, near: bool) -> str:
    if not budget_ms.bounded:
        return f"{say_wait(budget_ms)}."
    if not near:
        return f"{say_wait(budget_ms)}, far beyond these bars."
    if budget_ms.exact:
        return f"{say_wait(budget_ms)}: the upright line."
    return f"{say_wait(budget_ms)}; the upright line is at {format_ms(_point(budget_ms))}."


def _row(term: Term, top: float) -> LedgerRow:
    stated = _point(term.bound_ms)
    known = term.bound_ms.stated is not None and not term.bound_ms.exact
    low = min(term.bound_ms.low, top)
    high = min(term.bound_ms.high, top)
    return LedgerRow(
        name=term.name,
        bound=format_duration(term.bound_ms),
        stated=_say_stated(term.bound_ms) if known else "",
        median=format_duration(term.median_ms),
        basis=term.basis,
        note=term.note,
        solid=_percent(low / top),
        spread=_percent((high - low) / top),
        open_end=math.isinf(term.bound_ms.high),
        stated_at=_percent(stated / top) if known and stated <= top else None,
    )


def _say_stated(bound: Quantity) -> str:
    stated = bound.stated or 0.0
    return format_ms(stated) if math.isfinite(stated) else "unbounded"


def _reach(quantity: Quantity) -> float:
    """The greatest of a number that is finite; the known part of one without an upper end."""
    known = [value for value in (quantity.low, quantity.stated or 0.0) if math.isfinite(value)]
    return quantity.high if math.isfinite(quantity.high) else max(known, default=0.0)


def _point(quantity: Quantity) -> float:
    """The one number to draw: what was stated, else the lower end."""
    value = quantity.low if quantity.stated is None else quantity.stated
    return value if math.isfinite(value) else 0.0


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"
