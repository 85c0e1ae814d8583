from __future__ import annotations

from edgeward.catalog import Catalog, Source
from edgeward.declare.catalog import Entry, bind_catalog
from edgeward.declare.load import load
from edgeward.declare.validate import validate
from edgeward.quantity import between, exact, unknown


def entry(kind: str, name: str, body: str) -> Entry:
    text = f"apiVersion: edgeward/v1alpha1\nkind: {kind}\nname: {name}\n{body}"
    tree = load(text.encode(), name, "catalog").tree
    assert tree is not None
    assert [str(each) for each in validate(tree, kind)] == []
    return Entry(kind, name, tree)


_TAIL = "ranges: {p99_over_mean: {value: 1.1, low: 1, high: 2, basis: seen}}\n"


def catalog(runs: str, latency: str = _TAIL) -> Catalog:
    model = entry("Model", "m", f"version: 1.0.0\nruns: [{{class: box, {runs}}}]\n")
    return bind_catalog([model, entry("Ranges", "latency", latency)])


def test_a_mean_is_a_median_and_its_tail_is_derived() -> None:
    run = catalog("mean_ms: 10").models["m"].runs[0]
    assert run.class_name == "box"
    assert run.p50_ms == exact(10)
    assert run.p99_ms == between(10, 20, "latency.p99_over_mean", 11)


def test_a_median_gets_a_tail_the_same_way_and_a_measured_tail_stays() -> None:
    assert catalog("p50_ms: 4").models["m"].runs[0].p99_ms.high == 8
    assert catalog("p50_ms: 4, p99_ms: 5").models["m"].runs[0].p99_ms == exact(5)
    run = catalog("p50_ms: 4, p99_ms: unknown").models["m"].runs[0]
    assert run.p99_ms == between(4, 8, "latency.p99_over_mean", 4.4)


def test_a_tail_that_nobody_measured_lies_in_the_range_of_the_catalog_or_of_the_schema() -> None:
    latency = _TAIL.replace("}}\n", "}, inference_ms: {low: 1, high: 99, basis: assumed}}\n")
    assert catalog("soak_minutes: 0", latency).models["m"].runs[0].p99_ms == between(
        1, 99, "latency.inference_ms"
    )
    run = catalog("soak_minutes: 0").models["m"].runs[0]
    assert run.p99_ms == between(0.01, 60_000, "models.m.runs.0.p99_ms")
    assert run.peak_ram_mb == unknown("models.m.runs.0.peak_ram_mb")


def test_a_figure_keeps_its_range_its_value_and_its_source() -> None:
    body = (
        "title: A box\nhost: linux\n"
        "ram_mb: {value: 4, low: 2, high: 8, basis: seen, source: data sheet, date: 2024-06}\n"
        "price_usd: {basis: unknown}\nstorage_mb: 9\n"
    )
    found = bind_catalog([entry("DeviceClass", "box", body)])
    box = found.device_classes["box"]
    assert box.ram_mb == between(2, 8, "device_classes.box.ram_mb", 4)
    assert box.storage_mb == exact(9)
    assert box.price_usd == unknown("device_classes.box.price_usd")
    assert found.sources["device_classes.box.ram_mb"] == Source("seen", "data sheet", "2024-06")
    assert found.sources["device_classes.box.price_usd"] == Source("unknown")


def test_ranges_are_named_by_file_group_and_key() -> None:
    body = "ranges:\n  paced: {low: 1, high: 2, basis: assumed}\n"
    body += (
        "  wan: {rtt_p99_ms: {value: 2, low: 1, high: 3, basis: seen}, none: {basis: unknown}}\n"
    )
    found = bind_catalog([entry("Ranges", "delays", body)])
    assert found.ranges == {
        "delays.paced": between(1, 2, "delays.paced"),
        "delays.wan.rtt_p99_ms": between(1, 3, "delays.wan.rtt_p99_ms", 2),
    }


def test_a_price_has_its_region_and_source() -> None:
    body = "region: eu-central-1\nprices:\n"
    body += "  - {item: gb_month, unit: GB-month, usd: {value: 0.02, basis: seen, source: page}}\n"
    price = bind_catalog([entry("PriceList", "list", body)]).prices["gb_month"]
    assert (price.usd, price.unit, price.region) == (exact(0.02), "GB-month", "eu-central-1")
    assert price.source == Source("seen", "page")
