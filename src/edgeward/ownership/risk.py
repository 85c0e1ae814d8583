"""The cost of outages in a bad year: one that only one year in ten exceeds."""

from __future__ import annotations

from edgeward.cost.line import expected
from edgeward.cost.outage import one_in_ten, outage_cost
from edgeward.facts.cadence import times_a_month
from edgeward.facts.candidate import Weighed
from edgeward.facts.cost_downtime import Toll, absences, toll_of
from edgeward.facts.cost_tariff import Rate, Tariff


def bad_year_usd(weighed: Weighed, tariff: Tariff) -> float:
    """US dollars, every number as expected; only what has a price and a signature counts."""
    job = weighed.job
    toll = toll_of(job, tariff)
    fallback = _price(toll.fallback, toll.priced)
    after = _price(toll.after, toll.signed)
    lasts = _lasts(toll)
    updates = job.use_case.updates
    releases = times_a_month(updates.cadence if updates else None, f"{job.path}.updates.cadence")
    years = []
    for each in absences(job, weighed.host, tariff, releases):
        shared = max(expected(each.shared), 1.0)
        often = expected(each.per_month) * 12 * expected(toll.running_share) * shared
        cost = outage_cost(expected(each.hours), fallback, lasts, after) / shared
        years.append((often, cost))
    return one_in_ten(years)


def _price(rate: Rate, counts: bool) -> float:
    return expected(rate.usd) if counts else 0.0


def _lasts(toll: Toll) -> float:
    """How long the fallback lasts; without any figure it is taken to last."""
    lasts = toll.lasts_hours
    if lasts.stated is not None:
        return lasts.stated
    return lasts.high if not lasts.bounded else expected(lasts)
