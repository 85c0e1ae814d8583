"""The networks that a box can be on: the plant's zones, and those that most plants have.

A person who has no names for zones knows what a cable leads to; the Purdue level follows from that.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

from edgeward.onboard.answer import Answer
from edgeward.onboard.draft import Draft

NETWORKS = "networks"
"""What a question names whose answer may be a zone that is not there yet."""


@dataclass(frozen=True, slots=True)
class _Network:
    """`level` is the Purdue level (ISA-95)."""

    name: str
    level: float
    words: str


_USUAL = (
    _Network("line", 2, "the line's or machine's own, with its controllers"),
    _Network("plant", 3, "the plant's, with its servers"),
    _Network("office", 4, "the office's"),
)
_PRODUCTION_MAX = 3
"""The highest level that a box or controller is assumed on where nobody knows its network."""


def list_networks(draft: Draft) -> Mapping[str, str]:
    """Names with what is said of them: the zones and, where none is on its level, what is usual.

    From the lowest level up, so that a number means the same as long as nothing else is named.
    """
    words = {each.level: f"level {each.level}: {each.words}" for each in _USUAL}
    return {name: words.get(level, "") for name, level in _levels(draft)}


def assume_networks(draft: Draft) -> tuple[str, ...]:
    """Of which networks it is one, where nobody knows: what makes things is not on the office's."""
    return tuple(name for name, level in _levels(draft) if level <= _PRODUCTION_MAX)


def make_zone(draft: Draft, name: str) -> None:
    """Put the zone there, on the level that a usual network of that name has."""
    draft.put(f"zones.{name}.name", Answer(name))
    for each in _USUAL:
        if each.name == name:
            draft.put(f"zones.{name}.level", Answer(each.level))


def _levels(draft: Draft) -> Iterable[tuple[str, float]]:
    """Each network with its level, the lowest first and last those of no known level."""
    levels: dict[str, float] = {}
    for name in draft.names("zones"):
        level = draft.get(f"zones.{name}.level")
        levels[name] = level if isinstance(level, int | float) else math.inf
    taken = set(levels.values())
    for each in _USUAL:
        if each.level not in taken:
            levels.setdefault(each.name, each.level)
    return sorted(levels.items(), key=itemgetter(1))
