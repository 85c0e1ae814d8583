"""Amounts of money in decimals, so that the lines of a table add up to its total exactly."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from edgeward.cost.line import expected
from edgeward.quantity import Quantity

_SMALLEST = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount with its range, in one currency; `high` is None where nobody knows an upper end."""

    low: Decimal
    best: Decimal
    high: Decimal | None

    def __add__(self, other: Money) -> Money:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Money(self.low + other.low, self.best + other.best, high)

    def times(self, factor: Decimal) -> Money:
        """The amount `factor` times; the factor is not negative."""
        high = None if self.high is None else self.high * factor
        return Money(self.low * factor, self.best * factor, high)

    @property
    def known(self) -> bool:
        return self.high is not None


NOTHING = Money(Decimal(0), Decimal(0), Decimal(0))


def money(usd: Quantity, usd_rate: float = 1.0, smallest: Decimal = _SMALLEST) -> Money:
    """US dollars as an amount in a currency of which one unit is `usd_rate` dollars.

    Rounded to `smallest`, a hundredth of a cent for amounts.
    """

    def rounded(value: float) -> Decimal:
        return Decimal(repr(value / usd_rate)).quantize(smallest)

    high = None if math.isinf(usd.high) else rounded(usd.high)
    return Money(rounded(usd.low), rounded(expected(usd)), high)


def sum_money(amounts: Iterable[Money]) -> Money:
    """The exact sum; nothing where there are no amounts."""
    result = NOTHING
    for amount in amounts:
        result = result + amount
    return result
