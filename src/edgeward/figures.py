"""Figures as people read them: few digits, ranges as "8 to 44", no false precision."""

from __future__ import annotations

import math

from edgeward.quantity import Quantity, rising

_SMALLEST = 0.001


def format_figure(quantity: Quantity, digits: int = 3) -> str:
    """`60`, `8 to 44`, `at least 8` or `unknown`; no unit, `digits` significant digits."""
    if quantity.exact:
        return format_number(quantity.low, digits)
    if math.isinf(quantity.high):
        return "unknown" if quantity.low <= 0 else f"at least {format_number(quantity.low, digits)}"
    low, high = format_number(quantity.low, digits), format_number(quantity.high, digits)
    return low if low == high else f"{low} to {high}"


def format_number(value: float, digits: int = 3) -> str:
    """Rounded to significant digits, without exponent or trailing zeros; ∞ as "unbounded".

    What is too small to matter to anybody reads "under 0.001".
    """
    if math.isinf(value):
        return "unbounded"
    if value == 0:
        return "0"
    if abs(value) < _SMALLEST:
        return f"under {_SMALLEST}"
    places = digits - 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, places)
    return (
        f"{rounded:,.{max(places, 0)}f}".rstrip("0").rstrip(".")
        if places > 0
        else f"{rounded:,.0f}"
    )


def format_usd(quantity: Quantity) -> str:
    """US dollars to two significant digits, cents at the least: `12 USD`, `0 to 44 USD`."""
    cents = rising(lambda usd: round(usd, 2) if math.isfinite(usd) else usd, quantity)
    return f"{format_figure(cents, 2)} USD"
