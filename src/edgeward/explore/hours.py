"""Hours in words: of an outage, a fallback, a rebuild; with what is assumed of them."""

from __future__ import annotations

from edgeward.figures import format_figure
from edgeward.quantity import Quantity, exact
from edgeward.use_case import TEN_YEARS_HOURS

_IN_HOURS = 72.0
_YEAR_HOURS = 8_760.0


def say_certain(hours: Quantity) -> str:
    """The least of it where it is not known exactly: `at least 8 h, which is assumed`."""
    if hours.exact:
        return f"up to {say_hours(hours)}"
    return f"at least {say_long(hours.low)}, which is assumed"


def say_hours(hours: Quantity) -> str:
    """`8 h`, `8 h to 14 days (assumed: 8 h)`, `more than 10 years`, `an unknown time`."""
    if hours.stated is None and not hours.bounded:
        return "an unknown time"
    point = hours.low if hours.stated is None else hours.stated
    if point > TEN_YEARS_HOURS:
        return "more than 10 years"
    said = say_long(point)
    if hours.exact:
        return said
    high = "any longer time" if hours.high > TEN_YEARS_HOURS else say_long(hours.high)
    return f"{say_long(hours.low)} to {high} (assumed: {said})"


def say_long(hours: float) -> str:
    """In minutes below an hour, in hours up to three days, in years from one on."""
    if hours >= _YEAR_HOURS:
        years = format_figure(exact(hours / _YEAR_HOURS), 2)
        return "1 year" if years == "1" else f"{years} years"
    if 0 < hours < 1:
        return f"{format_figure(exact(hours * 60), 2)} min"
    if hours <= _IN_HOURS:
        return f"{format_figure(exact(hours), 2)} h"
    return f"{format_figure(exact(hours / 24), 3)} days"
