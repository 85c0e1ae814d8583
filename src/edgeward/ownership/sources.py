"""Where every figure of a cost is from, and what is wrong with that: old, recalled, elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from edgeward.catalog import Catalog, Price, Source
from edgeward.cost.line import Line
from edgeward.facts.age import days_old
from edgeward.figures import format_figure
from edgeward.ownership.priced import SourceOf
from edgeward.quantity import Quantity
from edgeward.site import Site

_YEAR_DAYS = 365
_UNSAID = Source("assumed")


def trace_sources(
    site: Site, catalog: Catalog, lines: Iterable[Line], today: date
) -> tuple[SourceOf, ...]:
    """A row for every path that a line names, or that one of its numbers rests on, by path."""
    paths = {path for line in lines for path in _paths(line)}
    return tuple(_source(site, catalog, path, today) for path in sorted(paths))


def source_notes(sources: Iterable[SourceOf]) -> Iterator[str]:
    """A sentence for each kind of doubt about the prices, with the items that it is about."""
    by_warning: dict[str, list[str]] = {}
    for each in sources:
        if each.warning:
            by_warning.setdefault(each.warning, []).append(each.path.removeprefix("prices."))
    for warning in sorted(by_warning):
        yield f"{warning}: {', '.join(by_warning[warning])}"


def _paths(line: Line) -> Iterator[str]:
    yield from line.sources
    for factor in (line.driver, line.price, line.spread):
        yield from factor.rests_on


def _source(site: Site, catalog: Catalog, path: str, today: date) -> SourceOf:
    price = catalog.prices.get(path.removeprefix("prices."))
    if path.startswith("prices.") and price is not None:
        return _price(price, path, site, today)
    declared = path.split(".", maxsplit=1)[0] in _DECLARED
    if declared:
        return SourceOf(path, "", "declared", str(site.origin(path)), "")
    source = catalog.sources.get(path, _UNSAID)
    figure = catalog.ranges.get(path)
    return SourceOf(path, _figure(figure), source.basis, source.source or "", source.date or "")


_DECLARED = (
    "finance",
    "connectivity",
    "streams",
    "use_cases",
    "devices",
    "assets",
    "lan",
    "windows",
    "cloud",
)


def _figure(quantity: Quantity | None) -> str:
    return "" if quantity is None else format_figure(quantity)


def _price(price: Price, path: str, site: Site, today: date) -> SourceOf:
    source = price.source
    warning = ""
    if source.basis in ("recalled", "assumed", "unknown"):
        warning = f"{source.basis} price, found in no source"
    elif source.date is None:
        warning = "price without a date"
    elif days_old(source.date, today) > _YEAR_DAYS:
        warning = "price over a year old"
    elif site.cloud.region not in (None, price.region) and price.region != "*":
        warning = f"price of {price.region}, the plant is in {site.cloud.region}"
    return SourceOf(
        path,
        f"{_figure(price.usd)} USD a {price.unit}",
        source.basis,
        source.source or "",
        source.date or "",
        warning,
    )
