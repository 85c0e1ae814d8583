"""What must hold for every plant, tried on the example plants with numbers drawn at random."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from edgeward.assess import decide_again
from edgeward.decision import Alternative, Decision
from edgeward.declare.plant import PlantSource, bind_site
from edgeward.declare.workspace import load_source
from edgeward.facts.candidate import weigh_candidates
from edgeward.quantity import Quantity
from edgeward.session import Session, open_session
from edgeward.site import Site

_ROOT = Path(__file__).parents[3]
_PLANTS = sorted(path.parent.name for path in (_ROOT / "sites").glob("*/site.yaml"))
_DRAWS = 15


@pytest.mark.parametrize("plant", _PLANTS)
def test_interval_facts_contain_every_point(plant: str) -> None:
    session, wide = _session(), _bind(plant, {})
    expected = {each.candidate.id: each.candidate for each in _weigh(wide)}
    for values in _draws(wide):
        for each in _weigh(_bind(plant, values)):
            for path, point in _numbers(each.candidate):
                interval = dict(_numbers(expected[each.candidate.id]))[path]
                slack = 1e-9 * max(1.0, abs(point.low))
                assert interval.low - slack <= point.low, (plant, each.candidate.id, path)
                assert point.high <= interval.high + slack or interval.high == point.high
    assert session.workspace.plants


@pytest.mark.parametrize("plant", _PLANTS)
def test_a_longer_budget_never_removes_a_permitted_place(plant: str) -> None:
    site = _bind(plant, {})
    for use_case in site.use_cases:
        before: set[tuple[str, str]] = set()
        for budget in (1, 20, 60, 100, 500, 2_000, 60_000, 3_600_000, 1e9):
            path = f"use_cases.{use_case.name}.latency.budget_ms"
            permitted = _permitted(_decide(plant, {path: budget}), use_case.name)
            assert before <= permitted, (plant, use_case.name, budget)
            before = permitted


@pytest.mark.parametrize("plant", _PLANTS)
def test_another_box_never_makes_a_plant_infeasible(plant: str) -> None:
    site = _bind(plant, {})
    for device in site.devices:
        more = _decide(plant, {f"devices.{device.name}.boxes": 3})
        assert len(_homeless(more)) <= len(_homeless(_decide(plant, {})))


@pytest.mark.parametrize("plant", _PLANTS)
def test_what_is_placed_is_permitted_and_in_time(plant: str) -> None:
    for values in _draws(_bind(plant, {})):
        for placement in _decide(plant, values).placements:
            assert placement.alternatives[0].permitted
            assert placement.ledger.bound_ms.low <= placement.budget_ms.high
            assert placement.ledger.bound_ms.low == pytest.approx(
                sum(term.bound_ms.low for term in placement.ledger.terms)
            )


@cache
def _session() -> Session:
    return open_session(_ROOT, date(2026, 11, 23), fresh=True)


@cache
def _source(plant: str) -> PlantSource:
    source = load_source(_session().workspace, plant)
    assert isinstance(source, PlantSource), source
    return source


def _bind(plant: str, values: dict[str, float | str]) -> Site:
    return bind_site(_source(plant), _session().workspace.catalog, values)


def _decide(plant: str, values: dict[str, float | str]) -> Decision:
    session = _session()
    return decide_again(_bind(plant, values), session.workspace.catalog, session.book, {})


def _weigh(site: Site) -> Any:
    session = _session()
    return weigh_candidates(site, session.workspace.catalog, session.book.thresholds)


def _draws(site: Site) -> Iterator[dict[str, float | str]]:
    """Some assumptions at a random point each; choices stay, since intervals do not span them."""
    source = random.Random(site.name)
    ranges = [each for each in site.assumptions if each.low is not None and each.high is not None]
    for _ in range(_DRAWS if ranges else 1):
        chosen = [each for each in ranges if source.random() < 0.6]
        yield {each.at: source.uniform(each.low or 0.0, each.high or 0.0) for each in chosen}


def _numbers(facts: Any, path: str = "") -> Iterator[tuple[str, Quantity]]:
    for field in dataclasses.fields(facts):
        value = getattr(facts, field.name)
        if isinstance(value, Quantity):
            yield f"{path}{field.name}", value
        elif dataclasses.is_dataclass(value):
            yield from _numbers(value, f"{path}{field.name}.")


def _alternatives(decision: Decision, use_case: str) -> tuple[Alternative, ...]:
    for each in (*decision.placements, *decision.withheld):
        if each.use_case == use_case:
            return each.alternatives
    return ()


def _permitted(decision: Decision, use_case: str) -> set[tuple[str, str]]:
    found = _alternatives(decision, use_case)
    return {(each.tier, each.device) for each in found if each.permitted}


def _homeless(decision: Decision) -> list[str]:
    return [each.use_case for each in decision.withheld if each.why == "no_tier"]
