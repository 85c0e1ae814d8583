"""When the link may be used: the plant's sync windows, by its own clock."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo

from edgeward_upload.settings import Window

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def seconds_left(windows: Iterable[Window], now: datetime, zone: tzinfo) -> float:
    """Until the last open window closes: 0 where none is open, infinite where there are none."""
    listed = tuple(windows)
    if not listed:
        return math.inf
    left = ((end - now).total_seconds() for w in listed for end in _open_until(w, now, zone))
    return max(left, default=0.0)


def _open_until(window: Window, now: datetime, zone: tzinfo) -> Iterator[datetime]:
    """The end of each opening that `now` is in; one may have begun on a day before."""
    hour, minute = map(int, window.start.split(":"))
    today, length = now.astimezone(zone), timedelta(seconds=window.seconds)
    for back in range(length.days + 2):
        day = today - timedelta(days=back)
        start = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if window.days and _DAYS[start.weekday()] not in window.days:
            continue
        # Through UTC: a window is as long when the clocks change in it.
        begun = start.astimezone(now.tzinfo)
        if begun <= now < begun + length:
            yield begun + length
