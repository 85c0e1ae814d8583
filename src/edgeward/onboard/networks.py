"""The networks that a box can be on: the plant's zones, and those that most plants have.

A person who has no names for zones knows what a cable leads to; the Purdue level follows from that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from edgeward.onboard.answer import Answer
from edgeward.onboard.draft import Draft

NETWORKS = "networks"
"""What a question names whose answer may be a zone that is not there yet."""


@dataclass(frozen=True, slots=True)
class _Network:
    """`level` is the Purdue level (ISA-95)."""

    name: str
    level: int
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
    levels = _levels(draft)
    ordered = sorted(levels, key=lambda name: levels[name] or max(words) + 1)
    return {name: words.get(levels[name] or 0, "") for name in ordered}


def assume_networks(draft: Draft) -> tuple[str, ...]:
    """Of which networks it is one, where nobody knows: what makes things is not on the office's."""
    levels = _levels(draft).items()
    return tuple(name for name, level in levels if level and level <= _PRODUCTION_MAX)


def make_zone(draft: Draft, name: str) -> None:
    """Put the zone there, on the level that a usual network of that name has."""
    draft.put(f"zones.{name}.name", Answer(name))
    for each in _USUAL:
        if each.name == name:
            draft.put(f"zones.{name}.level", Answer(each.level))


def _levels(draft: Draft) -> Mapping[str, float | None]:
    """The level of each network, None where it is not known."""
    said = {name: draft.get(f"zones.{name}.level") for name in draft.names("zones")}
    levels = {
        name: level if isinstance(level, int | float) else None for name, level in said.items()
    }
    usual = {each.name: each.level for each in _USUAL if each.level not in levels.values()}
    return levels | {name: level for name, level in usual.items() if name not in levels}
