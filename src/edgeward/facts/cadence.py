"""How often something comes back: `monthly`, `14d`, `2w` …"""

from __future__ import annotations

import re

from edgeward.quantity import Quantity, between, exact

_DAYS = {
    "hourly": 1 / 24,
    "daily": 1.0,
    "weekly": 7.0,
    "fortnightly": 14.0,
    "monthly": 30.0,
    "quarterly": 91.0,
    "yearly": 365.0,
}
_UNITS = {"h": 1 / 24, "d": 1.0, "w": 7.0}
_DAYS_A_MONTH = 365.0 / 12


def cadence_days(cadence: str | None, path: str) -> Quantity:
    """The days between two; anything from a day to a year where nobody says."""
    if cadence in _DAYS:
        return exact(_DAYS[cadence])
    match = re.fullmatch(r"(\d+)\s*([hdw])", cadence or "")
    if match:
        return exact(float(match[1]) * _UNITS[match[2]])
    return between(1, 365, path)


def times_a_month(cadence: str | None, path: str) -> Quantity:
    """How often a month; never is zero, on a trigger up to once a month."""
    if cadence == "never":
        return exact(0)
    if cadence == "on_trigger":
        return between(0, 1, path, 0.25)
    return exact(_DAYS_A_MONTH) / cadence_days(cadence, path)
