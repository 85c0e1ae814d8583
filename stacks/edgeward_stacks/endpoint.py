"""Answers with a use case's model in the cloud: on instances that scale, serverless, or in batches.

A batch needs the model alone: whoever starts the transform job names the files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from edgeward.stack.learned import EndpointPlan
from edgeward_stacks.documents import Account, Statement, allow, document, pull_image, use_key
from edgeward_stacks.roles import RoleArgs, make_role
from edgeward_stacks.store import Store

_VARIANT = "model"
_DIMENSION = "sagemaker:variant:DesiredInstanceCount"
_PER_INSTANCE = "SageMakerVariantInvocationsPerInstance"


@dataclass(frozen=True, slots=True)
class EndpointArgs:
    plan: EndpointPlan
    store: Store
    account: Account


class Endpoint(pulumi.ComponentResource):
    """The model with its role; the endpoint and its scaling, where the way has them."""

    model: aws.sagemaker.Model

    def __init__(self, name: str, args: EndpointArgs, opts: pulumi.ResourceOptions) -> None:
        super().__init__("edgeward:cloud:Endpoint", name, None, opts)
        self._child = pulumi.ResourceOptions(parent=self)
        plan = args.plan
        grants = RoleArgs(plan.role, "sagemaker.amazonaws.com", "model", _permits(args), plan.tags)
        role, policy = make_role(name, grants, args.account, self._child)
        self.model = aws.sagemaker.Model(
            plan.endpoint,
            execution_role_arn=role.arn,
            primary_container={"image": plan.image, "model_data_url": plan.model_uri},
            enable_network_isolation=True,
            tags=plan.tags,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy]),
        )
        if plan.way != "batch":
            self._serve(args)
        self.register_outputs({"model": self.model.name})

    def _serve(self, args: EndpointArgs) -> None:
        """A configuration cannot change in place; each new one is made before the old one goes."""
        plan = args.plan
        stands_by = plan.way == "real_time"
        settings = aws.sagemaker.EndpointConfiguration(
            plan.endpoint,
            kms_key_arn=args.store.key_arn if stands_by else None,
            production_variants=[self._on_instances(plan) if stands_by else self._on_demand(plan)],
            tags=plan.tags,
            opts=self._child,
        )
        endpoint = aws.sagemaker.Endpoint(
            plan.endpoint,
            name=plan.endpoint,
            endpoint_config_name=settings.name,
            tags=plan.tags,
            opts=self._child,
        )
        if stands_by:
            self._scale(plan, endpoint)

    def _on_instances(
        self, plan: EndpointPlan
    ) -> aws.sagemaker.EndpointConfigurationProductionVariantArgsDict:
        return {
            "variant_name": _VARIANT,
            "model_name": self.model.name,
            "instance_type": plan.instance,
            "initial_instance_count": plan.least,
        }

    def _on_demand(
        self, plan: EndpointPlan
    ) -> aws.sagemaker.EndpointConfigurationProductionVariantArgsDict:
        return {
            "variant_name": _VARIANT,
            "model_name": self.model.name,
            "serverless_config": {
                "max_concurrency": plan.concurrency,
                "memory_size_in_mb": plan.memory_mb,
            },
        }

    def _scale(self, plan: EndpointPlan, endpoint: aws.sagemaker.Endpoint) -> None:
        target = aws.appautoscaling.Target(
            plan.endpoint,
            service_namespace="sagemaker",
            resource_id=f"endpoint/{plan.endpoint}/variant/{_VARIANT}",
            scalable_dimension=_DIMENSION,
            min_capacity=plan.least,
            max_capacity=plan.most,
            tags=plan.tags,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[endpoint]),
        )
        aws.appautoscaling.Policy(
            plan.endpoint,
            name=plan.endpoint,
            policy_type="TargetTrackingScaling",
            service_namespace=target.service_namespace,
            resource_id=target.resource_id,
            scalable_dimension=target.scalable_dimension,
            target_tracking_scaling_policy_configuration={
                "target_value": plan.per_minute,
                "predefined_metric_specification": {"predefined_metric_type": _PER_INSTANCE},
            },
            opts=self._child,
        )


def _permits(args: EndpointArgs) -> str:
    plan, bucket = args.plan, args.store.bucket
    key = use_key(args.account, bucket, ["kms:Decrypt", "kms:GenerateDataKey"])
    return document(*_files(args), key, _logs(args), *pull_image(plan.image))


def _files(args: EndpointArgs) -> Iterator[Statement]:
    """The model's file, wherever it is; in a batch also what it reads and what it answers."""
    plan, account = args.plan, args.account
    model = plan.model_uri.removeprefix("s3://")
    yield allow(["s3:GetObject"], [account.bucket_arn(model)])
    if plan.way == "batch":
        bucket = account.bucket_arn(args.store.bucket)
        prefixes = {"StringLike": {"s3:prefix": [f"{folder}*" for folder in plan.reads]}}
        yield allow(["s3:ListBucket"], [bucket], prefixes)
        yield allow(["s3:GetObject"], [f"{bucket}/{folder}*" for folder in plan.reads])
        yield allow(["s3:PutObject"], [f"{bucket}/{plan.writes}*"])


def _logs(args: EndpointArgs) -> Statement:
    kind = "TransformJobs" if args.plan.way == "batch" else f"Endpoints/{args.plan.endpoint}"
    actions = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    return allow(actions, [args.account.arn("logs", f"log-group:/aws/sagemaker/{kind}:*")])
