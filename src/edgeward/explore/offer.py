"""What may be suggested: a change in words, with the number in it that need not go all the way."""

from __future__ import annotations

from dataclasses import dataclass

from edgeward.catalog import MenuChange
from edgeward.explore.variants import Change
from edgeward.quantity import ZERO, Quantity
from edgeward.site import Site, Tier
from edgeward.use_case import UseCase

EFFORTS = ("release", "settings", "agreement", "hardware", "contract")
"""How much a change disturbs the plant, the least first."""


@dataclass(frozen=True, slots=True)
class Moving:
    """A number of an offer that need not go as far as `to`: the least from `now` that works."""

    path: str
    now: float
    to: float
    whole: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A change with its words, in which {value} and {ms} may still be open; `usd` is spent once."""

    entry: MenuChange
    change: Change
    words: str
    usd: Quantity | None = ZERO
    moving: Moving | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a use case on a tier, where `devices` are blocked by `rules`."""

    site: Site
    use_case: UseCase
    tier: Tier
    devices: tuple[str, ...]
    rules: frozenset[str]
