"""What a use case takes of a host and what a host gives, as the joint rules will judge it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from edgeward.catalog import Catalog
from edgeward.facts.capacity import allocatable_ram_mb, available_storage_mb
from edgeward.facts.host import Host
from edgeward.place.assign import Load
from edgeward.quantity import Quantity
from edgeward.subjects import Candidate


def load_of(candidate: Candidate) -> Load:
    return (
        _picked(candidate.memory.needed_mb, rising=True),
        _picked(candidate.memory.accelerator_needed_mb, rising=True),
        _picked(candidate.storage.needed_mb, rising=True),
        _picked(candidate.compute.utilisation, rising=True),
    )


def host_limits(host: Host, catalog: Catalog, thresholds: Mapping[str, Any]) -> Load:
    """The same limits that the rules `placement.joint_*` use: what is there less the headroom."""
    capacity = thresholds["capacity"]
    accelerator = host.device_class.accelerator_mb if host.device_class else None
    return (
        _picked(allocatable_ram_mb(host, catalog)) * (1 - capacity["ram_headroom_share"]),
        (_picked(accelerator) if accelerator else 0.0)
        * (1 - capacity["accelerator_headroom_share"]),
        _picked(available_storage_mb(host)) * (1 - capacity["storage_headroom_share"]),
        float(capacity["utilisation_max"]),
    )


def _picked(quantity: Quantity, rising: bool = False) -> float:
    """The stated value; without one, the end that makes the fit harder."""
    if quantity.stated is not None:
        return quantity.stated
    return quantity.high if rising else quantity.low
