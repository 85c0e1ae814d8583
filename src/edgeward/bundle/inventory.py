"""The page beside the box (R23): what is installed, where it connects, how to remove it."""

from __future__ import annotations

from dataclasses import dataclass

from edgeward.bundle.box import Box
from edgeward.bundle.secrets import Secret, list_secrets
from edgeward.bundle.sizing import Sizing, size_queues
from edgeward.bundle.workloads import Workload, list_services
from edgeward.facts.connection import NetworkFlow


@dataclass(frozen=True, slots=True)
class InventoryContext:
    """`flows` are the connections of the box; `decision` is the digest of what it came from."""

    site: str
    title: str
    file: str
    owner: str
    device: str
    box: str
    device_class: str
    client: str
    runtime: str
    decision: str
    services: tuple[Workload, ...]
    flows: tuple[NetworkFlow, ...]
    secrets: tuple[Secret, ...]
    sizing: Sizing
    uploads: bool
    other_software: tuple[str, ...]


def make_inventory_context(box: Box) -> InventoryContext:
    return InventoryContext(
        site=box.site.name,
        title=box.site.title or box.site.name,
        file=box.site.file,
        owner=box.site.owner or "nobody named",
        device=box.device.name,
        box=box.identity.name,
        device_class=box.device.class_name or "no class named",
        client=box.identity.client,
        runtime=box.runtime,
        decision=box.decision_digest,
        services=list_services(box),
        flows=box.flows,
        secrets=list_secrets(box),
        sizing=size_queues(box),
        uploads=bool(box.uploaded),
        other_software=box.device.other_software,
    )
