"""What it costs to be without a prediction (R14): how often, how long, and what that costs.

The fallback is paid as long as it lasts; what comes after is a standstill unless the plant says
otherwise. A figure that nobody gave, or a stop that nobody signed, is shown and does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from edgeward.cost.line import Line
from edgeward.cost.outage import HOURS_A_MONTH, boxes_fail
from edgeward.facts.cost_tariff import Rate, Tariff
from edgeward.facts.host import Host, Job
from edgeward.facts.redundancy import count_boxes, whole
from edgeward.quantity import ZERO, Quantity, exact, largest, smallest, unknown
from edgeward.site import Site
from edgeward.use_case import UseCase

_HOURS_A_WEEK = 168.0
_ONE = exact(1)
_ONCE_A_YEAR = exact(1 / 12)
_FALLBACKS = ("safe_action", "last_value", "human")


@dataclass(frozen=True, slots=True)
class Absence:
    """One way to be without a prediction: how often a month, how many hours, what says so.

    `shared` is how many stand for one each: a failure stops one of so many.
    """

    name: str
    per_month: Quantity
    hours: Quantity
    source: str
    shared: Quantity = _ONE


@dataclass(frozen=True, slots=True)
class Toll:
    """What an hour costs, in US dollars: of the fallback for `lasts_hours`, then of what follows.

    `signed` is False where nobody signed the standstill; `priced` where the fallback has a price.
    """

    fallback: Rate
    lasts_hours: Quantity
    after: Rate
    priced: bool
    signed: bool
    running_share: Quantity

    @property
    def silent(self) -> bool:
        """Nothing of it has a price."""
        return not self.priced and not self.after.usd.bounded


def downtime_lines(toll: Toll, ways: Iterable[Absence]) -> Iterator[Line]:
    """A line for the fallback and one for the standstill, for each way to be without."""
    for absence in ways:
        often = absence.per_month * toll.running_share
        within = often * smallest(absence.hours, toll.lasts_hours)
        beyond = often * largest(absence.hours - toll.lasts_hours, ZERO)
        if within.high > 0:
            yield _line(absence, "fallback", within, toll.fallback, toll.priced)
        if beyond.high > 0:
            yield _line(absence, "standstill", beyond, toll.after, toll.signed)


def absences(job: Job, host: Host, tariff: Tariff, updates: Quantity) -> tuple[Absence, ...]:
    """Every way to be without a prediction from this host: link and cloud, or box; and updates."""
    return (*absences_of_host(job.site, host, tariff), failed_update(tariff, updates))


def absences_of_host(site: Site, host: Host, tariff: Tariff) -> tuple[Absence, ...]:
    """Those that come from where the model runs, the same for every use case there."""
    if host.tier == "cloud":
        return tuple(_link_and_cloud(site, tariff))
    return (_box(site, host, tariff),)


def failed_update(tariff: Tariff, updates: Quantity) -> Absence:
    return Absence(
        "failed update",
        updates * tariff.range("failed_update_share"),
        tariff.range("failed_update_hours"),
        "cost.failed_update_share",
    )


def toll_of(job: Job, tariff: Tariff) -> Toll:
    """What an hour without a prediction costs this use case."""
    use_case, path = job.use_case, job.path
    absent, stop = use_case.absent, use_case.stop
    standstill = Rate(unknown(f"{path}.stop.cost_per_hour"), f"{path}.stop.cost_per_hour")
    if stop is not None and stop.cost_per_hour.bounded:
        standstill = Rate(tariff.own_money(stop.cost_per_hour), standstill.source)
    fallback = Rate(unknown(f"{path}.absent.cost_per_hour"), f"{path}.absent.cost_per_hour")
    priced = absent is not None and absent.cost_per_hour.bounded
    if absent is not None and priced:
        fallback = Rate(tariff.own_money(absent.cost_per_hour), fallback.source)
    goes_on = absent is not None and absent.then in _FALLBACKS
    return Toll(
        fallback=fallback,
        lasts_hours=_lasts(use_case),
        after=fallback if goes_on else standstill,
        priced=priced,
        signed=priced if goes_on else bool(stop and stop.signed_by and stop.cost_per_hour.bounded),
        running_share=_running_share(job),
    )


def _lasts(use_case: UseCase) -> Quantity:
    absent = use_case.absent
    if absent is None or absent.do == "stop":
        return ZERO
    return absent.lasts_hours


def _running_share(job: Job) -> Quantity:
    """The share of the time in which anybody misses the prediction: while the line runs."""
    if not job.streams:
        return exact(1)
    return largest(*(each.hours_per_week for each in job.streams)).scaled(1 / _HOURS_A_WEEK)


def _link_and_cloud(site: Site, tariff: Tariff) -> Iterator[Absence]:
    """The link: its longest outage once a year, the others typical ones. The cloud: its service."""
    link = site.connectivity
    usual = largest(link.outages_per_month - _ONCE_A_YEAR, ZERO)
    minutes = link.typical_outage_minutes.scaled(1 / 60)
    yield Absence("link, typical outage", usual, minutes, "connectivity.outages_per_month")
    worst = smallest(link.outages_per_month, _ONCE_A_YEAR)
    hours = largest(link.worst_outage_hours, minutes)
    yield Absence("link, longest outage of a year", worst, hours, "connectivity.worst_outage_hours")
    yield Absence(
        "cloud service",
        tariff.range("cloud_outages_per_year").scaled(1 / 12),
        tariff.range("cloud_outage_hours"),
        "cost.cloud_outages_per_year",
    )


def _box(site: Site, host: Host, tariff: Tariff) -> Absence:
    """More boxes down than there are spares, or all of them by one cause."""
    device = host.device
    assert device is not None
    kind = host.device_class.host if host.device_class else "linux"
    declared = host.device_class.mtbf_years if host.device_class else None
    mtbf = declared if declared and declared.bounded else tariff.range(f"mtbf_years.{kind}")
    rebuild = device.run_by.rebuild_hours if device.run_by else None
    if rebuild is None or not rebuild.bounded:
        rebuild = tariff.range("rebuild_hours")
    often, hours = _fail(
        count_boxes(device),
        whole(device.spares),
        mtbf,
        rebuild,
        tariff.range("common_cause_share"),
    )
    shared = site.asset_count(device.per)
    return Absence(f"box {host.name}", often, hours, f"cost.mtbf_years.{kind}", shared)


def _fail(
    boxes: int, spares: int, mtbf: Quantity, rebuild: Quantity, common: Quantity
) -> tuple[Quantity, Quantity]:
    """`boxes_fail` of ranges: it is monotone in each, so its extremes are at the corners."""
    corners = [
        boxes_fail(boxes, spares, *corner)
        for corner in product(mtbf.ends(), rebuild.ends(), common.ends())
    ]
    given = (mtbf.stated, rebuild.stated, common.stated)
    stated = None
    if None not in given:
        stated = boxes_fail(boxes, spares, *(each or 0.0 for each in given))
    rests_on = mtbf.rests_on | rebuild.rests_on | common.rests_on
    often, hours = (
        Quantity(
            min(corner[part] for corner in corners),
            max(corner[part] for corner in corners),
            stated[part] if stated else None,
            rests_on,
        )
        for part in (0, 1)
    )
    return often, hours


def _line(absence: Absence, what: str, hours: Quantity, rate: Rate, counts: bool) -> Line:
    return Line(
        "downtime risk",
        f"{absence.name}: {what}",
        hours,
        "hour",
        rate.usd,
        (rate.source, absence.source),
        kind="risk",
        grows="site",
        counts=counts,
        note="" if counts else _NOT_COUNTED[what],
    )


_NOT_COUNTED = {
    "fallback": "nobody gave its price: not counted",
    "standstill": "nobody signed its price: shown, not counted",
}


def unpriced_line(toll: Toll) -> Line:
    """Stands for all of them where nothing has a price."""
    return Line(
        "downtime risk",
        "without a prediction",
        toll.running_share.scaled(HOURS_A_MONTH),
        "hour",
        toll.fallback.usd,
        (toll.fallback.source, toll.after.source),
        kind="risk",
        grows="site",
        counts=False,
        note="nobody priced the fallback or a standstill: not counted",
    )
