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
    """Purdue levels: where the model would run, and the lowest that it writes to."""

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
class ReviewFacts:
    """`busy` is the share of their time that the reviewers need while the line runs."""

    declared: bool
    busy: Quantity


@dataclass(frozen=True, slots=True)
class LabelFacts:
    """Labels that one release needs, and those that come in between two trainings."""

    declared: bool
    needed: Quantity
    per_cadence: Quantity


@dataclass(frozen=True, slots=True)
class MonitoringFacts:
    """The inference layer of R18: whether what is watched can lead to something."""

    drift_leads_somewhere: bool


@dataclass(frozen=True, slots=True)
class RegulationFacts:
    """The class under the law that applies, "not stated" where nobody says.

    `reasoned` says that why, who and when are given.
    """

    risk: str
    reasoned: bool
    stops_without_the_cloud: bool


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
    review: ReviewFacts
    labels: LabelFacts
    monitoring: MonitoringFacts
    regulation: RegulationFacts


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
    in_production: bool
    """Whether a use case in production is the plant's, or is the one that it speaks of."""


@dataclass(frozen=True, slots=True)
class WaiverSubject:
    id: str
    waiver: str
    days_left: Quantity
    approved_by_another: bool
    """By somebody who is not the owner, and whom the fleet or the code owners name, if any."""
    rule_waivable: bool


@dataclass(frozen=True, slots=True)
class UsedWaiver:
    """A waiver of a rule that was judged, and whether it covers a finding of it."""

    id: str
    waiver: str
    covers: bool


@dataclass(frozen=True, slots=True)
class RemoteAccessFacts:
    declared: bool
    mfa: bool | None


@dataclass(frozen=True, slots=True)
class SiteSubject:
    id: str
    site: str
    remote_access: RemoteAccessFacts


@dataclass(frozen=True, slots=True)
class DeviceZoneFacts:
    level_declared: bool
    """Whether the device's zone says which security level it is to have."""
    security_level: Quantity


@dataclass(frozen=True, slots=True)
class SupportFacts:
    """For how long the class is given security updates, and for how long it is to be used."""

    declared: bool
    support_years: Quantity
    planned_years: Quantity


@dataclass(frozen=True, slots=True)
class DeviceSubject:
    """A device of the plant; `secure_boot` is yes, no, or "not stated" where nobody says."""

    id: str
    device: str
    zone: DeviceZoneFacts
    secure_boot: str
    identity: str
    identity_stated: bool
    runs_other_software: bool
    flows_declared: bool
    support: SupportFacts


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
class ReleaseSubject:
    """A use case's model on the device where it was placed."""

    id: str
    use_case: str
    device: str
    update: UpdateFacts
    evidence: EvidenceAgeFacts


@dataclass(frozen=True, slots=True)
class DecisionSubject:
    id: str
    use_case: str
    placed: bool
    inference_tier: str | None
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
    wildcard_resources: bool | None
    private_key_in_state: bool | None
    retention_as_declared: bool | None
    tells_somebody: bool | None
    tagged: bool | None
    kind: str
    """What the rules know it as: bucket, role, thing_policy, key, secret, budget, other."""


Subject = (
    Candidate
    | TrainingCandidate
    | UseCaseSubject
    | StreamSubject
    | AssumptionSubject
    | WaiverSubject
    | UsedWaiver
    | SiteSubject
    | DeviceSubject
    | ReleaseSubject
    | DecisionSubject
    | Assignment
    | LinkSubject
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
    "used_waiver": UsedWaiver,
    "site": SiteSubject,
    "device": DeviceSubject,
    "release": ReleaseSubject,
    "decision": DecisionSubject,
    "assignment": Assignment,
    "link": LinkSubject,
    "flow": FlowSubject,
    "resource": Resource,
}
