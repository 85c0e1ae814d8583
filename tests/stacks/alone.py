"""Compiles one component alone, through the same capture that a preview uses."""

from __future__ import annotations

from collections.abc import Callable

import pulumi
import pulumi_aws as aws

from edgeward.graph import CapturedResource
from edgeward.stack.capture import capture
from edgeward_stacks.documents import Account

ACCOUNT = Account("123456789012", "eu-central-1", "aws")


def compile_alone(
    make: Callable[[pulumi.ResourceOptions], object],
) -> dict[str, CapturedResource]:
    """What a component registers, by type and logical name; of AWS's types the last word."""

    def program() -> None:
        provider = aws.Provider("aws", region=ACCOUNT.region)
        make(pulumi.ResourceOptions(providers=[provider]))

    ours = [r for r in capture(program, "plant") if not r.type.startswith("pulumi:")]
    return {f"{r.type.rpartition(':')[2] if r.custom else r.type} {r.name}": r for r in ours}
