"""The page of the fleet: every plant in the matrix of tiers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from edgeward.decision import Placement, Withheld
from edgeward.report.dates_view import view_soon
from edgeward.report.fleet_link import plant_href
from edgeward.report.view import (
    Badge,
    Choice,
    Filter,
    FleetPage,
    Labelled,
    LinkGroup,
    PlantRow,
    Tally,
    TierCell,
)
from edgeward.report.wording import (
    PATTERN_WORDS,
    STATUS_WORDS,
    count,
    count_statuses,
    summarise,
)
from edgeward.result import PlantResult, RunResult, Status
from edgeward.site import TIERS

_TIER_WORDS = {"device": "on a device", "plant": "on a plant server", "cloud": "in the cloud"}
_FEW = 5
"""Fewer plants than this are seen at a glance."""


def view_fleet(result: RunResult, today: date, documents: tuple[LinkGroup, ...]) -> FleetPage:
    """The matrix, plants in the order of the result."""
    soon, more = view_soon(result.plants, today)
    return FleetPage(
        summary=f"{summarise(result)}.",
        filters=_filters(result),
        tallies=tuple(
            Tally(Badge(status.value, STATUS_WORDS[status]), number)
            for status, number in count_statuses(result)
            if number
        ),
        rows=tuple(_row(plant) for plant in result.plants),
        soon=soon,
        more_soon=more,
        documents=documents,
    )


def _row(plant: PlantResult) -> PlantRow:
    placements = plant.decision.placements if plant.decision else ()
    withheld = plant.decision.withheld if plant.decision else ()
    return PlantRow(
        name=plant.name,
        title=(plant.site.title if plant.site else None) or "",
        href=plant_href(plant.name),
        badge=Badge(plant.status.value, STATUS_WORDS[plant.status]),
        tiers=tuple(_cell(tier, placements) for tier in TIERS),
        patterns=tuple(Labelled(each.use_case, _say_pattern(each)) for each in placements),
        withheld=tuple(Labelled(each.use_case, _say_withheld(each)) for each in withheld),
        fragile=tuple(sorted({path for each in placements for path in each.fragile_on})),
        leans=_say_leaning(placements),
        kinds=" ".join(_kinds(plant)),
    )


def _filters(result: RunResult) -> tuple[Filter, ...]:
    """By how plants ended, by where a model runs and by what is uncertain; only what there is.

    None for a few plants.
    """
    found = {kind for plant in result.plants for kind in _kinds(plant)}
    groups = (
        (
            "status",
            "Status",
            ((f"is-{each.value}", STATUS_WORDS[each]) for each in reversed(Status)),
        ),
        ("tier", "A model runs", ((f"in-{tier}", words) for tier, words in _TIER_WORDS.items())),
        ("fragile", "Decision", (("fragile", "fragile"), ("behind", "not committed, or older"))),
    )
    filters = (
        Filter(name, title, tuple(Choice(*each) for each in choices if each[0] in found))
        for name, title, choices in groups
    )
    several = len(result.plants) >= _FEW
    return tuple(each for each in filters if each.choices) if several else ()


def _kinds(plant: PlantResult) -> Iterator[str]:
    """By what a plant can be filtered."""
    placements = plant.decision.placements if plant.decision else ()
    yield f"is-{plant.status.value}"
    yield from (f"in-{tier}" for tier in TIERS if any(tier == p.inference_tier for p in placements))
    if any(each.fragile for each in placements):
        yield "fragile"
    if plant.decision is not None and plant.behind:
        yield "behind"


def _say_leaning(placements: tuple[Placement, ...]) -> str:
    """No number alone changes the decision; together, those not known exactly might."""
    return "nothing alone" if any(each.rests_on for each in placements) else "nothing"


def _cell(tier: str, placements: tuple[Placement, ...]) -> TierCell:
    return TierCell(
        tier=tier,
        runs=tuple(each.use_case for each in placements if each.inference_tier == tier),
        trains=tuple(each.use_case for each in placements if each.training_tier == tier),
    )


def _say_pattern(placement: Placement) -> str:
    """The pattern, and the trainer where it is none of the tiers."""
    words = PATTERN_WORDS[placement.pattern]
    trainer = placement.training_tier
    return words if trainer in TIERS else f"{words}, trained by the {trainer}"


def _say_withheld(withheld: Withheld) -> str:
    if withheld.why == "no_tier":
        return "no tier permitted"
    return f"not ready, {count(len(withheld.missing), 'thing')} missing"
