"""When a plant may change: its windows in its own time zone, less its freezes, as times in UTC.

A window lasts as long as it says, also over a change of the clocks. A start that the clocks skip
is an hour later by the clock; one that they pass twice is the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from edgeward.rollout.rollout import Plant, Rollout
from edgeward.site import Window

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOCK_MARGIN = timedelta(minutes=5)
"""How wrong the clock of a box may be: a window is used that much later and shorter."""

_DAY = timedelta(days=1)
Opening = tuple[datetime, datetime]


def openings(plant: Plant, since: datetime, until: datetime) -> tuple[Opening, ...]:
    """The times between two instants at which the plant may change, in order."""
    zone = ZoneInfo(plant.timezone)
    frozen = [_freeze(each.since, each.until, zone) for each in plant.freezes]
    found = [
        part
        for day in _days(since.astimezone(zone).date() - _DAY, until.astimezone(zone).date())
        for window in plant.windows
        if not window.days or DAYS[day.weekday()] in window.days
        for part in _without(_opening(day, window, zone), frozen)
        if part[1] > since and part[0] < until
    ]
    return tuple(sorted(set(found)))


def usable(plant: Plant, rollout: Rollout, since: datetime, until: datetime) -> tuple[Opening, ...]:
    """The openings that are long enough to switch and to go back, by any clock of the plant."""
    if rollout.emergency is not None:
        return ((since, until),)
    if rollout.parked:
        zone = ZoneInfo(plant.timezone)
        frozen = [_freeze(each.since, each.until, zone) for each in plant.freezes]
        found: tuple[Opening, ...] = tuple(_without((since, until), frozen))
    else:
        found = openings(plant, since, until)
    needed = timedelta(hours=rollout.activation_hours)
    inner = ((start + CLOCK_MARGIN, end - CLOCK_MARGIN) for start, end in found)
    return tuple((start, end) for start, end in inner if end - start >= needed)


def _opening(day: date, window: Window, zone: ZoneInfo) -> Opening:
    start = datetime.combine(day, time.fromisoformat(window.start), zone).astimezone(UTC)
    return start, start + timedelta(hours=window.duration_hours.low)


def _freeze(since: str, until: str, zone: ZoneInfo) -> Opening:
    """Both days belong to it, from midnight to midnight in the plant."""
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    return _midnight(first, zone), _midnight(last + _DAY, zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _DAY


def _without(opening: Opening, frozen: list[Opening]) -> Iterator[Opening]:
    """What is left of an opening outside of all freezes."""
    start, end = opening
    for since, until in sorted(frozen):
        if until <= start or since >= end:
            continue
        if since > start:
            yield start, since
        start = max(start, until)
    if start < end:
        yield start, end
