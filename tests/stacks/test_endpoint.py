from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pulumi

from edgeward.graph import CapturedResource
from edgeward.stack.learned import EndpointPlan
from edgeward_stacks.endpoint import Endpoint, EndpointArgs
from edgeward_stacks.guard import refusals
from tests.stacks.alone import ACCOUNT, BUCKET, compile_alone, granted, make_landing, own

PLAN = EndpointPlan(
    name="endpoint-check",
    endpoint="edgeward-plant--check",
    role="edgeward-plant--check--endpoint",
    way="real_time",
    image=f"{ACCOUNT.number}.dkr.ecr.eu-central-1.amazonaws.com/net-serving:1.0.0",
    model_uri="s3://models/net/1.0.0/model.tar.gz",
    instance="ml.m5.xlarge",
    least=2,
    most=5,
    per_minute=420.0,
    memory_mb=3072,
    concurrency=4,
    reads=("streams/frames/",),
    writes="scores/check/",
    tags={"site": "plant"},
    declared_at="use_cases.check",
)
NAME = PLAN.endpoint
MODEL = ["Model", "Role", "RolePolicy"]


def _made(way: str = "real_time") -> dict[str, CapturedResource]:
    plan = replace(PLAN, way=way)

    def make(opts: pulumi.ResourceOptions) -> None:
        Endpoint(plan.name, EndpointArgs(plan, make_landing(opts).store, ACCOUNT), opts)

    return own(compile_alone(make))


def _types(made: dict[str, CapturedResource]) -> list[str]:
    return sorted(name.partition(" ")[0] for name, each in made.items() if each.custom)


def _variant(made: dict[str, CapturedResource]) -> dict[str, Any]:
    variants = made[f"EndpointConfiguration {NAME}"].inputs["productionVariants"]
    (one,) = cast(list[dict[str, Any]], variants)
    return one


def test_in_real_time_it_scales_between_the_instances_that_the_cost_knows() -> None:
    made = _made()
    served = ["Endpoint", "EndpointConfiguration", "Policy", "Target"]
    assert _types(made) == sorted([*MODEL, *served])
    target = made[f"Target {NAME}"].inputs
    assert (target["minCapacity"], target["maxCapacity"]) == (2, 5)
    assert target["resourceId"] == f"endpoint/{NAME}/variant/model"
    policy = made[f"Policy {NAME}"].inputs["targetTrackingScalingPolicyConfiguration"]
    assert cast(dict[str, Any], policy)["targetValue"] == 420
    assert "kmsKeyArn" in made[f"EndpointConfiguration {NAME}"].inputs
    assert _variant(made)["initialInstanceCount"] == 2


def test_serverless_has_memory_and_a_limit_and_no_instances() -> None:
    made = _made("serverless")
    assert _types(made) == sorted([*MODEL, "Endpoint", "EndpointConfiguration"])
    variant = _variant(made)
    assert variant["serverlessConfig"] == {"maxConcurrency": 4, "memorySizeInMb": 3072}
    assert "instanceType" not in variant


def test_a_batch_needs_the_model_alone_and_may_read_and_answer() -> None:
    made = _made("batch")
    assert _types(made) == MODEL
    allowed = granted(made["RolePolicy endpoint-check"])
    assert allowed["s3:PutObject"] == [f"{BUCKET}/scores/check/*"]


def test_an_endpoint_reads_its_model_and_no_records() -> None:
    made = _made()
    allowed = granted(made["RolePolicy endpoint-check"])
    assert allowed["s3:GetObject"] == ["arn:aws:s3:::models/net/1.0.0/model.tar.gz"]
    assert "s3:PutObject" not in allowed
    assert made[f"Model {NAME}"].inputs["enableNetworkIsolation"] is True


def test_the_only_wildcard_is_the_one_that_ecr_asks_for() -> None:
    policy = _made()["RolePolicy endpoint-check"]
    wide = [action for action, resources in granted(policy).items() if "*" in resources]
    assert wide == ["ecr:GetAuthorizationToken"]
    assert list(refusals(policy.type, policy.inputs, True, ACCOUNT.region)) == []
