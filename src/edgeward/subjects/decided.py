"""What exists only once something is decided: releases, assignments, links, flows."""

from __future__ import annotations

from dataclasses import dataclass

from edgeward.quantity import Quantity
from edgeward.subjects.candidate import BatteryFacts, ComputeFacts, MemoryFacts, StorageFacts


@dataclass(frozen=True, slots=True)
class UpdateFacts:
    """How long a new model takes to get to its device, and the longest window for it.

    `windowed` says that there are windows. Where the link is open all the time, the download is
    done before the window and takes none of it.
    """

    windowed: bool
    download_hours: Quantity
    window_hours: Quantity


@dataclass(frozen=True, slots=True)
class EvidenceAgeFacts:
    dated: bool
    age_days: Quantity


@dataclass(frozen=True, slots=True)
class FailureFacts:
    """How long a dead box is away, against how long the plant manages without a prediction.

    `spare`: another box takes its place meanwhile. `declared`: the plant says how long it takes.
    """

    declared: bool
    spare: bool
    rebuild_hours: Quantity
    bridged_hours: Quantity


@dataclass(frozen=True, slots=True)
class ReleaseSubject:
    """A use case's model on the device where it was placed."""

    id: str
    use_case: str
    device: str
    update: UpdateFacts
    evidence: EvidenceAgeFacts
    failure: FailureFacts


@dataclass(frozen=True, slots=True)
class DecisionSubject:
    """`trains_itself` and `serves_itself`: the catalog says all that the cloud needs for it.

    `examples_leave` is whether anything that it reads gets to the cloud. What has no place runs and
    is trained "nowhere".
    """

    id: str
    use_case: str
    placed: bool
    inference_tier: str
    training_tier: str
    trains_itself: bool
    serves_itself: bool
    examples_leave: bool
    pattern: str | None
    bound_ms: Quantity
    """The latency bound beside everything else on the device."""
    budget_ms: Quantity


@dataclass(frozen=True, slots=True)
class BufferFacts:
    """What piles up over the worst outage, and the rate at which it drains afterwards."""

    needed_mb: Quantity
    drain_hours: Quantity
    between_outages_hours: Quantity


@dataclass(frozen=True, slots=True)
class Assignment:
    """A device and its whole load."""

    id: str
    device: str
    memory: MemoryFacts
    storage: StorageFacts
    compute: ComputeFacts
    battery: BatteryFacts
    buffer: BufferFacts


@dataclass(frozen=True, slots=True)
class LinkSubject:
    """The link to the cloud with all that leaves over it; each stream counts once."""

    id: str
    link: str
    needed_mbps: Quantity
    available_mbps: Quantity


@dataclass(frozen=True, slots=True)
class FlowSubject:
    """A connection between two endpoints, derived or declared; levels are Purdue levels.

    `encrypted` is a property of the protocol. A cloud endpoint has level 5.
    """

    id: str
    flow: str
    protocol: str
    encrypted: bool
    from_level: Quantity
    to_level: Quantity
    from_cloud: bool
    to_cloud: bool
    zones_declared: bool
    crosses_zones: bool
    defined: bool
    """Whether protocol and port are known: what a firewall can let through and nothing else."""
    security_policy: str
    """The OPC UA security policy, several where declarations differ."""
    security_policy_stated: bool
    uploads: bool
    """Whether a stream leaves over it as files."""
    source_runs_linux: bool
    """Whether it starts at a box that can run the uploader."""
