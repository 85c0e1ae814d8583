"""How a model in the cloud is served: the way that its cost was worked out for, and its size."""

from __future__ import annotations

import math
from dataclasses import dataclass

from edgeward.catalog import Catalog
from edgeward.facts.cost_cloud import BATCH, ENDPOINT, busy_seconds, decided_way
from edgeward.facts.cost_tariff import Tariff
from edgeward.facts.host import Job
from edgeward.facts.traffic import traffic_of
from edgeward.quantity import Quantity

_MOST_CONCURRENCY = 200
"""Of one serverless endpoint."""
_MB_PER_GB = 1024


@dataclass(frozen=True, slots=True)
class Serving:
    """`way` is real_time, serverless or batch; the other figures are for the one that they fit.

    `per_minute` is what one instance should answer; `memory_mb` is a multiple of 1024.
    """

    way: str
    least: int
    most: int
    per_minute: float
    memory_mb: int
    concurrency: int


def serving_of(job: Job, catalog: Catalog) -> Serving:
    """The way that was decided, sized by the same figures as its cost."""
    tariff, traffic = Tariff(job.site, catalog), traffic_of(job)
    line = decided_way(job, traffic, tariff)
    busy, full = busy_seconds(job, tariff), tariff.range("endpoint_utilisation")
    load = traffic.items_per_second * busy / full
    least = max(1, math.ceil(_likely(tariff.range("endpoint_instances_at_least"))))
    answers = traffic.items_per_second * catalog.range("cloud_inference.serverless_ms").scaled(
        0.001
    )
    ways = {ENDPOINT: "real_time", BATCH: "batch"}
    return Serving(
        way=ways.get(line.name, "serverless"),
        least=least,
        most=max(least, math.ceil(_likely(load))),
        per_minute=60 * _likely(full) / _likely(busy),
        memory_mb=math.ceil(_likely(tariff.range("serverless_memory_gb"))) * _MB_PER_GB,
        concurrency=min(max(1, math.ceil(_likely(answers))), _MOST_CONCURRENCY),
    )


def _likely(quantity: Quantity) -> float:
    """What was stated, else the upper end where there is one; 1 where nothing is known."""
    value = quantity.high if quantity.stated is None else quantity.stated
    return value if math.isfinite(value) and value > 0 else 1.0
