"""The role of a training job: it reads its streams, writes its folder and registers its models."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from edgeward.stack.planned import TrainingPlan
from edgeward_stacks.documents import Account, Statement, allow, document


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
        child = pulumi.ResourceOptions(parent=self)
        self.role = aws.iam.Role(
            name,
            name=args.plan.role,
            assume_role_policy=_trust(args),
            tags=args.plan.tags,
            opts=child,
        )
        aws.iam.RolePolicy(
            name, name="training", role=self.role.name, policy=_permissions(args), opts=child
        )
        self.register_outputs({"role": self.role.arn})


def _trust(args: TrainingArgs) -> str:
    return document(
        {
            "Effect": "Allow",
            "Principal": {"Service": "sagemaker.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:SourceAccount": args.account.number}},
        }
    )


def _permissions(args: TrainingArgs) -> str:
    return document(*_data(args), _key(args), *_registry(args), _logs(args))


def _data(args: TrainingArgs) -> list[Statement]:
    bucket = args.account.bucket_arn(args.bucket)
    folders = [*args.plan.reads, args.plan.writes]
    listing = {"StringLike": {"s3:prefix": [f"{folder}*" for folder in folders]}}
    return [
        allow(["s3:ListBucket"], [bucket], listing),
        allow(["s3:GetObject"], [f"{bucket}/{folder}*" for folder in folders]),
        allow(["s3:PutObject"], [f"{bucket}/{args.plan.writes}*"]),
    ]


def _key(args: TrainingArgs) -> Statement:
    """Any key, but only through S3 and for this bucket: S3 bucket keys put its ARN in the context.

    The key's own ARN is unknown until it exists, and so would be the whole policy in a preview.
    """
    return allow(
        ["kms:Decrypt", "kms:GenerateDataKey"],
        [args.account.arn("kms", "key/*")],
        {
            "StringEquals": {
                "kms:EncryptionContext:aws:s3:arn": args.account.bucket_arn(args.bucket),
                "kms:ViaService": f"s3.{args.account.region}.amazonaws.com",
            }
        },
    )


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
    return allow(actions, [args.account.arn("logs", "log-group:/aws/sagemaker/TrainingJobs:*")])
