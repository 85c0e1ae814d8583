"""Trains a use case's model when it drifts, by the calendar besides, and stops before approval."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from edgeward.stack.learned import PipelinePlan
from edgeward_stacks.documents import Account, Statement, allow, document
from edgeward_stacks.roles import RoleArgs, make_role
from edgeward_stacks.steps import pipeline_definition

_JOBS = (("training-job", "TrainingJob"), ("processing-job", "ProcessingJob"))


@dataclass(frozen=True, slots=True)
class PipelineArgs:
    plan: PipelinePlan
    bucket: str
    account: Account


class Pipeline(pulumi.ComponentResource):
    """A SageMaker pipeline, the role that runs it, and what starts it."""

    pipeline: aws.sagemaker.Pipeline

    def __init__(self, name: str, args: PipelineArgs, opts: pulumi.ResourceOptions) -> None:
        super().__init__("edgeward:cloud:Pipeline", name, None, opts)
        self._name_of = name
        self._child = pulumi.ResourceOptions(parent=self)
        plan, account = args.plan, args.account
        grants = RoleArgs(plan.role, "sagemaker.amazonaws.com", "run", _runs(args), plan.tags)
        role, policy = make_role(name, grants, account, self._child)
        training_role = account.global_arn("iam", f"role/{plan.training_role}")
        self.pipeline = aws.sagemaker.Pipeline(
            name,
            pipeline_name=plan.pipeline,
            pipeline_display_name=plan.pipeline,
            pipeline_definition=pipeline_definition(plan, args.bucket, training_role),
            role_arn=role.arn,
            tags=plan.tags,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy]),
        )
        self._start_it(args)
        self.register_outputs({"pipeline": self.pipeline.pipeline_name})

    def _start_it(self, args: PipelineArgs) -> None:
        plan, account = args.plan, args.account
        starts = document(allow(["sagemaker:StartPipelineExecution"], [_pipeline_arn(args)]))
        grants = RoleArgs(plan.starter_role, "events.amazonaws.com", "start", starts, plan.tags)
        name = f"{self._name_of}-starter"
        role, _ = make_role(name, grants, account, self._child)
        for trigger, (pattern, schedule) in _triggers(plan).items():
            rule = aws.cloudwatch.EventRule(
                f"{self._name_of}-{trigger}",
                name=plan.event_rules[trigger],
                event_pattern=pattern,
                schedule_expression=schedule,
                tags=plan.tags,
                opts=self._child,
            )
            aws.cloudwatch.EventTarget(
                f"{self._name_of}-{trigger}",
                rule=rule.name,
                arn=self.pipeline.arn,
                role_arn=role.arn,
                opts=self._child,
            )


def _triggers(plan: PipelinePlan) -> dict[str, tuple[str | None, str | None]]:
    """An event pattern or a schedule each: drift first, the calendar second."""
    found: dict[str, tuple[str | None, str | None]] = {}
    if plan.drift_alarm is not None:
        detail = {"alarmName": [plan.drift_alarm], "state": {"value": ["ALARM"]}}
        kind = "CloudWatch Alarm State Change"
        event = {"source": ["aws.cloudwatch"], "detail-type": [kind], "detail": detail}
        found["drift"] = (json.dumps(event, sort_keys=True), None)
    if plan.every_days is not None:
        unit = "day" if plan.every_days == 1 else "days"
        found["calendar"] = (None, f"rate({plan.every_days} {unit})")
    return found


def _runs(args: PipelineArgs) -> str:
    return document(*_jobs(args), *_registering(args))


def _jobs(args: PipelineArgs) -> Iterator[Statement]:
    """SageMaker names the jobs of pipelines `pipelines-…`; they run as the training role."""
    account = args.account
    for kind, job in _JOBS:
        actions = [f"sagemaker:{verb}{job}" for verb in ("Create", "Describe", "Stop")]
        yield allow(
            [*actions, "sagemaker:AddTags"], [account.arn("sagemaker", f"{kind}/pipelines-*")]
        )
    role = account.global_arn("iam", f"role/{args.plan.training_role}")
    to_sagemaker = {"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}}
    yield allow(["iam:PassRole"], [role], to_sagemaker)


def _registering(args: PipelineArgs) -> Iterator[Statement]:
    group, account = args.plan.registry_group, args.account
    of_group = account.arn("sagemaker", f"model-package-group/{group}")
    versions = account.arn("sagemaker", f"model-package/{group}/*")
    yield allow(["sagemaker:DescribeModelPackageGroup"], [of_group])
    yield allow(["sagemaker:CreateModelPackage"], [of_group, versions])
    evaluations = f"{account.bucket_arn(args.bucket)}/{args.plan.writes}evaluation/*"
    yield allow(["s3:GetObject"], [evaluations])


def _pipeline_arn(args: PipelineArgs) -> str:
    return args.account.arn("sagemaker", f"pipeline/{args.plan.pipeline}")
