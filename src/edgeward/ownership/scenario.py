"""A scenario worked out: every place of its use case, what grows, and where two cost the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from edgeward.catalog import Catalog
from edgeward.cost.break_even import Curve
from edgeward.cost.line import Grows, expected
from edgeward.decision import Alternative, Decision
from edgeward.declare.scenario import Scenario
from edgeward.errors import UsageError
from edgeward.facts.candidate import Weighed, weigh_candidates
from edgeward.facts.traffic import traffic_of
from edgeward.ownership.books import Books, decimal, open_books, price_lines
from edgeward.ownership.crossing import box_items
from edgeward.ownership.fleet import Fleet, FleetCost, Meeting, fleet_curves, meet
from edgeward.site import Site

_WHOLE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class ScenarioCost:
    """A scenario with `assets` in all, looked at up to `end` of them; the cheapest place first."""

    name: str
    title: str
    currency: str
    facilities: int
    assets: Decimal
    end: Decimal
    places: tuple[FleetCost, ...]
    meetings: tuple[Meeting, ...]


def cost_scenario(
    scenario: Scenario, site: Site, catalog: Catalog, thresholds: Mapping[str, Any], said: Decision
) -> ScenarioCost:
    """Every place of the scenario's use case; `said` is what was decided for one facility.

    Raises UsageError where the facility has no assets, nothing to score, or not one use case.
    """
    if len(site.use_cases) != 1:
        raise UsageError(f"{scenario.name}: a scenario is about one use case")
    books = open_books(site, catalog)
    weighed = weigh_candidates(site, catalog, thresholds)
    fleet = _fleet(scenario, site, weighed[0])
    most = float(thresholds["capacity"]["utilisation_max"])
    verdicts = {each.device: each for found in said.placements for each in found.alternatives}
    verdicts |= {each.device: each for found in said.withheld for each in found.alternatives}
    places = [_place(books, each, fleet, most, verdicts.get(each.host.name)) for each in weighed]
    places.sort(key=lambda each: (each.monthly, each.name))
    end = fleet.assets * scenario.up_to
    return ScenarioCost(
        name=scenario.name,
        title=scenario.title,
        currency=books.currency,
        facilities=fleet.facilities,
        assets=fleet.assets,
        end=end,
        places=tuple(places),
        meetings=meet(places, end),
    )


def _fleet(scenario: Scenario, site: Site, weighed: Weighed) -> Fleet:
    assets = sum((decimal(expected(each.count)) for each in site.assets), Decimal(0))
    items = decimal(expected(traffic_of(weighed.job).items))
    if assets <= 0 or items <= 0:
        raise UsageError(
            f"{scenario.name}: give one facility at least one asset, and a stream that arrives"
        )
    return Fleet(scenario.facilities, assets * scenario.facilities, items * scenario.facilities)


def _place(
    books: Books, weighed: Weighed, fleet: Fleet, most: float, said: Alternative | None
) -> FleetCost:
    here = fleet.items / fleet.facilities
    curves = fleet_curves(price_lines(books, weighed.lines), fleet, box_items(weighed, here, most))
    now = {grows: _at(curve, fleet.assets) for grows, curve in curves.items()}
    twice = {grows: _at(curve, fleet.assets * 2) for grows, curve in curves.items()}
    return FleetCost(
        name=weighed.host.name,
        tier=weighed.host.tier,
        permitted=said.permitted if said else None,
        blocked_by=tuple(block.rule for block in said.blocks) if said else (),
        parts=now,
        added={
            grows: ((twice[grows] - now[grows]) / fleet.assets).quantize(_WHOLE) for grows in now
        },
        per_facility=_one_more(now, fleet),
        curve=Curve(
            sum((curve.fixed for curve in curves.values()), Decimal(0)),
            tuple(part for curve in curves.values() for part in curve.parts),
        ),
    )


def _at(curve: Curve, assets: Decimal) -> Decimal:
    return curve.at(assets).quantize(_WHOLE)


def _one_more(now: Mapping[Grows, Decimal], fleet: Fleet) -> Decimal:
    """What all that is not there once costs at one facility."""
    moving = sum((amount for grows, amount in now.items() if grows != "fixed"), Decimal(0))
    return (moving / fleet.facilities).quantize(_WHOLE)
