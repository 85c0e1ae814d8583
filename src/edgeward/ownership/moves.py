"""Which uncertain inputs move a monthly cost most."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from edgeward.cost.line import expected
from edgeward.ownership.priced import Move, PricedLine
from edgeward.quantity import Quantity

_SHOWN = 8


def rank_moves(lines: Iterable[PricedLine], usd_rate: float) -> tuple[Move, ...]:
    """The inputs by how far each moves the cost with all others as expected, the furthest first.

    An input of several lines counts in all of them. Inputs that only occur together, as in rate ×
    size, are one entry. `swing` is None where there is no upper end.
    """
    swings: defaultdict[tuple[str, ...], float] = defaultdict(float)
    for each in lines:
        line = each.line
        if not line.counts:
            continue
        factors = (line.driver, line.price, line.spread)
        for at, factor in enumerate(factors):
            others = [other for place, other in enumerate(factors) if place != at]
            width = _width(factor) * math.prod(expected(other) for other in others)
            if factor.rests_on and width > 0:
                swings[tuple(sorted(factor.rests_on))] += width / usd_rate
    ranked = sorted(swings.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Move(inputs, _amount(swing)) for inputs, swing in ranked[:_SHOWN])


def _width(factor: Quantity) -> float:
    return 0.0 if factor.exact else factor.high - factor.low


def _amount(swing: float) -> Decimal | None:
    return Decimal(repr(swing)).quantize(Decimal("0.01")) if math.isfinite(swing) else None
