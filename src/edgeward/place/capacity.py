"""What a use case takes of a host and what a host gives, as the joint rules will judge it.

Of a number that is not known exactly the stated value counts up to stage pilot; otherwise, and
in production, the end that makes it harder to fit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from edgeward.catalog import Catalog
from edgeward.facts.battery import most_inference_mw
from edgeward.facts.candidate import Weighed
from edgeward.facts.capacity import allocatable_ram_mb, available_storage_mb
from edgeward.facts.host import Host
from edgeward.facts.latency import misses_each
from edgeward.facts.queue import nats
from edgeward.place.option import Queue
from edgeward.quantity import ZERO, Quantity


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that the use cases of a host share, and the rule that judges the sum."""

    rule: str
    words: str


RESOURCES = (
    Resource("placement.joint_ram", "MB of memory"),
    Resource("placement.joint_accelerator_memory", "MB of accelerator memory"),
    Resource("placement.joint_storage", "MB of storage"),
    Resource("placement.joint_utilisation", "of the time"),
    Resource("placement.joint_battery", "mW of the battery"),
)
"""In the order of loads and limits."""


def load_of(weighed: Weighed) -> tuple[float, ...]:
    """What it takes of each of RESOURCES."""
    facts = weighed.candidate
    strict = facts.stage == "production"
    return (
        _most(facts.memory.needed_mb, strict),
        _most(facts.memory.accelerator_needed_mb, strict),
        _most(facts.storage.needed_mb, strict),
        _most(facts.compute.utilisation, strict),
        _most(facts.battery.inference_mw, strict),
    )


def host_limits(host: Host, catalog: Catalog, thresholds: Mapping[str, Any]) -> tuple[float, ...]:
    """The limits of the rules `placement.joint_*`: what is there less the headroom."""
    capacity = thresholds["capacity"]
    battery = most_inference_mw(host.device) if host.device else None
    accelerator = host.device_class.accelerator_mb if host.device_class else ZERO
    return (
        _least(allocatable_ram_mb(host, catalog)) * (1 - capacity["ram_headroom_share"]),
        _least(accelerator) * (1 - capacity["accelerator_headroom_share"]),
        _least(available_storage_mb(host)) * (1 - capacity["storage_headroom_share"]),
        float(capacity["utilisation_max"]),
        math.inf if battery is None else _least(battery),
    )


def queue_of(weighed: Weighed) -> Queue | None:
    """How the use case stands in the queue of its host; None where it queues for nobody."""
    queueing = [term.bound_ms for term in weighed.ledger.terms if term.name == "queueing"]
    if weighed.host.device is None or not queueing:
        return None
    strict = weighed.candidate.stage == "production"
    demand, latency = weighed.demand, weighed.candidate.latency
    rest = _most(latency.bound_ms, strict) - _most(queueing[0], strict)
    return Queue(
        slack_ms=_least(latency.budget_ms, strict) - rest,
        nats=_most(nats(misses_each(weighed.job, weighed.host)), strict),
        service_ms=_most(demand.service_ms, strict),
        ahead_ms=_most(demand.ahead_ms, strict),
        burst_ms=_most(demand.burst_ms, strict),
        periodic_load=_most(demand.periodic_load, strict),
        random_load=_most(demand.random_load, strict),
    )


def _most(quantity: Quantity, strict: bool) -> float:
    return quantity.high if strict or quantity.stated is None else quantity.stated


def _least(quantity: Quantity, strict: bool = False) -> float:
    return quantity.low if strict or quantity.stated is None else quantity.stated
