"""Which prices a decision counts on, and how old they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from edgeward.catalog import Source
from edgeward.facts.candidate import weigh_candidates
from edgeward.facts.price_age import price_subjects
from edgeward.quantity import exact
from tests.samples import DECISION, SITE
from tests.unit.explore.exploring import session

_TODAY = date(2026, 11, 23)


def _found(**sources: str) -> dict[str, tuple[str, float]]:
    """The prices of the sample's decision, by path, where these have the dates given."""
    catalog = session().workspace.catalog
    dated = {path: Source("seen", "a test", when) for path, when in sources.items()}
    catalog = replace(catalog, sources={**catalog.sources, **dated})
    weighed = weigh_candidates(SITE, catalog, session().book.thresholds)
    found = price_subjects(DECISION, weighed, catalog, _TODAY)
    return {each.id: (each.declared_at, each.age_days.low) for each in found}


def test_a_dated_price_that_a_chosen_place_pays_has_its_age_and_where_to_give_another() -> None:
    found = _found(**{"prices.s3_standard_storage": "2025-11-22"})
    at = "finance.prices.s3_standard_storage"
    assert found["prices.s3_standard_storage"] == (at, 366)


def test_a_price_without_a_date_has_no_age() -> None:
    assert all(age >= 0 for _, age in _found().values())
    assert "prices.s3_put" not in _found()


def test_what_nobody_pays_is_not_looked_at() -> None:
    """The sample runs on a box that the plant owns: its price is sunk."""
    name = SITE.devices[0].class_name
    assert f"device_classes.{name}.price_usd" not in _found(
        **{f"device_classes.{name}.price_usd": "2020"}
    )
    assert "prices.kinesis_video_ingest" not in _found()


def test_the_price_of_a_box_that_is_bought_points_at_its_device() -> None:
    catalog = session().workspace.catalog
    device = replace(SITE.devices[0], owned=False, class_name="jetson_orin_nano_super_8gb")
    site = replace(SITE, devices=(device,))
    weighed = weigh_candidates(site, catalog, session().book.thresholds)
    found = {each.id: each for each in price_subjects(DECISION, weighed, catalog, _TODAY)}
    price = found["device_classes.jetson_orin_nano_super_8gb.price_usd"]
    assert price.declared_at == f"devices.{device.name}.class"
    assert price.age_days == exact(695)  # from the 28th of December 2024
