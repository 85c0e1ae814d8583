"""What models need in the cloud: to be registered, trained and signed; parts of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RegistryPlan:
    """Where the versions of a use case's model are registered."""

    name: str
    group: str
    description: str
    tags: Mapping[str, str]
    declared_at: str


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """The role that trains a use case's model: reads its streams, writes its own folder.

    With a pipeline it also reads approved `manifests` and pulls `image`.
    """

    name: str
    role: str
    reads: tuple[str, ...]
    writes: str
    registry_group: str
    tags: Mapping[str, str]
    declared_at: str
    manifests: str = ""
    image: str | None = None


@dataclass(frozen=True, slots=True)
class SigningPlan:
    """The key that signs what goes to the devices; it never leaves KMS."""

    name: str
    alias: str
    tags: Mapping[str, str]
    declared_at: str


@dataclass(frozen=True, slots=True)
class PipelinePlan:
    """How a release is trained without a person, up to the one who approves it.

    `command` in `image` is called with prepare, train and evaluate. `metric` has to reach
    `at_least`, where the use case says so. `drift_alarm` starts it, `every_days` does without one.
    """

    name: str
    pipeline: str
    role: str
    training_role: str
    starter_role: str
    event_rules: Mapping[str, str]
    image: str
    command: tuple[str, ...]
    instance: str
    longest_seconds: int
    reads: tuple[str, ...]
    manifests: str
    writes: str
    registry_group: str
    metric: str | None
    at_least: float | None
    drift_alarm: str | None
    every_days: int | None
    tags: Mapping[str, str]
    declared_at: str


@dataclass(frozen=True, slots=True)
class EndpointPlan:
    """What answers with a use case's model: real_time, serverless, or batch with no endpoint.

    From `least` to `most` instances, one for each `per_minute` answers; or `memory_mb` and
    `concurrency`.
    """

    name: str
    endpoint: str
    role: str
    way: str
    image: str
    model_uri: str
    instance: str
    least: int
    most: int
    per_minute: float
    memory_mb: int
    concurrency: int
    reads: tuple[str, ...]
    writes: str
    tags: Mapping[str, str]
    declared_at: str
