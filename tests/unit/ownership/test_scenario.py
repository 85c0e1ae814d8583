"""R13: what grows with a fleet and why, from the scenarios that edgeward ships."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from edgeward.assess import decide_again
from edgeward.declare.plant import bind_site
from edgeward.declare.scenario import list_scenarios, load_scenario
from edgeward.errors import UsageError
from edgeward.ownership.fleet import FleetCost
from edgeward.ownership.scenario import ScenarioCost, cost_scenario
from edgeward.report.cost import render_scenarios
from edgeward.report.cost_scenario import explain
from edgeward.session import Session, open_session

_ROOT = Path(__file__).parents[3]
_LINES, _ASSETS = "ten-lines-one-plant", "hundred-assets-five-facilities"


def test_both_scenarios_of_r13_are_there() -> None:
    assert list_scenarios(_session().workspace) == (_ASSETS, _LINES)
    lines, assets = _cost(_LINES), _cost(_ASSETS)
    assert (lines.facilities, lines.assets) == (1, 10)
    assert (assets.facilities, assets.assets) == (5, 100)


@pytest.mark.parametrize("name", [_LINES, _ASSETS])
def test_all_tiers_are_permitted_and_the_crossover_is_explained_in_two_sentences(
    name: str,
) -> None:
    cost = _cost(name)
    assert {place.tier for place in cost.places if place.permitted} == {"device", "plant", "cloud"}
    where, why = explain(cost)
    cheap = min(cost.places, key=lambda place: place.monthly)
    assert where.startswith(f"At {int(cost.assets)} assets {cheap.name} is the cheapest")
    assert "costs less" in where
    assert f"at {cheap.name}, since" in why
    assert "grows fastest" in why


def test_the_first_sentence_says_where_the_cheapest_stops_being_it() -> None:
    """Its crossings, not those of two others: these are in the list below."""
    lines, assets = explain(_cost(_LINES))[0], explain(_cost(_ASSETS))[0]
    assert "below 8 assets line-box costs less and from 25.9 assets on cloud costs less" in lines
    assert "up to 1,000 assets no other place ever costs less" in assets


def test_boxes_for_each_asset_grow_fastest_and_that_is_why() -> None:
    for cost in (_cost(_LINES), _cost(_ASSETS)):
        steep = max(cost.places, key=lambda place: place.per_asset)
        assert steep.tier == "device"
        assert steep.added["device"] > steep.per_asset / 2


@pytest.mark.parametrize("name", [_LINES, _ASSETS])
def test_every_crossing_of_the_fleet_is_one_that_a_scan_finds(name: str) -> None:
    cost = _cost(name)
    places = {place.name: place for place in cost.places}
    for meeting in cost.meetings:
        first, second = places[meeting.first], places[meeting.second]
        signs = [_sign(first, second, Decimal(n) / 4) for n in range(1, int(cost.end) * 4 + 1)]
        changes = sum(a != b for a, b in pairwise(signs) if a and b)
        assert changes <= len(meeting.crossings)
        for crossing in meeting.crossings:
            after = crossing.high + Decimal("0.000001")
            assert _sign(first, second, after) == (-1 if crossing.cheaper == "first" else 1)


def test_the_parts_are_the_whole() -> None:
    for place in _cost(_ASSETS).places:
        assert abs(place.curve.at(Decimal(100)) - place.monthly) < Decimal("0.001")
        five = Decimal(5)
        assert abs(place.per_facility * five + place.parts["fixed"] - place.monthly) < Decimal(
            "0.01"
        )


def test_a_scenario_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match="no scenario is called `ten-lins`"):
        load_scenario(_session().workspace, "ten-lins")


def test_scenarios_come_in_the_formats_for_people() -> None:
    cost = _cost(_LINES)
    assert render_scenarios([cost], "markdown").startswith(b"# ten-lines-one-plant")
    assert b"<table>" in render_scenarios([cost], "html")
    with pytest.raises(UsageError, match="not as csv"):
        render_scenarios([cost], "csv")


def _sign(first: FleetCost, second: FleetCost, at: Decimal) -> int:
    gap = first.curve.at(at) - second.curve.at(at)
    return (gap > 0) - (gap < 0)


@cache
def _session() -> Session:
    return open_session(_ROOT, date(2026, 11, 23))


@cache
def _cost(name: str) -> ScenarioCost:
    session = _session()
    catalog, book = session.workspace.catalog, session.book
    scenario = load_scenario(session.workspace, name)
    site = bind_site(scenario.source, catalog)
    said = decide_again(site, catalog, book, {})
    return cost_scenario(scenario, site, catalog, book.thresholds, said)
