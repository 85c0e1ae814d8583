"""Times in the unit that people would say them in."""

from __future__ import annotations

import math

from edgeward.figures import format_number
from edgeward.quantity import Quantity

_SCALE = (
    (10_000.0, 1.0, "ms"),
    (120_000.0, 1_000.0, "s"),
    (7_200_000.0, 60_000.0, "min"),
    (864_000_000.0, 3_600_000.0, "h"),
    (31_536_000_000.0, 86_400_000.0, "days"),
    (math.inf, 31_536_000_000.0, "years"),
)
HOUR_MS = 3_600_000.0


def format_duration(ms: Quantity) -> str:
    """`60 ms`, `8 to 44 ms`, `5 ms to 24 h`, `at least 8 s`, `unknown` or `unbounded`."""
    if ms.exact:
        return "unbounded" if math.isinf(ms.low) else format_ms(ms.low)
    low, low_unit = _say(ms.low)
    if math.isinf(ms.high):
        return f"at least {low} {low_unit}" if ms.low > 0 else "unknown"
    high, high_unit = _say(ms.high)
    if low_unit == high_unit or ms.low == 0:
        return f"{low} {high_unit}" if low == high else f"{low} to {high} {high_unit}"
    return f"{low} {low_unit} to {high} {high_unit}"


def format_hours(hours: Quantity) -> str:
    """A number of hours in the unit that fits it."""
    return format_duration(hours.scaled(HOUR_MS))


def format_ms(ms: float) -> str:
    """One number of milliseconds: `60 ms`, `8 h`."""
    return " ".join(_say(ms))


def _say(ms: float) -> tuple[str, str]:
    size, unit = next((size, unit) for limit, size, unit in _SCALE if abs(ms) < limit)
    number = format_number(ms / size)
    return number, "year" if (number, unit) == ("1", "years") else unit
