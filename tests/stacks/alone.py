"""Compiles one component alone, through the same capture that a preview uses."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pulumi
import pulumi_aws as aws

from edgeward.graph import CapturedResource
from edgeward.stack.capture import capture
from edgeward.stack.planned import LandingPlan, Prefix
from edgeward_stacks.documents import Account
from edgeward_stacks.landing import Landing, LandingArgs

ACCOUNT = Account("123456789012", "eu-central-1", "aws")


PLANT = LandingPlan(
    name="landing",
    bucket_stem="edgeward-plant",
    prefixes=(Prefix("streams/frames/", 30, "streams.frames"),),
    tags={"site": "plant"},
    declared_at="streams.frames.leaves",
)
BUCKET = f"arn:aws:s3:::edgeward-plant-{ACCOUNT.number}"


def make_landing(opts: pulumi.ResourceOptions) -> Landing:
    return Landing("landing", LandingArgs(PLANT, ACCOUNT), opts)


def statements(resource: CapturedResource, key: str = "policy") -> list[dict[str, Any]]:
    """The statements of a policy document among a resource's inputs."""
    text = resource.inputs[key]
    assert isinstance(text, str)
    found: list[dict[str, Any]] = json.loads(text)["Statement"]
    return found


def granted(resource: CapturedResource) -> dict[str, list[str]]:
    """What a policy allows: each action with its resources."""
    return {action: s["Resource"] for s in statements(resource) for action in s["Action"]}


def compile_alone(
    make: Callable[[pulumi.ResourceOptions], object],
) -> dict[str, CapturedResource]:
    """What a component registers, by type and logical name; of AWS's types the last word."""

    def program() -> None:
        provider = aws.Provider("aws", region=ACCOUNT.region)
        make(pulumi.ResourceOptions(providers=[provider]))

    ours = [r for r in capture(program, "plant") if not r.type.startswith("pulumi:")]
    return {f"{r.type.rpartition(':')[2] if r.custom else r.type} {r.name}": r for r in ours}


def own(made: dict[str, CapturedResource]) -> dict[str, CapturedResource]:
    """Without the landing that a component under test leans on."""
    return {name: each for name, each in made.items() if each.name != "landing"}
