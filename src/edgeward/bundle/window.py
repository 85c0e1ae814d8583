"""Maintenance windows as times of the clock, checked once for all files that use them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from edgeward.bundle.invalid import invalid
from edgeward.site import Site

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class ClockWindow:
    """A window in the plant's time zone; no `days` means every day, `start` is HH:MM."""

    days: tuple[str, ...]
    start: str
    seconds: int


def maintenance_windows(site: Site) -> tuple[ClockWindow, ...]:
    """The plant's windows. Raises InvalidDeclaration for one that is no time of the clock."""
    windows = []
    for index, window in enumerate(site.windows.maintenance):
        if not _CLOCK.fullmatch(window.start) or not set(window.days) <= set(DAYS):
            message = 'give days as mon to sun and the start as "HH:MM"'
            raise invalid(site, f"windows.maintenance.{index}", message)
        days = tuple(day for day in DAYS if day in window.days)
        windows.append(ClockWindow(days, window.start, int(window.duration_hours.low * 3600)))
    return tuple(windows)
