"""The week of a plant: when it may be changed and when its link is open, as boxes of a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edgeward.figures import format_figure
from edgeward.site import Site, Window

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_HOURS, _WEEK_HOURS = 24.0, 168.0


@dataclass(frozen=True, slots=True)
class WindowBox:
    """A part of a window on one day, in hours from its start; `row` counts the days."""

    kind: str
    x: str
    row: str
    width: str


@dataclass(frozen=True, slots=True)
class CalendarView:
    days: tuple[str, ...]
    boxes: tuple[WindowBox, ...]
    words: tuple[tuple[str, str], ...]
    freezes: tuple[str, ...]
    timezone: str


def view_calendar(site: Site) -> CalendarView | None:
    """None for a plant without a window and without a freeze."""
    windows = site.windows
    kinds = (("maintenance", windows.maintenance), ("sync", windows.sync))
    if not any(found for _, found in kinds) and not windows.freezes:
        return None
    return CalendarView(
        days=_DAYS,
        boxes=tuple(
            box for kind, found in kinds for window in found for box in _boxes(kind, window)
        ),
        words=tuple((kind, say_window(window)) for kind, found in kinds for window in found),
        freezes=tuple(
            f"{each.since} to {each.until}: {each.reason or 'no reason given'}"
            for each in windows.freezes
        ),
        timezone=site.timezone or "time zone unknown",
    )


def say_window(window: Window) -> str:
    """`sun from 06:00 for 4 h`."""
    days = ", ".join(window.days) or "every day"
    return f"{days} from {window.start} for {format_figure(window.duration_hours)} h"


def _boxes(kind: str, window: Window) -> Iterator[WindowBox]:
    """A window as a box for each day that it touches; what is not known exactly is not drawn."""
    if not window.duration_hours.exact:
        return
    hours, minutes = window.start.split(":")
    start = int(hours) + int(minutes) / 60
    for day in window.days or _DAYS:
        at = _DAYS.index(day) * _DAY_HOURS + start
        end = at + min(window.duration_hours.low, _WEEK_HOURS)
        while at < end:
            row = int(at // _DAY_HOURS)
            stop = min(end, (row + 1) * _DAY_HOURS)
            x, width = at - row * _DAY_HOURS, stop - at
            yield WindowBox(kind, f"{x:g}", f"{row % len(_DAYS)}", f"{width:g}")
            at = stop
