"""Catalog files to a `Catalog`, with the source of every figure kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from edgeward.catalog import Catalog, ChangeMenu, DeviceClass, Model, Price, Run, Source
from edgeward.declare.bind import Place, bind
from edgeward.declare.chain import with_chains
from edgeward.declare.nodes import Node, item_name, walk
from edgeward.declare.numbers import Numbers, number
from edgeward.declare.schemas import defaults, plausible
from edgeward.quantity import Quantity, between, exact, unknown

P99_OVER_MEAN = "latency.p99_over_mean"
"""The range that says how much longer than the mean the tail of an inference is."""
INFERENCE_MS = "latency.inference_ms"
PREPROCESS_MS = "latency.preprocess_ms"

_SECTIONS = {
    "DeviceClass": "device_classes",
    "Model": "models",
    "PriceList": "prices",
    "ChangeMenu": "changes",
}
_FIGURE_KEYS = {"value", "low", "high", "basis"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A valid catalog file."""

    kind: str
    name: str
    tree: Node


def bind_catalog(entries: Iterable[Entry]) -> Catalog:
    """Everything that the entries declare, by name."""
    shelf = sorted(entries, key=lambda entry: (entry.kind, entry.name))
    ranges = dict(_ranges(entry for entry in shelf if entry.kind == "Ranges"))
    return Catalog(
        device_classes={
            e.name: bind(DeviceClass, e.tree, _place(e)) for e in shelf if e.kind == "DeviceClass"
        },
        models=with_chains({e.name: _model(e, ranges) for e in shelf if e.kind == "Model"}),
        prices=_price_list(e for e in shelf if e.kind == "PriceList"),
        ranges=MappingProxyType(ranges),
        sources=MappingProxyType({path: found for e in shelf for path, found in _sources(e)}),
        menu=_menu(entry for entry in shelf if entry.kind == "ChangeMenu"),
    )


def _numbers(kind: str) -> Numbers:
    return Numbers(defaults(kind), plausible(kind))


def _place(entry: Entry) -> Place:
    return Place(f"{_SECTIONS[entry.kind]}.{entry.name}", "", _numbers(entry.kind))


def _model(entry: Entry, ranges: Mapping[str, Quantity]) -> Model:
    place, tree = _place(entry), entry.tree
    members = tree.items["runs"].members if "runs" in tree.items else []
    runs = tuple(
        _run(run, place.below("runs").item(item_name(run, index)), ranges)
        for index, run in enumerate(members)
    )
    title = tree.word("title") or entry.name
    return bind(Model, tree, place, runs=runs, title=title)


def _run(node: Node, place: Place, ranges: Mapping[str, Quantity]) -> Run:
    """A run; what was not measured is derived from what was, or lies in a range of the catalog."""

    def figure(key: str) -> Quantity | None:
        return place.below(key).quantity(node.items[key]) if _given(node, key) else None

    def fallback(key: str, name: str) -> Quantity:
        return ranges.get(name) or place.below(key).quantity(None)

    p50, p99, mean = figure("p50_ms"), figure("p99_ms"), figure("mean_ms")
    middle = p50 or mean
    if p99 is None and middle is not None:
        p99 = (mean or middle) * ranges.get(P99_OVER_MEAN, unknown(P99_OVER_MEAN))
    return bind(
        Run,
        node,
        place,
        p50_ms=middle or fallback("p50_ms", INFERENCE_MS),
        p99_ms=p99 or fallback("p99_ms", INFERENCE_MS),
        preprocess_ms=figure("preprocess_ms") or fallback("preprocess_ms", PREPROCESS_MS),
    )


def _given(node: Node, key: str) -> bool:
    figure = node.get(key)
    if figure is None:
        return False
    return number(figure) is not None or bool({"value", "low"} & figure.items.keys())


def _price_list(entries: Iterable[Entry]) -> dict[str, Price]:
    """By item, of the first list that has it; and every list's by `region/item`."""
    found: dict[str, Price] = {}
    for entry in entries:
        for price in _prices(entry):
            found.setdefault(price.item, price)
            found[f"{price.region}/{price.item}"] = price
    return found


def _prices(entry: Entry) -> Iterator[Price]:
    region = entry.tree.word("region") or "*"
    numbers = _numbers(entry.kind)
    for node in entry.tree.items["prices"].members:
        item = node.word("item") or ""
        place = Place(f"prices.{item}", "prices.*", numbers)
        source = _source(node.items.get("usd")) or Source("unknown")
        yield bind(Price, node, place, region=region, source=source)


def _menu(entries: Iterable[Entry]) -> ChangeMenu:
    """What all menus offer together, in the order of their names."""
    menus = [bind(ChangeMenu, entry.tree, _place(entry)) for entry in entries]
    return ChangeMenu(
        changes=tuple(change for menu in menus for change in menu.changes),
        not_for_sale=tuple(each for menu in menus for each in menu.not_for_sale),
        siblings=tuple(family for menu in menus for family in menu.siblings),
    )


def _ranges(entries: Iterable[Entry]) -> Iterator[tuple[str, Quantity]]:
    for entry in entries:
        for path, node in walk(entry.tree.items["ranges"], entry.name):
            quantity = _range(node, path)
            if quantity is not None:
                yield path, quantity


def _range(node: Node, path: str) -> Quantity | None:
    if path.rpartition(".")[2] in _FIGURE_KEYS:
        return None
    value, low, high = (number(node.items.get(key)) for key in ("value", "low", "high"))
    if low is not None and high is not None:
        return between(low, high, path, value)
    stated = value if value is not None else number(node)
    return exact(stated) if stated is not None else None


def _sources(entry: Entry) -> Iterator[tuple[str, Source]]:
    root = {"Ranges": entry.name, "PriceList": ""}.get(entry.kind)
    if root is None:
        root = f"{_SECTIONS.get(entry.kind, 'use_cases')}.{entry.name}"
    for path, node in walk(_figures(entry), root):
        source = _source(node)
        if source is not None:
            yield path.removesuffix(".usd") if entry.kind == "PriceList" else path, source


def _figures(entry: Entry) -> Node:
    if entry.kind == "Ranges":
        return entry.tree.items["ranges"]
    if entry.kind == "PriceList":
        return entry.tree._replace(value={"prices": entry.tree.items["prices"]})
    return entry.tree


def _source(node: Node | None) -> Source | None:
    if node is None or "basis" not in node.items:
        return None
    basis = node.items["basis"].value
    return Source(basis, node.word("source"), node.word("date"))  # type: ignore[arg-type]
