"""The IoT identity of a device: it connects as itself and talks on its own topics only.

A certificate comes from the box's own signing request, so that no private key ever enters the
stack's state. Without a request there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from edgeward.stack.planned import IdentityPlan
from edgeward_stacks.documents import Account, Statement, allow, document

_CORE_CALLS = (
    "GetComponentVersionArtifact",
    "GetDeploymentConfiguration",
    "ListThingGroupsForCoreDevice",
    "ResolveComponentCandidates",
)
"""Reads of the data plane, made with the core's certificate."""


@dataclass(frozen=True, slots=True)
class IdentityArgs:
    plan: IdentityPlan
    account: Account


class Identity(pulumi.ComponentResource):
    """The things of a device, or the group that they join, and the policy for both."""

    policy: aws.iot.Policy

    def __init__(self, name: str, args: IdentityArgs, opts: pulumi.ResourceOptions) -> None:
        super().__init__("edgeward:cloud:Identity", name, None, opts)
        plan, child = args.plan, pulumi.ResourceOptions(parent=self)
        self.policy = aws.iot.Policy(
            plan.policy, name=plan.policy, policy=_policy(args), tags=plan.tags, opts=child
        )
        for thing in plan.things:
            made = aws.iot.Thing(thing, name=thing, attributes=plan.attributes, opts=child)
            if thing in plan.requests:
                self._certify(made, thing, plan.requests[thing], child)
        if plan.group is not None:
            self._make_group(plan, plan.group, child)
        self.register_outputs({"policy": self.policy.name})

    def _certify(
        self, made: aws.iot.Thing, thing: str, request: str, child: pulumi.ResourceOptions
    ) -> None:
        """Deleting it revokes it: a device that leaves the plant's file cannot connect any more."""
        certificate = aws.iot.Certificate(thing, active=True, csr=request, opts=child)
        aws.iot.ThingPrincipalAttachment(
            thing, thing=made.name, principal=certificate.arn, opts=child
        )
        aws.iot.PolicyAttachment(thing, policy=self.policy.name, target=certificate.arn, opts=child)

    def _make_group(self, plan: IdentityPlan, group: str, child: pulumi.ResourceOptions) -> None:
        made = aws.iot.ThingGroup(
            group,
            name=group,
            properties={
                "description": plan.provisioning,
                "attribute_payload": {"attributes": plan.attributes},
            },
            tags=plan.tags,
            opts=child,
        )
        aws.iot.PolicyAttachment(group, policy=self.policy.name, target=made.arn, opts=child)


def _policy(args: IdentityArgs) -> str:
    client, topics = f"client/{args.plan.client}", f"{args.plan.topics}/*"
    alias = args.plan.role_alias
    return document(
        *([] if alias is None else [_take_on(args.account.arn("iot", f"rolealias/{alias}"))]),
        allow(
            ["iot:Connect"],
            [args.account.arn("iot", client)],
            {"Bool": {"iot:Connection.Thing.IsAttached": "true"}},
        ),
        allow(["iot:Publish", "iot:Receive"], [args.account.arn("iot", f"topic/{topics}")]),
        allow(["iot:Subscribe"], [args.account.arn("iot", f"topicfilter/{topics}")]),
        *_agent(args),
    )


def _agent(args: IdentityArgs) -> Iterator[Statement]:
    """The topics that AWS keeps for this thing, and what a core asks about its deployment."""
    if args.plan.reserved is not None:
        own = f"$aws/things/{args.plan.client}/{args.plan.reserved}"
        yield allow(["iot:Publish", "iot:Receive"], [args.account.arn("iot", f"topic/{own}")])
        yield allow(["iot:Subscribe"], [args.account.arn("iot", f"topicfilter/{own}")])
    if args.plan.core:
        yield allow([f"greengrass:{each}" for each in _CORE_CALLS], ["*"])


def _take_on(role_alias: str) -> Statement:
    return allow(["iot:AssumeRoleWithCertificate"], [role_alias])
