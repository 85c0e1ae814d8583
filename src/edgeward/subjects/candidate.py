"""What the permit rules judge before anything is assigned: a use case on a host."""

from __future__ import annotations

from dataclasses import dataclass

from edgeward.quantity import Quantity


@dataclass(frozen=True, slots=True)
class LatencyFacts:
    """Milliseconds from the event to the action; `bound_ms` holds for all but `late_allowed`."""

    bound_ms: Quantity
    median_ms: Quantity
    budget_ms: Quantity
    tier_floor_ms: Quantity
    """The budget from which this tier is a usual choice (thresholds of R1)."""
    late_share: Quantity
    """The share of cases for which the bound is not known to hold; at most `late_allowed` may."""
    late_allowed: Quantity


@dataclass(frozen=True, slots=True)
class MemoryFacts:
    needed_mb: Quantity
    allocatable_mb: Quantity
    accelerator_needed_mb: Quantity
    accelerator_mb: Quantity


@dataclass(frozen=True, slots=True)
class StorageFacts:
    """`needed_mb` is the old and the new artifact and one unpacked copy."""

    needed_mb: Quantity
    available_mb: Quantity


@dataclass(frozen=True, slots=True)
class ComputeFacts:
    """`utilisation` is the share of the device's time that this load takes, 1 being all of it."""

    utilisation: Quantity


@dataclass(frozen=True, slots=True)
class BatteryFacts:
    """How long the device's battery lasts with the load, and how long it is asked to.

    `declared` where the plant asks for a time; `inference_mw` is what the models draw of it.
    """

    declared: bool
    asked_days: Quantity
    lasts_days: Quantity
    inference_mw: Quantity


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """The mean rate that would leave the plant against what the link gives to ML, and its outages.

    `bridged_hours` is how long the action can do without a prediction; `may_be_cut` says whether
    the way from capture to host uses a link that has outages, to the cloud or inside the plant.
    """

    may_be_cut: bool

    needed_mbps: Quantity
    available_mbps: Quantity
    worst_outage_hours: Quantity
    bridged_hours: Quantity


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """What has to travel inside the plant, from capture to host, against what carries it."""

    needed_mbps: Quantity
    available_mbps: Quantity


@dataclass(frozen=True, slots=True)
class DataFacts:
    """Whether what the model reads may be where the model would run."""

    input_may_leave: bool | None
    region_in_residency: bool | None


@dataclass(frozen=True, slots=True)
class ReachFacts:
    """`signal`: the input gets there. `scope_covered`: all the data it needs is in one place."""

    signal: bool | None
    scope_covered: bool | None
    hosts_model: bool | None


@dataclass(frozen=True, slots=True)
class LevelFacts:
    """Purdue levels: where the model would run, and the lowest that it writes to in other zones.

    `writes` is whether it writes to any other zone; `lowest_written` is else the cloud's.
    """

    writes: bool
    host: Quantity
    lowest_written: Quantity


@dataclass(frozen=True, slots=True)
class QualityFacts:
    """What the variant reached where it was measured, against what is asked for."""

    asked: bool
    reached: Quantity
    at_least: Quantity


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """How well the run on this class is known; `soak_minutes` is 0 for one prediction in a lab."""

    measured: bool
    soak_minutes: Quantity


@dataclass(frozen=True, slots=True)
class Candidate:
    """A use case on one tier and device; the cloud's device is "cloud"."""

    id: str
    use_case: str
    tier: str
    device: str
    authority: str | None
    criticality: str | None
    stage: str
    latency: LatencyFacts
    memory: MemoryFacts
    storage: StorageFacts
    compute: ComputeFacts
    battery: BatteryFacts
    link: LinkFacts
    network: NetworkFacts
    data: DataFacts
    reach: ReachFacts
    quality: QualityFacts
    evidence: EvidenceFacts
    levels: LevelFacts
    usd_per_month: Quantity


@dataclass(frozen=True, slots=True)
class TrainingCandidate:
    """A use case's training on one tier.

    `upload_days` is how long one cadence's new data takes on the share of the link that ML has;
    `cadence_days` how often it trains. `compute_present` says that a device of the tier can train.
    """

    id: str
    use_case: str
    tier: str
    data: DataFacts
    upload_days: Quantity
    cadence_days: Quantity
    compute_present: bool | None
