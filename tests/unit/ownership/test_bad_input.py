"""Money questions that have no good answer get a message, never inf or nan."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from edgeward.assess import decide_again
from edgeward.declare.plant import PlantSource, bind_site
from edgeward.declare.workspace import load_source
from edgeward.facts.age import days_old
from edgeward.ownership.compare import cost_plant
from edgeward.ownership.priced import AlternativeCost, PlantCost
from edgeward.quantity import ZERO, Quantity, exact, unknown
from edgeward.report.cost import render_cost
from edgeward.session import Session, open_session
from edgeward.site import Finance, Site, Visit
from edgeward.use_case import Outcome

_ROOT = Path(__file__).parents[3]
_TODAY = date(2026, 11, 23)
_FORMS = ("text", "json", "csv", "markdown", "html")
_FINANCE = Finance(
    usd_rate=exact(1.08),
    discount_rate=exact(0.08),
    horizon_years=exact(5),
    labour_per_hour=exact(55),
    energy_per_kwh=exact(0.2),
    units_per_month=exact(100_000),
    visit=Visit(exact(4), exact(150)),
    currency="EUR",
    rate_date="2026-11-01",
    unit="truck load",
)


def test_zero_volume_has_no_cost_per_inference() -> None:
    site = _site()
    stream = replace(site.streams[0], hours_per_week=ZERO)
    cost = _cost(replace(site, streams=(stream,)))
    assert all(each.per_inference is None for each in cost.use_cases[0].alternatives)
    assert cost.use_cases[0].notes == ("nothing arrives: there is no cost per inference",)
    _prints_no_infinity(cost)


def test_no_device_price_is_named_and_the_total_is_open() -> None:
    cost = _cost(_site())
    truck = _place(cost, "truck-computer")
    assert truck.monthly.high is None
    assert any("device_classes.rugged_mobile.price_usd is unknown" in note for note in truck.notes)
    _prints_no_infinity(cost)


def test_a_horizon_that_ends_before_the_box_arrives_is_said() -> None:
    short = replace(_FINANCE, horizon_years=exact(0.05))
    notes = _place(_cost(replace(_site(), finance=short)), "mine-server").notes
    assert any("arrives after 6 weeks, the horizon ends" in note for note in notes)


def test_a_currency_without_a_rate_is_not_added_to_dollars() -> None:
    lost = replace(_FINANCE, usd_rate=unknown("finance.usd_rate"))
    cost = _cost(replace(_site(), finance=lost))
    assert cost.currency == "USD"
    assert any("finance.usd_rate is missing" in note for note in cost.notes)
    assert _place(cost, "cloud").monthly.high is None
    _prints_no_infinity(cost)


def test_the_currency_of_the_plant_is_used_where_it_has_a_rate() -> None:
    cost = _cost(replace(_site(), finance=_FINANCE))
    assert cost.currency == "EUR"
    owner = next(
        each for each in _place(cost, "cloud").lines if each.line.group == "the owner's time"
    )
    assert owner.amount.best == Decimal("220.0000")  # 4 hours at 55 EUR


def test_savings_below_zero_never_pay_back() -> None:
    site = replace(_site(), finance=_FINANCE)
    worth = Outcome(measure="repairs planned", today=exact(1), target=exact(2))
    for value, paid_back in ((-5000.0, False), (60_000.0, True)):
        outcome = replace(worth, value_per_year=exact(value))
        use_case = replace(site.use_cases[0], outcome=outcome)
        server = _place(_cost(replace(site, use_cases=(use_case,))), "mine-server")
        assert (server.payback_months is not None) == paid_back


def test_an_old_price_is_a_warning() -> None:
    assert not any("year old" in note for note in _cost(_site()).notes)
    later = _cost(_site(), date(2027, 8, 20)).notes
    (told,) = [note for note in later if "year old" in note]
    assert "s3_standard_storage" in told


@pytest.mark.parametrize(
    ("written", "days"), [("2026-11-22", 1), ("2026-10", 26), ("2025", 330), ("2025-11-22", 366)]
)
def test_the_age_of_a_source_is_the_least_that_it_may_be(written: str, days: int) -> None:
    assert days_old(written, _TODAY) == days


def test_every_figure_is_traced_in_two_steps() -> None:
    cost = _cost(_site())
    traced = {each.path for each in cost.sources}
    for place in cost.use_cases[0].alternatives:
        for each in place.lines:
            assert each.line.sources
            assert set(each.line.sources) <= traced
    assert all(each.basis for each in cost.sources)


@cache
def _session() -> Session:
    return open_session(_ROOT, _TODAY, fresh=True)


@cache
def _site() -> Site:
    workspace = _session().workspace
    source = load_source(workspace, "teck-haul-trucks")
    assert isinstance(source, PlantSource)
    return bind_site(source, workspace.catalog)


def _cost(site: Site, today: date = _TODAY) -> PlantCost:
    session = _session()
    catalog, book = session.workspace.catalog, session.book
    decision = decide_again(site, catalog, book, {})
    return cost_plant(site, catalog, book.thresholds, decision, today)


def _place(cost: PlantCost, name: str) -> AlternativeCost:
    return next(each for each in cost.use_cases[0].alternatives if each.name == name)


def _prints_no_infinity(cost: PlantCost) -> None:
    for form in _FORMS:
        shown = render_cost([cost], form, True, True, _TODAY).decode()
        words = shown.replace(",", " ").replace('"', " ").replace("|", " ").lower().split()
        assert not {"inf", "-inf", "nan", "infinity"} & set(words), form
    json.loads(render_cost([cost], "json", True, True, _TODAY), parse_constant=_refuse)


def _refuse(word: str) -> Quantity:
    raise AssertionError(word)
