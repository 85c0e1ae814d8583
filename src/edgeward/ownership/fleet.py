"""What a fleet costs: one facility, several times, with more or fewer assets in each (R13).

What is there once for a use case (training, labels, releases, its owner) stays once; what a
facility or an asset has, it has everywhere. A cloud endpoint is shared by all facilities, so its
steps count on the volume of the whole fleet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from edgeward.cost.break_even import Crossing, Curve, Part, crossings
from edgeward.cost.line import ACCOUNT, Grows, Line
from edgeward.ownership.curves import per_item
from edgeward.ownership.priced import PricedLine

GROWS: tuple[Grows, ...] = ("fixed", "site", "device", "inference")


@dataclass(frozen=True, slots=True)
class Fleet:
    """`assets` in all at `facilities` alike, which score `items` a month in all."""

    facilities: int
    assets: Decimal
    items: Decimal

    @property
    def items_per_asset(self) -> Decimal:
        return self.items / self.assets


@dataclass(frozen=True, slots=True)
class FleetCost:
    """One place of the model, at all facilities.

    `parts` is a month by what it grows with; `added` what one more asset adds, on average until
    there are twice as many; `per_facility` what one more facility like the others adds.
    """

    name: str
    tier: str
    permitted: bool | None
    blocked_by: tuple[str, ...]
    parts: Mapping[Grows, Decimal]
    added: Mapping[Grows, Decimal]
    per_facility: Decimal
    curve: Curve

    @property
    def monthly(self) -> Decimal:
        return sum(self.parts.values(), Decimal(0))

    @property
    def per_asset(self) -> Decimal:
        return sum(self.added.values(), Decimal(0))


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where two places cost the same along the number of assets; no crossings means never."""

    first: str
    second: str
    crossings: tuple[Crossing, ...]
    first_is_cheaper: bool


def fleet_curves(
    lines: Iterable[PricedLine], fleet: Fleet, box_items: float | None
) -> dict[Grows, Curve]:
    """What a place costs over the number of assets in all, by what it grows with.

    `lines` are of one facility; `box_items` is how many items a month the boxes of one facility
    can score (None: as many as come).
    """
    fixed = dict.fromkeys(GROWS, Decimal(0))
    parts: dict[Grows, list[Part]] = {grows: [] for grows in GROWS}
    for each in lines:
        if each.line.counts:
            part = _part(each, fleet, box_items)
            if part is None:
                fixed[each.line.grows] += each.amount.best * _times(each.line, fleet)
            else:
                parts[each.line.grows].append(part)
    return {grows: Curve(fixed[grows], tuple(parts[grows])) for grows in GROWS}


def meet(places: Sequence[FleetCost], end: Decimal) -> tuple[Meeting, ...]:
    """Every pair of places, with where they cost the same up to `end` assets."""
    return tuple(
        Meeting(
            first.name,
            second.name,
            crossings(first.curve, second.curve, Decimal(0), end),
            first.curve.at(Decimal(1)) < second.curve.at(Decimal(1)),
        )
        for index, first in enumerate(places)
        for second in places[index + 1 :]
    )


def _part(each: PricedLine, fleet: Fleet, box_items: float | None) -> Part | None:
    """The line as a part that grows with the assets; None where it does not."""
    line, amount = each.line, each.amount.best
    facilities = Decimal(fleet.facilities)
    if line.grows == "device":
        return Part(amount * facilities / fleet.assets, every=Decimal(1))
    if line.grows == "inference":
        return _of_items(each, fleet)
    if line.box not in ("", ACCOUNT) and box_items is not None:
        every = Decimal(repr(box_items)) / fleet.items_per_asset * facilities
        return Part(amount * facilities, every, at_least=1)
    return None


def _of_items(each: PricedLine, fleet: Fleet) -> Part:
    """Straight, or in steps of what one endpoint carries for the whole fleet."""
    here = fleet.items / fleet.facilities
    part = per_item(each.line, each.amount.best, here)
    if part.every is None:
        return Part(part.amount * fleet.items_per_asset)
    return Part(part.amount, part.every / fleet.items_per_asset, part.at_least)


def _times(line: Line, fleet: Fleet) -> int:
    return 1 if line.grows == "fixed" else fleet.facilities
