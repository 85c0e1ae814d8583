"""What rules judge. Each field is a fact; its dotted name is the path that a rule `needs`.

A number is a `Quantity`, a choice or a yes/no is None while it is unknown. The schemas that rules
are compiled against are generated from these types, so a rule that misspells a fact does not
compile. Every subject has an `id` that is unique within its kind and one plant.
"""

from __future__ import annotations

from edgeward.subjects.candidate import (
    BatteryFacts,
    Candidate,
    ComputeFacts,
    DataFacts,
    EvidenceFacts,
    LatencyFacts,
    LevelFacts,
    LinkFacts,
    MemoryFacts,
    NetworkFacts,
    QualityFacts,
    ReachFacts,
    StorageFacts,
    TrainingCandidate,
)
from edgeward.subjects.cloud import (
    Resource,
)
from edgeward.subjects.decided import (
    Assignment,
    BufferFacts,
    DecisionSubject,
    EvidenceAgeFacts,
    FailureFacts,
    FlowSubject,
    LinkSubject,
    ReleaseSubject,
    UpdateFacts,
)
from edgeward.subjects.plant import (
    AssumptionSubject,
    DeviceSubject,
    DeviceZoneFacts,
    PriceSubject,
    RemoteAccessFacts,
    SignatureFacts,
    SiteSubject,
    StreamSubject,
    SupportFacts,
    UsedWaiver,
    WaiverSubject,
)
from edgeward.subjects.use_case import (
    BandFacts,
    GovernanceFacts,
    LabelFacts,
    MonitoringFacts,
    RegulationFacts,
    ReviewFacts,
    SafetyFacts,
    UseCaseSubject,
)

__all__ = [
    "SUBJECT_TYPES",
    "Assignment",
    "AssumptionSubject",
    "BandFacts",
    "BatteryFacts",
    "BufferFacts",
    "Candidate",
    "ComputeFacts",
    "DataFacts",
    "DecisionSubject",
    "DeviceSubject",
    "DeviceZoneFacts",
    "EvidenceAgeFacts",
    "EvidenceFacts",
    "FailureFacts",
    "FlowSubject",
    "GovernanceFacts",
    "LabelFacts",
    "LatencyFacts",
    "LevelFacts",
    "LinkFacts",
    "LinkSubject",
    "MemoryFacts",
    "MonitoringFacts",
    "NetworkFacts",
    "PriceSubject",
    "QualityFacts",
    "ReachFacts",
    "RegulationFacts",
    "ReleaseSubject",
    "RemoteAccessFacts",
    "Resource",
    "ReviewFacts",
    "SafetyFacts",
    "SignatureFacts",
    "SiteSubject",
    "StorageFacts",
    "StreamSubject",
    "Subject",
    "SupportFacts",
    "TrainingCandidate",
    "UpdateFacts",
    "UseCaseSubject",
    "UsedWaiver",
    "WaiverSubject",
]

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
    | PriceSubject
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
    "price": PriceSubject,
    "decision": DecisionSubject,
    "assignment": Assignment,
    "link": LinkSubject,
    "flow": FlowSubject,
    "resource": Resource,
}
