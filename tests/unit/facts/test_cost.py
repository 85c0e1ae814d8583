"""The lines of the ownership cost: what counts where, and published claims worked out again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from edgeward.catalog import Catalog
from edgeward.cost.line import Line, expected_usd
from edgeward.declare.plant import PlantSource, bind_site
from edgeward.declare.workspace import load_source, load_workspace
from edgeward.facts.cost import cost_lines, prepare_cost, prepare_plant_cost, recalled_prices
from edgeward.facts.host import list_hosts, make_job
from edgeward.facts.traffic import traffic_of
from edgeward.quantity import ZERO, exact
from edgeward.site import Finance, NegotiatedPrice, Site, Visit
from edgeward.use_case import UseCase
from tests.samples import MONTHLY, SITE

_ROOT = Path(__file__).parents[3]


def test_an_owned_box_that_captures_the_input_is_sunk_and_kept_anyway() -> None:
    lines = _lines(SITE, "line2-gpu")
    boxes = [each for each in lines if each.box == "line2-gpu"]
    assert {each.group for each in boxes} >= {"edge hardware", "energy", "maintenance"}
    assert not any(each.counts for each in boxes)


def test_a_box_that_has_to_be_bought_to_capture_counts_wherever_the_model_runs() -> None:
    site = replace(SITE, devices=(_bought(SITE),))
    here = [each for each in _lines(site, "line2-gpu") if each.box == "line2-gpu"]
    there = [each for each in _lines(site, "cloud") if each.box == "line2-gpu"]
    assert expected_usd(here).stated == expected_usd(there).stated
    assert (expected_usd(here).stated or 0) > 50


def test_a_box_of_somebody_else_who_captures_with_it_costs_this_use_case_nothing() -> None:
    other = replace(SITE.use_cases[0], name="other", reads=("other",))
    captured = replace(SITE.streams[0], name="other", at="line2-gpu")
    elsewhere = replace(SITE.streams[0], at=None)
    site = replace(
        SITE,
        devices=(_bought(SITE),),
        streams=(elsewhere, captured),
        use_cases=(*SITE.use_cases, other),
    )
    assert not any(each.counts for each in _lines(site, "line2-gpu") if each.box == "line2-gpu")


@pytest.mark.parametrize(
    ("budget_ms", "per_hour", "way"),
    [
        (60.0, 10.0, "real-time endpoint"),
        (20_000.0, 10.0, "serverless"),
        (3.6e6, 500_000.0, "batch"),
    ],
)
def test_the_cheapest_way_of_the_cloud_that_serves_is_taken(
    budget_ms: float, per_hour: float, way: str
) -> None:
    arrives = replace(SITE.streams[0].arrives, kind="random", per_hour=exact(per_hour))  # type: ignore[type-var]
    stream = replace(SITE.streams[0], arrives=replace(arrives, period_ms=None))
    latency = replace(SITE.use_cases[0].latency, budget_ms=exact(budget_ms))
    use_case = replace(SITE.use_cases[0], latency=latency)
    (line,) = _group(_lines(_with(stream, use_case), "cloud"), "cloud inference")
    assert line.name.startswith(way)


def test_data_within_the_cap_is_paid_for_anyway() -> None:
    def link(**changes: object) -> float:
        metered = replace(SITE.connectivity, usd_per_gb=exact(5), **changes)  # type: ignore[arg-type]
        lines = _lines(replace(SITE, connectivity=metered), "line2-gpu")
        upload = [each for each in lines if each.name == "data to the cloud, by GB"]
        return expected_usd(upload).stated or 0.0

    free, half, full = (
        link(data_cap_gb_per_month=exact(100)),
        link(data_cap_gb_per_month=exact(2)),
        link(),
    )
    assert free == 0
    assert 0 < half < full


def test_a_negotiated_price_is_used_and_named() -> None:
    finance = _finance(prices=(NegotiatedPrice("kms_key", exact(0.5), "framework contract"),))
    key = next(
        each for each in _lines(replace(SITE, finance=finance), "cloud") if each.unit == "key"
    )
    assert (key.price, key.sources[0]) == (exact(0.5), "finance.prices.kms_key")


def test_the_labels_that_a_use_case_says_it_needs_are_counted_and_named() -> None:
    training = replace(MONTHLY, labels_per_release=exact(360), label_seconds=exact(10))
    use_case = replace(SITE.use_cases[0], training=training)
    lines = _lines(replace(SITE, use_cases=(use_case,)), "line2-gpu")
    labels = next(each for each in lines if each.name == "labels")
    assert labels.driver.exact
    assert labels.driver.low == pytest.approx(1, rel=0.02)
    assert labels.sources[1] == "use_cases.cap-check.training.labels_per_release"


def test_what_rests_on_a_recalled_price_is_marked() -> None:
    assert "kms_key" in recalled_prices(_lines(SITE, "cloud"), _catalog())


def test_an_always_connected_device_costs_what_the_iot_page_says() -> None:
    """AWS IoT Core, page of 2026-10-07: always connected is 0.042 USD a device and year."""
    (line,) = (each for each in _lines(SITE, "line2-gpu") if each.name == "connections")
    assert 12 * (line.usd_per_month.stated or 0) == pytest.approx(0.042, rel=0.01)


def test_a_model_over_the_satellite_costs_the_windows_that_the_case_needed() -> None:
    """Expanso, US Navy: windows of 4 to 6 minutes at 14 USD a minute, a model takes 3 to 4.

    So 168 to 336 USD a release. The sizes that the catalog gives for a model that nobody named
    span that.
    """
    site = _site("navy-unmanned-vessel")
    (line,) = (
        each
        for each in _lines(site, "onboard-computer")
        if each.name == "models to the boxes, by minute"
    )
    assert line.usd_per_month.low <= 168
    assert line.usd_per_month.high >= 336


def test_the_vendor_claim_of_5000_usd_for_uploading_35_tb_is_not_what_the_list_says() -> None:
    """A vendor's 5,000 to 7,000 USD a month for 35 TB of upload lies outside our range, since AWS
    takes nothing for data that comes in: what remains is keeping it, and the link itself.
    """
    stream = replace(SITE.streams[0], kb=exact(1600), retention_days=exact(30))
    rate = 35e9 / 1600 / (80 * 3600 * 365 / 12 / 7)
    arrives = replace(stream.arrives, period_ms=exact(1000 / rate))  # type: ignore[type-var]
    site = _with(replace(stream, arrives=arrives), SITE.use_cases[0])
    lines = _lines(site, "cloud")
    kept = expected_usd([*_group(lines, "storage"), *_group(lines, "connectivity")])
    sent = expected_usd(_group(lines, "messaging"))
    assert 700 < kept.low < kept.high < 900
    assert kept.high + sent.high < 5_000


@cache
def _catalog() -> Catalog:
    return load_workspace(_ROOT).catalog


def _site(name: str) -> Site:
    source = load_source(load_workspace(_ROOT), name)
    assert isinstance(source, PlantSource)
    return bind_site(source, _catalog())


def _lines(site: Site, name: str) -> tuple[Line, ...]:
    catalog = _catalog()
    hosts = list_hosts(site, catalog)
    job = make_job(site, site.use_cases[0], catalog)
    prepared = prepare_cost(job, traffic_of(job), prepare_plant_cost(site, hosts, catalog))
    return cost_lines(prepared, next(host for host in hosts if host.name == name), ZERO)


def _group(lines: Iterable[Line], group: str) -> list[Line]:
    return [each for each in lines if each.group == group]


def _bought(site: Site) -> object:
    device = site.devices[0]
    return replace(device, owned=False, reserved=replace(device.reserved, ram_mb=ZERO))


def _with(stream: object, use_case: UseCase) -> Site:
    return replace(SITE, streams=(stream,), use_cases=(use_case,))  # type: ignore[arg-type]


def _finance(**changes: object) -> Finance:
    finance = Finance(
        usd_rate=exact(1),
        discount_rate=exact(0.08),
        horizon_years=exact(5),
        labour_per_hour=exact(60),
        energy_per_kwh=exact(0.2),
        units_per_month=exact(1000),
        visit=Visit(exact(4), exact(150)),
    )
    return replace(finance, **changes)  # type: ignore[arg-type]
