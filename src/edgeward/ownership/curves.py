"""The cost of an alternative as one quantity grows: curves with their steps, for break-even."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal

from edgeward.cost.break_even import Curve, Part
from edgeward.cost.line import ACCOUNT, Line
from edgeward.cost.money import Money
from edgeward.ownership.priced import PricedLine

_ONE = Decimal(1)


def along_inferences(lines: Iterable[PricedLine], items: Decimal, box_items: float | None) -> Curve:
    """Monthly cost over inferences a month, `items` today.

    Boxes come in steps of `box_items` (None: whatever comes fits), never fewer than today.
    """
    fixed, parts = Decimal(0), []
    for each in _counting(lines):
        line, amount = each.line, each.amount.best
        if line.grows == "inference":
            parts.append(per_item(line, amount, items))
        elif line.box not in ("", ACCOUNT) and box_items is not None:
            steps = max(1, math.ceil(float(items) / box_items))
            parts.append(Part(amount / steps, Decimal(repr(box_items)), at_least=steps))
        else:
            fixed += amount
    return Curve(fixed, tuple(parts))


def along_assets(lines: Iterable[PricedLine], items: Decimal, assets: Decimal) -> Curve:
    """Monthly cost over the number of assets, `assets` today, of one plant."""
    fixed, parts = Decimal(0), []
    per_asset = items / assets if assets else Decimal(0)
    for each in _counting(lines):
        line, amount = each.line, each.amount.best
        if line.grows == "device":
            parts.append(Part(amount / assets, every=_ONE))
        elif line.grows == "inference" and items:
            part = per_item(line, amount, items)
            if part.every is None:
                parts.append(Part(part.amount * per_asset))
            else:
                parts.append(Part(part.amount, part.every / per_asset, part.at_least))
        else:
            fixed += amount
    return Curve(fixed, tuple(parts))


def along_months(running: Money, capital: Iterable[tuple[Decimal, float]]) -> Curve:
    """Cash spent after some months; `capital` are purchases with the months that each lasts."""
    parts = [Part(running.best)]
    parts += [Part(cash, Decimal(repr(months)), at_least=1) for cash, months in capital]
    return Curve(Decimal(0), tuple(parts))


def per_item(line: Line, amount: Decimal, items: Decimal) -> Part:
    """A line of `amount` for `items` a month as a part over items: straight, or in steps."""
    if not items:
        return Part(Decimal(0), _ONE, at_least=0)
    if line.step is None or not math.isfinite(line.step) or line.step <= 0:
        return Part(amount / items)
    least = math.ceil(line.at_least)
    steps = max(least, math.ceil(float(items) / line.step))
    return Part(amount / steps if steps else Decimal(0), Decimal(repr(line.step)), at_least=least)


def _counting(lines: Iterable[PricedLine]) -> Iterable[PricedLine]:
    return (each for each in lines if each.line.counts)
