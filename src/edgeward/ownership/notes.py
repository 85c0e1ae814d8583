"""Sentences about a cost that a reader has to know before the figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from edgeward.cost.line import Line, expected
from edgeward.facts.age import days_old
from edgeward.facts.candidate import Weighed
from edgeward.facts.cost_tariff import DOLLAR, Tariff
from edgeward.ownership.priced import AlternativeCost
from edgeward.site import Site

_WEEKS_A_YEAR = 365.0 / 7
_YEAR_DAYS = 365


def plant_notes(site: Site, currency: str, today: date) -> Iterator[str]:
    """What is wrong with the plant's own money figures."""
    finance = site.finance
    if finance is None:
        yield "the plant declares no finance: the catalog's assumed rates stand for its own"
        return
    if finance.currency not in (None, DOLLAR, currency):
        yield (
            f"finance.usd_rate is missing: {finance.currency} and the price list's {DOLLAR} do not "
            f"add up, so what the plant gave in {finance.currency} is unknown, the rest in {DOLLAR}"
        )
    rated = finance.rate_date
    if currency != DOLLAR and rated and days_old(rated, today) > _YEAR_DAYS:
        yield f"the exchange rate is of {rated}: over a year old"
    for price in finance.prices:
        yield f"negotiated price of {price.item}: {price.because}"


def alternative_notes(
    cost: AlternativeCost, weighed: Weighed, tariff: Tariff, horizon_years: float
) -> tuple[str, ...]:
    return tuple(_notes(cost, weighed, tariff, horizon_years))


def _notes(
    cost: AlternativeCost, weighed: Weighed, tariff: Tariff, horizon_years: float
) -> Iterator[str]:
    yield from _unknown(each.line for each in cost.lines if each.line.counts)
    if weighed.host.tier != "cloud" and cost.new_cash.best > 0:
        device_class = weighed.host.device_class
        declared = device_class.lead_weeks if device_class else None
        weeks = declared if declared and declared.bounded else tariff.range("lead_weeks")
        if expected(weeks) / _WEEKS_A_YEAR >= horizon_years:
            yield (
                f"{weighed.host.name} arrives after {expected(weeks):g} weeks, the horizon ends "
                f"after {horizon_years:g} years: it is not worth anything within it"
            )
    silent = sorted({each.line.note for each in cost.lines if each.line.kind == "risk"} - {""})
    yield from (f"downtime: {note}" for note in silent)


def _unknown(lines: Iterable[Line]) -> Iterator[str]:
    """The figures without an upper end, each with the lines that wait for it."""
    waiting: dict[str, list[str]] = {}
    for line in lines:
        for factor in (line.driver, line.price, line.spread):
            if not factor.bounded and line.usd_per_month.high > 0:
                path = ", ".join(sorted(factor.rests_on)) or line.sources[0]
                waiting.setdefault(path, []).append(line.name)
    for path in sorted(waiting):
        yield f"{path} is unknown: {', '.join(waiting[path])} cost what is known, and more"
