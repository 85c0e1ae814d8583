"""The role of a training job: it reads its streams, writes its folder and registers its models."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from edgeward.stack.learned import TrainingPlan
from edgeward_stacks.documents import (
    Account,
    Statement,
    allow,
    document,
    pull_image,
    use_key,
)
from edgeward_stacks.roles import RoleArgs, make_role


@dataclass(frozen=True, slots=True)
class TrainingArgs:
    plan: TrainingPlan
    bucket: str
    account: Account


class Training(pulumi.ComponentResource):
    """A role that only SageMaker in this account can take on, with one inline policy."""

    role: aws.iam.Role

    def __init__(self, name: str, args: TrainingArgs, opts: pulumi.ResourceOptions) -> None:
        super().__init__("edgeward:cloud:Training", name, None, opts)
        role = RoleArgs(
            args.plan.role,
            "sagemaker.amazonaws.com",
            "training",
            _permissions(args),
            args.plan.tags,
        )
        self.role, _ = make_role(name, role, args.account, pulumi.ResourceOptions(parent=self))
        self.register_outputs({"role": self.role.arn})


def _permissions(args: TrainingArgs) -> str:
    key = use_key(args.account, args.bucket, ["kms:Decrypt", "kms:GenerateDataKey"])
    pulls = pull_image(args.plan.image) if args.plan.image else []
    return document(*_data(args), key, *_registry(args), _logs(args), *pulls)


def _data(args: TrainingArgs) -> list[Statement]:
    bucket = args.account.bucket_arn(args.bucket)
    approved = [args.plan.manifests] if args.plan.manifests else []
    folders = [*args.plan.reads, *approved, args.plan.writes]
    listing = {"StringLike": {"s3:prefix": [f"{folder}*" for folder in folders]}}
    return [
        allow(["s3:ListBucket"], [bucket], listing),
        allow(["s3:GetObject"], [f"{bucket}/{folder}*" for folder in folders]),
        allow(["s3:PutObject"], [f"{bucket}/{args.plan.writes}*"]),
    ]


def _registry(args: TrainingArgs) -> list[Statement]:
    group = args.account.arn("sagemaker", f"model-package-group/{args.plan.registry_group}")
    versions = args.account.arn("sagemaker", f"model-package/{args.plan.registry_group}/*")
    actions = ["sagemaker:CreateModelPackage", "sagemaker:DescribeModelPackage"]
    return [
        allow(["sagemaker:DescribeModelPackageGroup"], [group]),
        allow(actions, [group, versions]),
    ]


def _logs(args: TrainingArgs) -> Statement:
    actions = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    groups = [f"log-group:/aws/sagemaker/{kind}Jobs:*" for kind in ("Training", "Processing")]
    return allow(actions, [args.account.arn("logs", group) for group in groups])
