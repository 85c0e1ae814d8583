"""The networks that a box can be on: the plant's zones, and those that most plants have.

A person who has no names for zones knows what a cable leads to; the Purdue level follows from that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from edgeward.onboard.answer import Answer
from edgeward.onboard.draft import Draft


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


def list_networks(draft: Draft) -> Mapping[str, str]:
    """Names with what is said of them: the zones, then usual networks on levels that none is on."""
    words = {each.level: each.words for each in _USUAL}
    levels = {name: draft.get(f"zones.{name}.level") for name in draft.names("zones")}
    zones = {name: words.get(level, "") for name, level in levels.items()}
    others = {each.name: each.words for each in _USUAL if each.level not in levels.values()}
    return zones | {name: said for name, said in others.items() if name not in zones}


def make_zone(draft: Draft, name: str) -> None:
    """Put the zone there, on the level that a usual network of that name has."""
    draft.put(f"zones.{name}.name", Answer(name))
    for each in _USUAL:
        if each.name == name:
            draft.put(f"zones.{name}.level", Answer(each.level))
