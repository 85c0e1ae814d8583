"""What the page of a plant says about money."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from edgeward.ownership.compare import cost_plant
from edgeward.ownership.priced import PlantCost
from edgeward.report.cost_view import view_money
from edgeward.result import PlantResult, RunResult
from edgeward.session import assess_plant, open_session
from tests.unit.report.outcomes import render

_ROOT = Path(__file__).parents[3]


@cache
def _plant() -> tuple[PlantResult, PlantCost]:
    session = open_session(_ROOT, date(2026, 11, 23))
    plant = assess_plant(session, "bottling-brno")
    assert plant.site is not None and plant.decision is not None
    cost = cost_plant(
        plant.site,
        session.workspace.catalog,
        session.book.thresholds,
        plant.decision,
        session.today,
    )
    return plant, cost


def test_the_page_has_the_total_and_where_two_places_cost_the_same() -> None:
    plant, cost = _plant()
    page = render(RunResult((replace(plant, cost=cost),)))["plants/bottling-brno.html"].decode()
    assert '<h2 id="money">What it costs</h2>' in page
    assert "break-even of plant-server and cloud" in page


def test_a_page_without_costs_says_nothing_of_money() -> None:
    plant, _ = _plant()
    page = render(RunResult((plant,)))["plants/bottling-brno.html"].decode()
    assert "What it costs" not in page


def test_each_plot_names_its_places_and_is_the_same_on_any_day() -> None:
    pytest.importorskip("pygal")
    _, cost = _plant()
    money = view_money(cost)
    assert money is not None
    forecast = next(each for each in money.use_cases if each.name == "fill-forecast")
    assert [plot.words for plot in forecast.plots] == [
        "USD a month over inferences a month, of cloud, plant-server",
        "USD over months of use, of cloud, plant-server",
    ]
    for plot in forecast.plots:
        drawn = b64decode(plot.image.removeprefix("data:image/svg+xml;base64,")).decode()
        assert drawn.startswith("<svg")
        assert "plant-server: dashed" in drawn
        assert "<!--" not in drawn


def test_prices_that_may_be_wrong_are_counted_by_what_is_wrong_with_them() -> None:
    _, cost = _plant()
    source = replace(cost.sources[0], warning="")
    sources = tuple(replace(source, warning=each) for each in ("", "old", "guessed", "old"))
    money = view_money(replace(cost, sources=sources))
    assert money is not None
    assert money.summary.endswith(" 3 prices in it may not hold: 2 × old; 1 × guessed.")
    sure = view_money(replace(cost, sources=(source,)))
    assert sure is not None
    assert "may not hold" not in sure.summary


def test_nothing_decided_is_nothing_spent() -> None:
    _, cost = _plant()
    undecided = tuple(
        replace(each, alternatives=tuple(replace(a, chosen=False) for a in each.alternatives))
        for each in cost.use_cases
    )
    assert view_money(replace(cost, use_cases=undecided)) is None
    assert view_money(None) is None


def test_the_page_names_the_keys_that_narrow_a_wide_range() -> None:
    plant, cost = _plant()
    page = render(RunResult((replace(plant, cost=cost),)))["plants/bottling-brno.html"].decode()
    keys = "<code>training.label_seconds</code> and <code>training.labels_per_release</code>"
    assert f"your own figures go into {keys} of the plant&#39;s file" in page
