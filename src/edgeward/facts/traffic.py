"""What of a use case crosses the link to the cloud, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass

from edgeward.catalog import Catalog
from edgeward.facts.host import Job
from edgeward.facts.stream import leaving_gb_per_day, leaving_mbps, raw_gb_per_day, raw_mbps
from edgeward.quantity import Quantity, total

_DAYS_A_MONTH = 730.0 / 24


@dataclass(frozen=True, slots=True)
class Traffic:
    """Mean Mbit/s over the link, and US dollars a month for the link and for keeping the data."""

    mbps: Quantity
    usd_per_month: Quantity


def whole_traffic(job: Job, catalog: Catalog) -> Traffic:
    """Of a model in the cloud: all that it reads goes there."""
    rates = [raw_mbps(job.site, stream, None) for stream in job.streams]
    volumes = [raw_gb_per_day(job.site, stream, None) for stream in job.streams]
    return Traffic(total(rates), _cost(job, volumes, catalog))


def reduced_traffic(job: Job, catalog: Catalog) -> Traffic:
    """Of a model in the plant: what may leave, in the form in which it may."""
    rates = [leaving_mbps(job.site, stream, None) for stream in job.streams]
    volumes = [leaving_gb_per_day(job.site, stream, None) for stream in job.streams]
    return Traffic(total(rates), _cost(job, volumes, catalog))


def _cost(job: Job, gb_per_day: list[Quantity], catalog: Catalog) -> Quantity:
    stored = catalog.price_usd("s3_standard_storage")
    sent = job.site.connectivity.usd_per_gb.scaled(_DAYS_A_MONTH)
    return total(
        [
            daily * (sent + stream.retention_days * stored)
            for daily, stream in zip(gb_per_day, job.streams, strict=True)
        ]
    )
