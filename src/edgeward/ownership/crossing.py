"""Break-even of each alternative against the chosen one: volume, assets and months of use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from edgeward.cost.break_even import Curve, crossings
from edgeward.cost.line import expected
from edgeward.facts.candidate import Weighed
from edgeward.ownership.curves import along_assets, along_inferences, along_months
from edgeward.ownership.priced import Along, AlternativeCost, BreakEven
from edgeward.quantity import Quantity

_UP_TO = 100
"""How many times of today's volume and fleet is looked at."""
_MONTHS = Decimal(120)


def add_break_even(
    found: Sequence[AlternativeCost], weighed: Sequence[Weighed], items: Quantity, most: float
) -> tuple[AlternativeCost, ...]:
    """Every alternative with its break-even against the chosen one, else the cheapest permitted.

    `items` a month; `most` is the share of its time that a box may be busy.
    """
    rivals = [each for each in found if each.permitted] or list(found)
    rival = min(rivals, key=lambda each: (not each.chosen, each.monthly.best, each.name))
    at = {each.name: candidate for each, candidate in zip(found, weighed, strict=True)}
    volume = Decimal(repr(expected(items)))
    return tuple(
        each
        if each is rival
        else replace(each, break_even=tuple(_pairs(each, rival, at, volume, most)))
        for each in found
    )


def box_items(weighed: Weighed, items: Decimal, most: float) -> float | None:
    """What the boxes of the device can score in a month; None where nobody knows how busy it is."""
    busy = expected(weighed.candidate.compute.utilisation)
    if weighed.host.device is None or not 0 < busy < 1:
        return None
    return float(items) * most / busy


def _pairs(
    first: AlternativeCost,
    second: AlternativeCost,
    at: dict[str, Weighed],
    items: Decimal,
    most: float,
) -> Iterator[BreakEven]:
    if items > 0:
        curves = [
            along_inferences(each.lines, items, box_items(at[each.name], items, most))
            for each in (first, second)
        ]
        yield _break_even("inferences a month", curves, second.name, items, items * _UP_TO)
    assets = _assets(at[first.name]) or _assets(at[second.name])
    if assets:
        curves = [along_assets(each.lines, items, assets) for each in (first, second)]
        yield _break_even("assets", curves, second.name, assets, assets * _UP_TO)
    curves = [_cash_curve(each) for each in (first, second)]
    yield _break_even("months of use", curves, second.name, Decimal(0), _MONTHS)


def _break_even(
    along: Along, curves: Sequence[Curve], rival: str, now: Decimal, end: Decimal
) -> BreakEven:
    first, second = curves
    start = Decimal(0)
    early = end / 1_000_000
    return BreakEven(
        rival=rival,
        along=along,
        now=now,
        end=end,
        crossings=crossings(first, second, start, end),
        first_is_cheaper=first.at(early) < second.at(early),
        curves=(first, second),
    )


def _assets(weighed: Weighed) -> Decimal | None:
    """How many assets there are, where the device or the input is one for each."""
    device, job = weighed.host.device, weighed.job
    kinds = [device.per if device else None, *(stream.per for stream in job.streams)]
    kind = next((each for each in kinds if each), None)
    return Decimal(repr(expected(job.site.asset_count(kind)))) if kind else None


def _cash_curve(cost: AlternativeCost) -> Curve:
    """What was spent after some months: what is bought, again at the end of its life, and kept."""
    bought = [
        (each.price.best * Decimal(repr(expected(each.line.driver))), each.line.life_months)
        for each in cost.lines
        if each.line.counts and each.line.kind == "capital"
    ]
    return along_months(cost.running, bought)
