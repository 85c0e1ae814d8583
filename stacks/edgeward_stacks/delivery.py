"""What AWS's agents bring to devices, through Cloud Control: the provider has no types for it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from edgeward.stack.delivered import ComponentPlan, DeliveryPlan, DeploymentPlan, JobPlan
from edgeward_stacks.documents import Account


@dataclass(frozen=True, slots=True)
class DeliveryArgs:
    """`after` is what has to be there first: the bucket, and the things that are told."""

    plan: DeliveryPlan
    bucket: str
    account: Account
    after: Sequence[pulumi.Resource]


class Delivery(pulumi.ComponentResource):
    """Component versions and deployments of Greengrass, and job templates.

    AWS changes none of them in place. A component version and a template keep their name, so the
    old one goes first; a deployment replaces the one before it on its target.
    """

    def __init__(self, name: str, args: DeliveryArgs, opts: pulumi.ResourceOptions) -> None:
        super().__init__("edgeward:cloud:Delivery", name, None, opts)
        self._args = args
        components = [self._make_component(each) for each in args.plan.components]
        for deployment in args.plan.deployments:
            self._make_deployment(deployment, components)
        for job in args.plan.jobs:
            self._make_job(job)
        self.register_outputs({"components": [each.properties for each in components]})

    def _make_component(self, plan: ComponentPlan) -> aws.cloudcontrol.Resource:
        declared, bucket = f"s3://{self._args.plan.bucket}/", f"s3://{self._args.bucket}/"
        recipe = plan.recipe.replace(declared, bucket)
        state = {"InlineRecipe": recipe, "Tags": dict(self._args.plan.tags)}
        return _make(
            plan.name, "AWS::GreengrassV2::ComponentVersion", state, self._child(once=True)
        )

    def _make_deployment(self, plan: DeploymentPlan, components: Sequence[pulumi.Resource]) -> None:
        state = {
            "TargetArn": self._args.account.arn("iot", plan.target),
            "Tags": dict(self._args.plan.tags),
            **plan.properties,
        }
        _make(plan.name, "AWS::GreengrassV2::Deployment", state, self._child(components))

    def _make_job(self, plan: JobPlan) -> None:
        _make(plan.name, "AWS::IoT::JobTemplate", plan.properties, self._child(once=True))

    def _child(
        self, after: Sequence[pulumi.Resource] = (), once: bool = False
    ) -> pulumi.ResourceOptions:
        """`once`: there cannot be two of that name, not even while one replaces the other."""
        return pulumi.ResourceOptions(
            parent=self,
            depends_on=[*self._args.after, *after],
            delete_before_replace=True if once else None,
        )


def _make(
    name: str, type_: str, state: Mapping[str, Any], opts: pulumi.ResourceOptions
) -> aws.cloudcontrol.Resource:
    return aws.cloudcontrol.Resource(
        name, type_name=type_, desired_state=json.dumps(state, sort_keys=True), opts=opts
    )
