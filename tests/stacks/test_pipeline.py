from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from edgeward.graph import CapturedResource
from edgeward.stack.learned import PipelinePlan
from edgeward_stacks.pipeline import Pipeline, PipelineArgs
from edgeward_stacks.steps import pipeline_definition
from tests.stacks.alone import ACCOUNT, compile_alone, granted, statements

PLAN = PipelinePlan(
    name="pipeline-check",
    pipeline="edgeward-plant--check",
    role="edgeward-plant--check--pipeline",
    training_role="edgeward-plant--check--training",
    starter_role="edgeward-plant--check--starter",
    event_rules={
        "calendar": "edgeward-plant--check--calendar",
        "drift": "edgeward-plant--check--drift",
    },
    image=f"{ACCOUNT.number}.dkr.ecr.eu-central-1.amazonaws.com/net:1.0.0",
    command=("python", "-m", "net"),
    instance="ml.g4dn.xlarge",
    longest_seconds=7200,
    reads=("streams/frames/",),
    manifests="manifests/check/",
    writes="training/check/",
    registry_group="edgeward-plant--check",
    metric="recall",
    at_least=0.97,
    drift_alarm="edgeward-plant--drift-check",
    every_days=30,
    tags={"site": "plant"},
    declared_at="use_cases.check.training",
)
BUCKET = "edgeward-plant-123456789012"


def _made(plan: PipelinePlan = PLAN) -> dict[str, CapturedResource]:
    args = PipelineArgs(plan, BUCKET, ACCOUNT)
    return compile_alone(lambda opts: Pipeline(plan.name, args, opts))


def _steps(plan: PipelinePlan = PLAN) -> dict[str, dict[str, Any]]:
    definition = json.loads(pipeline_definition(plan, BUCKET, "arn:aws:iam::1:role/training"))
    return {step["Name"]: step for step in definition["Steps"]}


def test_it_asks_for_a_pipeline_its_roles_and_what_starts_it() -> None:
    assert sorted(_made()) == [
        "EventRule pipeline-check-calendar",
        "EventRule pipeline-check-drift",
        "EventTarget pipeline-check-calendar",
        "EventTarget pipeline-check-drift",
        "Pipeline pipeline-check",
        "Role pipeline-check",
        "Role pipeline-check-starter",
        "RolePolicy pipeline-check",
        "RolePolicy pipeline-check-starter",
        "edgeward:cloud:Pipeline pipeline-check",
    ]


def test_drift_starts_it_and_the_calendar_does_without_drift() -> None:
    made = _made()
    pattern = json.loads(str(made["EventRule pipeline-check-drift"].inputs["eventPattern"]))
    assert pattern["detail"] == {
        "alarmName": ["edgeward-plant--drift-check"],
        "state": {"value": ["ALARM"]},
    }
    calendar = made["EventRule pipeline-check-calendar"].inputs
    assert calendar["scheduleExpression"] == "rate(30 days)"
    alone = _made(replace(PLAN, drift_alarm=None, every_days=1))
    assert "EventRule pipeline-check-drift" not in alone
    daily = alone["EventRule pipeline-check-calendar"].inputs
    assert daily["scheduleExpression"] == "rate(1 day)"


def test_the_steps_follow_each_other_up_to_a_pending_approval() -> None:
    steps = _steps()
    assert list(steps) == ["Prepare", "Train", "Evaluate", "Release"]
    (register,) = steps["Release"]["Arguments"]["IfSteps"]
    assert register["Arguments"]["ModelApprovalStatus"] == "PendingManualApproval"
    (condition,) = steps["Release"]["Arguments"]["Conditions"]
    assert condition["LeftValue"]["Std:JsonGet"]["Path"] == "metrics.recall"
    assert (condition["Type"], condition["RightValue"]) == ("GreaterThanOrEqualTo", 0.97)
    assert steps["Release"]["Arguments"]["ElseSteps"] == []


def test_without_a_criterion_every_model_waits_for_approval() -> None:
    assert list(_steps(replace(PLAN, metric=None))) == ["Prepare", "Train", "Evaluate", "Register"]


def test_training_is_on_spot_with_checkpoints_and_ends_in_time() -> None:
    training = _steps()["Train"]["Arguments"]
    assert training["EnableManagedSpotTraining"] is True
    assert training["StoppingCondition"] == {
        "MaxRuntimeInSeconds": 7200,
        "MaxWaitTimeInSeconds": 14400,
    }
    assert "CheckpointConfig" in training
    assert training["AlgorithmSpecification"]["ContainerEntrypoint"] == ["python", "-m", "net"]


def test_what_it_learns_from_is_what_was_approved_and_nothing_reaches_out() -> None:
    prepare = _steps()["Prepare"]["Arguments"]
    taken = [each["S3Input"]["S3Uri"] for each in prepare["ProcessingInputs"]]
    assert taken == [f"s3://{BUCKET}/manifests/check/", f"s3://{BUCKET}/streams/frames/"]
    arguments = prepare["AppSpecification"]["ContainerArguments"]
    assert arguments[:2] == ["prepare", "--manifest"]
    assert prepare["NetworkConfig"] == {"EnableNetworkIsolation": True}


def test_it_runs_jobs_as_the_training_role_and_as_no_other() -> None:
    made = _made()
    granting = statements(made["RolePolicy pipeline-check"])
    (passes,) = [each for each in granting if each["Action"] == ["iam:PassRole"]]
    assert passes["Resource"] == [f"arn:aws:iam::{ACCOUNT.number}:role/{PLAN.training_role}"]
    service = {"iam:PassedToService": "sagemaker.amazonaws.com"}
    assert passes["Condition"] == {"StringEquals": service}
    starts = granted(made["RolePolicy pipeline-check-starter"])
    assert set(starts) == {"sagemaker:StartPipelineExecution"}
