"""How released models get to devices through AWS's own agents; a part of a plant's plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from edgeward.declare.pace import Pace

Properties = Mapping[str, Any]
"""Of a CloudFormation resource type, by the names that AWS documents."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What the bundles and rollouts of a plant say to AWS's agents.

    `deployments` are what Greengrass devices run, by device and as AWS's API takes it; `recipes`
    their components by file; `pulling` the devices that take releases by the pull script.
    """

    deployments: Mapping[str, Properties] = field(default_factory=dict)
    recipes: Mapping[str, str] = field(default_factory=dict)
    pulling: frozenset[str] = frozenset()
    pace: Pace | None = None


NOTHING_HANDED = Handed()


@dataclass(frozen=True, slots=True)
class ComponentPlan:
    """A version of a Greengrass component."""

    name: str
    recipe: str


@dataclass(frozen=True, slots=True)
class DeploymentPlan:
    """What a thing or a group of things runs; `target` is the end of its ARN."""

    name: str
    target: str
    properties: Properties


@dataclass(frozen=True, slots=True)
class JobPlan:
    """A template for jobs that somebody starts for things of the plant."""

    name: str
    properties: Properties


@dataclass(frozen=True, slots=True)
class DeliveryPlan:
    """`bucket` is the one that the recipes name, by the account that the plant declares."""

    name: str
    bucket: str
    components: tuple[ComponentPlan, ...]
    deployments: tuple[DeploymentPlan, ...]
    jobs: tuple[JobPlan, ...]
    tags: Mapping[str, str]
    declared_at: str
