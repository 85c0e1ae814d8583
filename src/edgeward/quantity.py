"""Numbers that may not be known exactly.

A `Quantity` is an interval with, where somebody stated one, the value inside it. Arithmetic on
quantities is interval arithmetic, so the result always contains what any choice of inputs would
give (R. E. Moore, "Interval Analysis", 1966). Two uses of one uncertain input are treated as
independent: the interval may be wider than the truth, never narrower.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from operator import add, sub

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number between `low` and `high`; `stated` is the one to use where one must be picked.

    `stated` is None when nobody stated a value. `rests_on` names the declaration paths that make
    the number uncertain; it is empty for an exact one.
    """

    low: float
    high: float
    stated: float | None
    rests_on: frozenset[str] = _NOTHING

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"empty interval: {self.low} to {self.high}")

    @property
    def exact(self) -> bool:
        return self.low == self.high

    @property
    def bounded(self) -> bool:
        """False for a number of which nothing is known; an overload (∞ at both ends) is known."""
        return self.exact or (math.isfinite(self.low) and math.isfinite(self.high))

    def ends(self) -> tuple[float, ...]:
        return (self.low,) if self.exact else (self.low, self.high)

    def __add__(self, other: Quantity) -> Quantity:
        if other is ZERO:
            return self
        return _combine(self, other, self.low + other.low, self.high + other.high, add)

    def __sub__(self, other: Quantity) -> Quantity:
        return _combine(self, other, self.low - other.high, self.high - other.low, sub)

    def __mul__(self, other: Quantity) -> Quantity:
        if self.exact and other.exact:
            product = _times(self.low, other.low)
            return _combine(self, other, product, product, _times)
        ends = [_times(a, b) for a in self.ends() for b in other.ends()]
        return _combine(self, other, min(ends), max(ends), _times)

    def __truediv__(self, other: Quantity) -> Quantity:
        if other.low < 0:
            raise ValueError("division by a quantity that may be negative")
        if self.exact and other.exact:
            quotient = _over(self.low, other.low)
            return _combine(self, other, quotient, quotient, _over)
        ends = [_over(a, b) for a in self.ends() for b in other.ends()]
        return _combine(self, other, min(ends), max(ends), _over)

    def scaled(self, factor: float) -> Quantity:
        """Times a number that is known and not negative."""
        stated = None if self.stated is None else _times(self.stated, factor)
        return Quantity(_times(self.low, factor), _times(self.high, factor), stated, self.rests_on)


ZERO = Quantity(0.0, 0.0, 0.0)


def exact(value: float) -> Quantity:
    """A number that is known."""
    return Quantity(value, value, value)


def unknown(path: str) -> Quantity:
    """A non-negative number of which nothing is known, named by the path that should give it."""
    return Quantity(0.0, math.inf, None, frozenset((path,)))


def between(low: float, high: float, path: str, stated: float | None = None) -> Quantity:
    """A number in [low, high], uncertain because of `path`."""
    return Quantity(low, high, stated, frozenset((path,)))


def total(parts: list[Quantity]) -> Quantity:
    """The sum of the parts; zero where there are none."""
    result = ZERO
    for part in parts:
        result = result + part
    return result


def largest(*parts: Quantity) -> Quantity:
    """The greatest of the parts, end by end."""
    return _extreme(max, parts)


def smallest(*parts: Quantity) -> Quantity:
    """The least of the parts, end by end."""
    return _extreme(min, parts)


def _extreme(pick: Callable[[list[float]], float], parts: tuple[Quantity, ...]) -> Quantity:
    if len(parts) == 1:
        return parts[0]
    stated = [part.stated for part in parts if part.stated is not None]
    return Quantity(
        pick([part.low for part in parts]),
        pick([part.high for part in parts]),
        pick(stated) if len(stated) == len(parts) else None,
        _NOTHING.union(*[part.rests_on for part in parts]),
    )


def rising(function: Callable[..., float], *inputs: Quantity) -> Quantity:
    """`function` of quantities, for one that never falls as any of its arguments grows."""
    stated = [part.stated for part in inputs if part.stated is not None]
    return Quantity(
        function(*(part.low for part in inputs)),
        function(*(part.high for part in inputs)),
        function(*stated) if len(stated) == len(inputs) else None,
        _NOTHING.union(*(part.rests_on for part in inputs)),
    )


def _combine(
    a: Quantity, b: Quantity, low: float, high: float, operate: Callable[[float, float], float]
) -> Quantity:
    stated = None
    if a.stated is not None and b.stated is not None:
        stated = operate(a.stated, b.stated)
    return Quantity(low, high, stated, a.rests_on | b.rests_on if b.rests_on else a.rests_on)


def _times(a: float, b: float) -> float:
    return 0.0 if a == 0 or b == 0 else a * b  # 0 × ∞ is 0: no items, whatever each one takes


def _over(a: float, b: float) -> float:
    if b == 0:
        return 0.0 if a == 0 else math.inf
    return 0.0 if math.isinf(b) else a / b
