"""What the pages share and what the fleet's shows, as text that is ready to be set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Labelled:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class LinkGroup:
    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """To what else was written: about all plants together, and about each by its name."""

    shared: tuple[LinkGroup, ...]
    plants: Mapping[str, tuple[LinkGroup, ...]]


@dataclass(frozen=True, slots=True)
class Badge:
    """A status: `key` picks its colour and shape, `words` say it."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Tally:
    badge: Badge
    number: int


@dataclass(frozen=True, slots=True)
class TierCell:
    """What one tier of a plant does: the use cases that run there, and those trained there."""

    tier: str
    runs: tuple[str, ...]
    trains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateRow:
    """Something with a date; the badge is `error` once it has passed, `warning` when it is near."""

    day: str
    badge: Badge
    what: str
    who: str
    plant: str
    href: str


@dataclass(frozen=True, slots=True)
class PlantRow:
    name: str
    title: str
    href: str
    badge: Badge
    tiers: tuple[TierCell, ...]
    patterns: tuple[Labelled, ...]
    withheld: tuple[Labelled, ...]
    fragile: tuple[str, ...]
    leans: str
    kinds: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to filter the plants: rows whose `kinds` have its key stay."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Filter:
    name: str
    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class FleetPage:
    summary: str
    filters: tuple[Filter, ...]
    tallies: tuple[Tally, ...]
    rows: tuple[PlantRow, ...]
    soon: tuple[DateRow, ...]
    more_soon: int
    documents: tuple[LinkGroup, ...]
