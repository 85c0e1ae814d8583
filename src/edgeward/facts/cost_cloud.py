"""The lines of inference in the cloud: an endpoint that stands by, serverless, or batch."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from edgeward.cost.line import Grows, Line, expected
from edgeward.facts.cost_tariff import Tariff
from edgeward.facts.host import Job
from edgeward.facts.traffic import Both
from edgeward.quantity import Quantity, exact, largest, rising, smallest

_HOURS_A_MONTH = 730.0
_DAYS_A_MONTH = 365.0 / 12
_INSTANCE = "sagemaker_ml_m5_xlarge"
ENDPOINT, SERVERLESS, BATCH = "real-time endpoint", "serverless", "batch"
_PER_ITEM: Grows = "inference"


def inference_lines(job: Job, traffic: Both, tariff: Tariff) -> Iterator[Line]:
    """The cheapest way that serves the use case: batch, serverless, or an endpoint that stands by.

    Batch serves what can wait for `batch_from_ms`, serverless what survives a cold start. Where
    the budget is a range, so is the choice.
    """
    endpoint, ways = _list_ways(job, traffic, tariff)
    budget = job.use_case.latency.budget_ms
    serving = [way for way, needed in ways if budget.low >= needed.high]
    perhaps = [
        way for way, needed in ways if budget.low < needed.high and budget.high >= needed.low
    ]
    chosen = _choose(endpoint, ways, budget)
    own = chosen.usd_per_month
    surely = smallest(*(line.usd_per_month for line in (endpoint, *serving)))
    at_best = smallest(surely, *(line.usd_per_month for line in perhaps))
    if (at_best.low, surely.high) == (own.low, own.high):
        yield chosen
        return
    rests_on = surely.rests_on | at_best.rests_on
    if perhaps:
        rests_on |= budget.rests_on
    best = min(max(expected(own), at_best.low), surely.high)
    usd = Quantity(at_best.low, surely.high, best, rests_on)
    name = f"{chosen.name}, or what turns out cheaper"
    yield replace(chosen, name=name, driver=exact(1), unit="month", price=usd)


def decided_way(job: Job, traffic: Both, tariff: Tariff) -> Line:
    """The line of the way that the stated budget allows and that should cost least."""
    endpoint, ways = _list_ways(job, traffic, tariff)
    return _choose(endpoint, ways, job.use_case.latency.budget_ms)


_Ways = list[tuple[Line, Quantity]]
"""What may serve instead of an endpoint, with the budget from which on it does."""


def _list_ways(job: Job, traffic: Both, tariff: Tariff) -> tuple[Line, _Ways]:
    busy = busy_seconds(job, tariff)
    return _endpoint(traffic, busy, tariff), [
        (_batch(traffic, busy, tariff), tariff.range("batch_from_ms")),
        (_serverless(traffic, tariff), tariff.range("serverless_from_ms")),
    ]


def _choose(endpoint: Line, ways: _Ways, budget: Quantity) -> Line:
    given = budget.low if budget.stated is None else budget.stated
    stated = [way for way, needed in ways if given >= (needed.stated or 0.0)]
    return min([endpoint, *stated], key=lambda line: expected(line.usd_per_month))


def _endpoint(traffic: Both, busy: Quantity, tariff: Tariff) -> Line:
    load = traffic.items_per_second * busy / tariff.range("endpoint_utilisation")
    least = tariff.range("endpoint_instances_at_least")
    instances = rising(_instances, load, least)
    hourly = tariff.price(_INSTANCE)
    step = None
    if load.stated and traffic.items.stated:
        step = traffic.items.stated / load.stated
    return Line(
        "cloud inference",
        ENDPOINT,
        instances.scaled(_HOURS_A_MONTH),
        "hour",
        hourly.usd,
        (hourly.source, "cost.endpoint_instances_at_least"),
        grows=_PER_ITEM,
        step=step,
        at_least=least.stated or least.low,
    )


def _instances(load: float, least: float) -> float:
    return max(least, math.ceil(load)) if math.isfinite(load) else load


def _serverless(traffic: Both, tariff: Tariff) -> Line:
    """Billed by the time that one answer takes, from the request on."""
    memory, each = tariff.range("serverless_memory_gb"), "cloud_inference.serverless_ms"
    second, request = tariff.price("lambda_gb_second"), tariff.price("lambda_requests")
    billed = tariff.catalog.range(each).scaled(0.001)
    return Line(
        "cloud inference",
        SERVERLESS,
        traffic.items,
        "item",
        billed * memory * second.usd + request.usd.scaled(1e-6),
        (second.source, request.source, "cost.serverless_memory_gb", each),
        grows=_PER_ITEM,
    )


def _batch(traffic: Both, busy: Quantity, tariff: Tariff) -> Line:
    hourly = tariff.price(_INSTANCE)
    least = tariff.range("batch_hours_per_day").scaled(_DAYS_A_MONTH)
    return Line(
        "cloud inference",
        BATCH,
        largest((traffic.items * busy).scaled(1 / 3600), least),
        "hour",
        hourly.usd,
        (hourly.source, "cost.batch_hours_per_day"),
        grows=_PER_ITEM,
        step=3600 / busy.stated if busy.stated else None,
        at_least=least.stated or least.low,
    )


def busy_seconds(job: Job, tariff: Tariff) -> Quantity:
    """How long an instance is busy with one item.

    Between the fastest and the slowest run of the model on a Linux box; with no run, the
    catalog's range over all models. The geometric middle is the stated value.
    """
    classes = tariff.catalog.device_classes
    times = [
        run.p50_ms
        for run in (job.model.runs if job.model else ())
        if run.class_name in classes and classes[run.class_name].host == "linux"
    ]
    low = min((each.low for each in times), default=0.0)
    high = max((each.high for each in times), default=math.inf)
    if low <= 0 or not math.isfinite(high):
        return tariff.catalog.range("latency.inference_ms").scaled(0.001)
    rests_on = frozenset((f"models.{job.model.name}.runs",)) if job.model else frozenset()
    middle = math.sqrt(low * high)
    return Quantity(low / 1000, high / 1000, min(max(middle, low), high) / 1000, rests_on)
