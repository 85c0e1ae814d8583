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
    """The role that trains a use case's model: reads its streams, writes its own folder."""

    name: str
    role: str
    reads: tuple[str, ...]
    writes: str
    registry_group: str
    tags: Mapping[str, str]
    declared_at: str


@dataclass(frozen=True, slots=True)
class SigningPlan:
    """The key that signs what goes to the devices; it never leaves KMS."""

    name: str
    alias: str
    tags: Mapping[str, str]
    declared_at: str
