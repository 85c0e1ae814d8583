"""The ownership cost of a plant: every use case at every place, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from edgeward.catalog import Catalog
from edgeward.cost.line import expected
from edgeward.cost.money import sum_money
from edgeward.decision import Alternative, Decision
from edgeward.facts.candidate import Weighed, weigh_candidates
from edgeward.facts.traffic import traffic_of
from edgeward.ownership.alternative import cost_alternative
from edgeward.ownership.books import Books, decimal, open_books
from edgeward.ownership.crossing import add_break_even
from edgeward.ownership.notes import plant_notes
from edgeward.ownership.priced import PlantCost, UseCaseCost
from edgeward.ownership.shared import once, share_boxes
from edgeward.ownership.sources import source_notes, trace_sources
from edgeward.site import Site


def cost_plant(
    site: Site,
    catalog: Catalog,
    thresholds: Mapping[str, Any],
    decision: Decision,
    today: date,
) -> PlantCost:
    """All alternatives of every use case that is not retired, also those that are blocked."""
    books = open_books(site, catalog)
    weighed = weigh_candidates(site, catalog, thresholds)
    verdicts = _alternatives(decision)
    use_cases = tuple(
        _use_case(
            books,
            [each for each in weighed if each.candidate.use_case == name],
            verdicts,
            thresholds,
        )
        for name in sorted({each.candidate.use_case for each in weighed})
    )
    lines = [line for each in weighed for line in each.lines]
    sources = trace_sources(site, catalog, lines, today)
    chosen = [each for each in use_cases if each.chosen is not None]
    monthly = sum_money(each.amount for each in once(chosen))
    return PlantCost(
        site=site.name,
        currency=books.currency,
        horizon_years=books.horizon_years,
        discount_rate=books.discount_rate,
        unit=site.finance.unit if site.finance else None,
        use_cases=use_cases,
        shared=share_boxes(chosen),
        monthly=monthly,
        over_horizon=monthly.times(books.horizon_months),
        sources=sources,
        notes=(*plant_notes(site, books.currency, today), *source_notes(sources)),
    )


def _alternatives(decision: Decision) -> dict[tuple[str, str], tuple[Alternative, bool]]:
    """What the decision says of each use case on each host, and whether it is the chosen one."""
    found = {
        (placement.use_case, each.device): (each, index == 0)
        for placement in decision.placements
        for index, each in enumerate(placement.alternatives)
    }
    for withheld in decision.withheld:
        found |= {(withheld.use_case, each.device): (each, False) for each in withheld.alternatives}
    return found


def _use_case(
    books: Books,
    weighed: list[Weighed],
    verdicts: Mapping[tuple[str, str], tuple[Alternative, bool]],
    thresholds: Mapping[str, Any],
) -> UseCaseCost:
    job = weighed[0].job
    items = traffic_of(job).items
    outcome = job.use_case.outcome
    value = outcome.value_per_year if outcome else None
    monthly_value = expected(value) / 12 if value is not None and value.bounded else None
    found = [
        cost_alternative(
            books,
            each,
            verdicts.get((job.use_case.name, each.host.name)),
            items=items,
            value=monthly_value,
        )
        for each in weighed
    ]
    notes = [] if items.high > 0 else ["nothing arrives: there is no cost per inference"]
    utilisation = float(thresholds["capacity"]["utilisation_max"])
    return UseCaseCost(
        name=job.use_case.name,
        alternatives=add_break_even(found, weighed, items, utilisation),
        value_per_month=None if monthly_value is None else decimal(monthly_value),
        notes=tuple(notes),
    )
