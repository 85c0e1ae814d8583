"""What rules judge. Each field is a fact; its dotted name is the path that a rule `needs`.

A number is a `Quantity`, a choice or a yes/no is None while it is unknown. The schemas that rules
are compiled against are generated from these types, so a rule that misspells a fact does not
compile. Every subject has an `id` that is unique within its kind and one plant.
"""

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
class LinkFacts:
    """The mean rate that would leave the plant against what the link gives to ML, and its outages.

    `bridged_hours` is how long the action can do without a prediction.
    """

    needed_mbps: Quantity
    available_mbps: Quantity
    worst_outage_hours: Quantity
    bridged_hours: Quantity


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
    link: LinkFacts
    data: DataFacts
    reach: ReachFacts
    evidence: EvidenceFacts
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


@dataclass(frozen=True, slots=True)
class SafetyFacts:
    """R28: edgeward never is the safety function."""

    independent_protection: bool
    standard_named: bool
    version_approved: bool
    activates_by_hand: bool


@dataclass(frozen=True, slots=True)
class BandFacts:
    act_above: Quantity
    defer_above: Quantity
    declared: bool


@dataclass(frozen=True, slots=True)
class GovernanceFacts:
    approver_is_owner: bool | None
    rollback_has_target: bool


@dataclass(frozen=True, slots=True)
class UseCaseSubject:
    id: str
    use_case: str
    criticality: str | None
    authority: str | None
    stage: str
    safety: SafetyFacts
    bands: BandFacts
    governance: GovernanceFacts


@dataclass(frozen=True, slots=True)
class StreamSubject:
    id: str
    stream: str
    sensitivity: str | None
    personal_data: str | None
    leaves_as: str | None
    """"stays" where the stream does not leave the plant."""
    reason_given: bool
    retention_days: Quantity


@dataclass(frozen=True, slots=True)
class AssumptionSubject:
    """`days_to_review` is negative once the review date has passed."""

    id: str
    assumption: str
    days_to_review: Quantity


@dataclass(frozen=True, slots=True)
class WaiverSubject:
    id: str
    waiver: str
    days_left: Quantity
    approver_is_owner: bool | None
    rule_waivable: bool


@dataclass(frozen=True, slots=True)
class DecisionSubject:
    id: str
    use_case: str
    placed: bool
    inference_tier: str | None
    pattern: str | None


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
    buffer: BufferFacts


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
    zones_declared: bool


@dataclass(frozen=True, slots=True)
class Resource:
    """A cloud resource of the plant's graph, with what belongs to it already joined in.

    A fact that has no meaning for the type is None and its rule does not apply (`applies_when`).
    """

    id: str
    resource: str
    type: str
    declared_at: str
    region: str | None
    region_allowed: bool | None
    encrypted: bool | None
    public_access_blocked: bool | None
    tls_only: bool | None
    protected: bool | None
    retained: bool | None
    wildcard_actions: bool | None
    tagged: bool | None
    kind: str
    """What the rules know it as: bucket, role, thing_policy, key, other."""


Subject = (
    Candidate
    | TrainingCandidate
    | UseCaseSubject
    | StreamSubject
    | AssumptionSubject
    | WaiverSubject
    | DecisionSubject
    | Assignment
    | FlowSubject
    | Resource
)

SUBJECT_TYPES: dict[str, type] = {
    "candidate": Candidate,
    "training_candidate": TrainingCandidate,
    "use_case": UseCaseSubject,
    "stream": StreamSubject,
    "assumption": AssumptionSubject,
    "waiver": WaiverSubject,
    "decision": DecisionSubject,
    "assignment": Assignment,
    "flow": FlowSubject,
    "resource": Resource,
}
