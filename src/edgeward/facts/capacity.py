"""What a model takes of a device, and what the device has to give, in MB and shares of time."""

from __future__ import annotations

from edgeward.catalog import Catalog, Run
from edgeward.facts.host import Host, Job, artifact_mb
from edgeward.facts.queue import Demand
from edgeward.quantity import ZERO, Quantity, largest, unknown
from edgeward.subjects import ComputeFacts, MemoryFacts, StorageFacts

_COPIES = 3  # the old artifact, the new one, and one unpacked: an update never leaves none


def memory_facts(job: Job, host: Host, run: Run | None, catalog: Catalog) -> MemoryFacts:
    """What the model needs at its peak against what the host has allocatable."""
    if host.tier == "cloud":
        return MemoryFacts(ZERO, ZERO, ZERO, ZERO)
    if run is not None and run.peak_ram_mb.bounded:
        ram = run.peak_ram_mb
    else:
        ram = artifact_mb(job) * catalog.range("memory.peak_ram_over_artifact")
    accelerator = ZERO
    if run is not None and run.accelerator_mb.bounded:
        accelerator = run.accelerator_mb
    if host.device_class and host.device_class.shares_ram_with_accelerator:
        ram, accelerator = ram + accelerator, ZERO
    return MemoryFacts(
        needed_mb=ram,
        allocatable_mb=allocatable_ram_mb(host, catalog),
        accelerator_needed_mb=accelerator,
        accelerator_mb=host.device_class.accelerator_mb if host.device_class else ZERO,
    )


def allocatable_ram_mb(host: Host, catalog: Catalog) -> Quantity:
    """The class's allocatable RAM less what the plant reserved; total less the OS if not given."""
    if host.device is None or host.device_class is None:
        return unknown(f"devices.{host.name}.class")
    allocatable = host.device_class.allocatable_ram_mb
    if not allocatable.bounded:
        allocatable = host.device_class.ram_mb - catalog.range(
            f"memory.os_reserved_mb.{host.device_class.host}"
        )
    return largest(allocatable - host.device.reserved.ram_mb, ZERO)


def storage_facts(job: Job, host: Host) -> StorageFacts:
    """Old, new and unpacked artifact against the storage that is not reserved."""
    if host.tier == "cloud":
        return StorageFacts(ZERO, ZERO)
    return StorageFacts(artifact_mb(job).scaled(_COPIES), available_storage_mb(host))


def available_storage_mb(host: Host) -> Quantity:
    if host.device is None or host.device_class is None:
        return unknown(f"devices.{host.name}.class")
    return largest(host.device_class.storage_mb - host.device.reserved.storage_mb, ZERO)


def compute_facts(demand: Demand) -> ComputeFacts:
    """The share of the host's time that the use case takes by the clock and at random."""
    return ComputeFacts(demand.periodic_load + demand.random_load)
