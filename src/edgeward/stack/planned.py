"""What a plant's cloud side consists of, as plain values: the program only builds it.

`name` is the logical name of the component in the stack; `declared_at` the declaration path that
caused it. Names that AWS sees are final, except that a bucket's gets the account number added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from edgeward.stack.delivered import DeliveryPlan
from edgeward.stack.learned import (
    EndpointPlan,
    PipelinePlan,
    RegistryPlan,
    SigningPlan,
    TrainingPlan,
)
from edgeward.stack.operated import BudgetPlan, MonitoringPlan, QueuePlan


@dataclass(frozen=True, slots=True)
class Prefix:
    """A folder of the landing bucket; without `expire_days` what is in it stays."""

    path: str
    expire_days: int | None
    declared_at: str


@dataclass(frozen=True, slots=True)
class LandingPlan:
    """The bucket that takes what leaves the plant and what training makes of it.

    `tells_of_files`: each new file is an event that rules can match. `existing` names a bucket
    that is there already: it is used as it is.
    """

    name: str
    bucket_stem: str
    prefixes: tuple[Prefix, ...]
    tags: Mapping[str, str]
    declared_at: str
    tells_of_files: bool = False
    existing: str | None = None


@dataclass(frozen=True, slots=True)
class IdentityPlan:
    """The IoT identity of a device that sends: one thing each, or a group that things join later.

    `client` and `topics` limit what a policy allows; both may hold an IoT policy variable.
    `provisioning` says how things get into the group; `requests` are the signing requests of
    things that have theirs in git. `reserved` are the topics of AWS's own, below the thing's, that
    its agent needs; a `core` is one of Greengrass.
    """

    name: str
    things: tuple[str, ...]
    group: str | None
    policy: str
    client: str
    topics: str
    attributes: Mapping[str, str]
    tags: Mapping[str, str]
    declared_at: str
    provisioning: str | None = None
    role_alias: str | None = None
    requests: Mapping[str, str] = field(default_factory=dict)
    reserved: str | None = None
    core: bool = False


@dataclass(frozen=True, slots=True)
class AccessPlan:
    """What a device may do in the bucket with its certificate, through a role alias.

    It puts files below its own name into the folders `writes`, and takes those of `reads`.
    """

    name: str
    role: str
    role_alias: str
    writes: tuple[str, ...]
    reads: tuple[str, ...]
    tags: Mapping[str, str]
    declared_at: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a stream comes in: an MQTT topic filter, and the only client that may send there.

    `client` is a string or an expression of IoT SQL.
    """

    topics: str
    client: str


@dataclass(frozen=True, slots=True)
class IngestionPlan:
    """How a stream gets from its topics into its folder; what fails goes to quarantine."""

    name: str
    sources: tuple[Source, ...]
    rule: str
    delivery: str
    dead_letter: str
    role: str
    delivery_role: str
    folder: str
    quarantine: str
    tags: Mapping[str, str]
    declared_at: str


@dataclass(frozen=True, slots=True)
class StackPlan:
    """All of it; `empty_because` says why there is nothing, and is None where there is."""

    site: str
    region: str | None = None
    partition: str = "aws"
    landing: LandingPlan | None = None
    identities: tuple[IdentityPlan, ...] = ()
    accesses: tuple[AccessPlan, ...] = ()
    ingestions: tuple[IngestionPlan, ...] = ()
    registries: tuple[RegistryPlan, ...] = ()
    trainings: tuple[TrainingPlan, ...] = ()
    pipelines: tuple[PipelinePlan, ...] = ()
    endpoints: tuple[EndpointPlan, ...] = ()
    queues: tuple[QueuePlan, ...] = ()
    signing: SigningPlan | None = None
    delivery: DeliveryPlan | None = None
    monitoring: MonitoringPlan | None = None
    budget: BudgetPlan | None = None
    empty_because: str | None = None

    def causes(self) -> dict[str, str]:
        """The declaration path behind each component, by its logical name."""
        alone = (self.landing, self.signing, self.delivery, self.monitoring, self.budget)
        single = [part for part in alone if part is not None]
        parts = (
            *single,
            *self.identities,
            *self.accesses,
            *self.ingestions,
            *self.registries,
            *self.trainings,
            *self.pipelines,
            *self.endpoints,
            *self.queues,
        )
        return {part.name: part.declared_at for part in parts}
