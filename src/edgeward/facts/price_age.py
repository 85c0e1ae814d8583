"""How old the prices are that the expected cost of the chosen places counts on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from edgeward.catalog import Catalog
from edgeward.cost.line import Line
from edgeward.decision import Decision
from edgeward.facts.age import days_old
from edgeward.facts.candidate import Weighed
from edgeward.quantity import exact
from edgeward.subjects import PriceSubject


def price_subjects(
    decision: Decision, candidates: Iterable[Weighed], catalog: Catalog, today: date
) -> tuple[PriceSubject, ...]:
    """One for each price that has a date and is paid at a chosen place, by its catalog path."""
    chosen = {(each.use_case, each.device) for each in decision.placements}
    lines = [
        line
        for each in candidates
        if (each.candidate.use_case, each.host.name) in chosen
        for line in each.lines
        if line.counts and (line.usd_per_month.stated or 0) > 0
    ]
    found = {each.id: each for line in lines for each in _prices(line, catalog, today)}
    return tuple(found[path] for path in sorted(found))


def _prices(line: Line, catalog: Catalog, today: date) -> Iterator[PriceSubject]:
    """The listed price of a line, which the plant may negotiate, or that of its box's class."""
    path = line.sources[0]
    source = catalog.sources.get(path)
    if source is None or source.date is None or not path.startswith(("prices.", "device_classes.")):
        return
    at = f"finance.{path}" if path.startswith("prices.") else f"devices.{line.box}.class"
    age = exact(max(days_old(source.date, today), 0))
    yield PriceSubject(id=path, declared_at=at, age_days=age)
