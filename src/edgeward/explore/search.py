"""Where a number flips an answer: bisection, in log space where the numbers allow it."""

from __future__ import annotations

import math
from collections.abc import Callable

TOLERANCE = 0.01
"""The two sides of a flip lie at most this far apart, as a share; whole numbers are neighbours."""
_STEPS = 30


def find_flip(
    holds: Callable[[float], bool], now: float, end: float, whole: bool = False
) -> tuple[float, float] | None:
    """The last value that holds and the first that does not, going from `now` to `end`.

    `now` holds. None where `end` holds too: an answer that left and came back is not looked for.
    """
    if now == end or holds(end):
        return None
    inside, outside = now, end
    for _ in range(_STEPS):
        if _close(inside, outside, whole):
            break
        between = middle(inside, outside)
        if whole:
            between = round(between)
            if between in (inside, outside):
                between = round((inside + outside) / 2)
        if holds(between):
            inside = between
        else:
            outside = between
    return inside, outside


def middle(a: float, b: float) -> float:
    """Half way from one number to another: geometric where both are positive."""
    return math.sqrt(a * b) if a > 0 and b > 0 else (a + b) / 2


def _close(a: float, b: float, whole: bool) -> bool:
    if whole:
        return abs(a - b) <= 1
    low, high = sorted((abs(a), abs(b)))
    return high - low <= TOLERANCE * low or high < 1e-9
