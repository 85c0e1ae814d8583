"""A first cost figure, good enough to rank: new hardware, cloud hours.

Hardware that the plant owns is sunk and counts nothing. US dollars a month.
"""

from __future__ import annotations

from edgeward.catalog import Catalog
from edgeward.decision import Ledger
from edgeward.facts.host import Host, Job
from edgeward.facts.stream import items_per_second
from edgeward.quantity import ZERO, Quantity, exact, total, unknown

_HOURS_A_MONTH = 730.0
_DAYS_A_MONTH = 730.0 / 24
_BATCH_FROM_MS = 15 * 60 * 1000.0  # an action that can wait this long needs no standing endpoint


def host_usd_per_month(job: Job, host: Host, ledger: Ledger, catalog: Catalog) -> Quantity:
    """What the host costs a month for the use case, apart from what is owned already."""
    if host.tier == "cloud":
        return _endpoint(job, ledger, catalog)
    return _hardware(host, job, catalog)


def _hardware(host: Host, job: Job, catalog: Catalog) -> Quantity:
    device = host.device
    if device is None or device.owned:
        return ZERO
    price = host.device_class.price_usd if host.device_class else unknown(f"devices.{host.name}")
    life_months = catalog.range("cost.device_life_years").scaled(12)
    count = device.boxes * job.site.asset_count(device.per)
    return price * count / life_months


def _endpoint(job: Job, ledger: Ledger, catalog: Catalog) -> Quantity:
    """An instance that stands all month, or, where the action can wait, its hours of batch work.

    Batch runs are counted as at least one hour a day.
    """
    budget = job.use_case.latency.budget_ms
    served = total([term.bound_ms for term in ledger.terms if term.name == "inference"])
    items = total([items_per_second(job.site, stream, None) for stream in job.streams])
    busy_hours = items * served.scaled(0.001) * exact(_HOURS_A_MONTH)
    batch = Quantity(
        min(max(busy_hours.low, _DAYS_A_MONTH), _HOURS_A_MONTH),
        min(max(busy_hours.high, _DAYS_A_MONTH), _HOURS_A_MONTH),
        min(max(busy_hours.stated or 0.0, _DAYS_A_MONTH), _HOURS_A_MONTH),
        busy_hours.rests_on if busy_hours.high > _DAYS_A_MONTH else frozenset(),
    )
    hours = Quantity(
        batch.low if budget.high >= _BATCH_FROM_MS else _HOURS_A_MONTH,
        batch.high if budget.low >= _BATCH_FROM_MS else _HOURS_A_MONTH,
        batch.stated if (budget.stated or 0.0) >= _BATCH_FROM_MS else _HOURS_A_MONTH,
        budget.rests_on | batch.rests_on,
    )
    return hours * catalog.price_usd("sagemaker_ml_m5_xlarge")
