"""The next opening of a plant, with the openings of each plant worked out once."""

from __future__ import annotations

import bisect
from collections.abc import Callable
from datetime import datetime, timedelta

from edgeward.rollout.rollout import Plant, Rollout
from edgeward.rollout.window import Opening, usable

AHEAD = timedelta(days=8)
"""How far ahead an opening may be given: every weekly one is nearer. Later ones are deferred."""

Calendar = Callable[[Plant, datetime], Opening | None]
"""The next opening of a plant with enough of it left after an instant, None where none is near."""

_SPAN = timedelta(days=30)


def make_calendar(rollout: Rollout) -> Calendar:
    """A calendar for one run of edgeward; it remembers what it worked out."""
    known: dict[str, tuple[datetime, tuple[Opening, ...]]] = {}
    needed = timedelta(hours=rollout.activation_hours)

    def find(plant: Plant, now: datetime) -> Opening | None:
        if rollout.emergency is not None or rollout.parked:
            return next(iter(usable(plant, rollout, now, now + AHEAD)), None)
        since, listed = known.get(plant.name, (now, ()))
        if plant.name not in known or not since <= now <= since + _SPAN:
            listed = usable(plant, rollout, now, now + _SPAN + AHEAD)
            known[plant.name] = (now, listed)
        index = bisect.bisect_left(listed, now + needed, key=lambda opening: opening[1])
        if index == len(listed) or listed[index][0] > now + AHEAD:
            return None
        start, end = listed[index]
        return max(start, now), end

    return find
