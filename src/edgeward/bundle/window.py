"""Windows as times of the clock, checked once for all files that use them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from edgeward.bundle.invalid import invalid
from edgeward.bundle.number import pick_most
from edgeward.quantity import Quantity
from edgeward.site import Site, Window

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS_PER_DAY = 24.0
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class ClockWindow:
    """A window in the plant's time zone; no `days` means every day, `start` is HH:MM."""

    days: tuple[str, ...]
    start: str
    seconds: int


def maintenance_windows(site: Site) -> tuple[ClockWindow, ...]:
    """The plant's windows. Raises InvalidDeclaration for one that is no time of the clock."""
    return _read(site, "maintenance", site.windows.maintenance, lambda hours: hours.low)


def sync_windows(site: Site) -> tuple[ClockWindow, ...]:
    """When the link is open, for as long as it may be: a day where nobody says how long."""
    return _read(site, "sync", site.windows.sync, lambda hours: pick_most(hours) or _HOURS_PER_DAY)


def _read(
    site: Site, kind: str, windows: Sequence[Window], hours: Callable[[Quantity], float]
) -> tuple[ClockWindow, ...]:
    read = []
    for index, window in enumerate(windows):
        if not _CLOCK.fullmatch(window.start) or not set(window.days) <= set(DAYS):
            message = 'give days as mon to sun and the start as "HH:MM"'
            raise invalid(site, f"windows.{kind}.{index}", message)
        days = tuple(day for day in DAYS if day in window.days)
        read.append(ClockWindow(days, window.start, int(hours(window.duration_hours) * 3600)))
    return tuple(read)
