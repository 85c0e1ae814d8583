from __future__ import annotations

import json
from typing import Any

from edgeward.graph import CapturedResource
from edgeward.stack.learned import RegistryPlan, TrainingPlan
from edgeward_stacks.guard import refusals
from edgeward_stacks.registry import Registry
from edgeward_stacks.training import Training, TrainingArgs
from tests.stacks.alone import ACCOUNT, compile_alone

PLAN = TrainingPlan(
    name="training-check",
    role="edgeward-plant--check--training",
    reads=("streams/frames/",),
    writes="training/check/",
    registry_group="edgeward-plant--check",
    tags={"site": "plant"},
    declared_at="use_cases.check.training",
)
BUCKET = "arn:aws:s3:::edgeward-plant-123456789012"


def _made() -> dict[str, CapturedResource]:
    args = TrainingArgs(PLAN, "edgeward-plant-123456789012", ACCOUNT)
    return compile_alone(lambda opts: Training("training-check", args, opts))


def _statements(resource: CapturedResource, key: str) -> list[dict[str, Any]]:
    text = resource.inputs[key]
    assert isinstance(text, str)
    statements: list[dict[str, Any]] = json.loads(text)["Statement"]
    return statements


def test_it_asks_for_a_role_and_one_policy() -> None:
    assert sorted(_made()) == [
        "Role training-check",
        "RolePolicy training-check",
        "edgeward:cloud:Training training-check",
    ]


def test_only_sagemaker_in_this_account_takes_on_the_role() -> None:
    (trust,) = _statements(_made()["Role training-check"], "assumeRolePolicy")
    assert trust["Principal"] == {"Service": "sagemaker.amazonaws.com"}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}


def test_it_reads_its_streams_and_writes_its_own_folder() -> None:
    statements = _statements(_made()["RolePolicy training-check"], "policy")
    granted = {action: s["Resource"] for s in statements for action in s["Action"]}
    assert granted["s3:GetObject"] == [f"{BUCKET}/streams/frames/*", f"{BUCKET}/training/check/*"]
    assert granted["s3:PutObject"] == [f"{BUCKET}/training/check/*"]
    assert granted["s3:ListBucket"] == [BUCKET]
    assert not any(action.startswith("s3:Delete") for action in granted)


def test_keys_are_used_through_the_bucket_only() -> None:
    statements = _statements(_made()["RolePolicy training-check"], "policy")
    (by_key,) = [s for s in statements if "kms:Decrypt" in s["Action"]]
    assert by_key["Condition"]["StringEquals"] == {
        "kms:EncryptionContext:aws:s3:arn": BUCKET,
        "kms:ViaService": "s3.eu-central-1.amazonaws.com",
    }


def test_its_policies_pass_the_guard() -> None:
    for resource in _made().values():
        if resource.custom:
            assert list(refusals(resource.type, resource.inputs, True, "eu-central-1")) == []


def test_a_registry_is_one_protected_group() -> None:
    plan = RegistryPlan("registry-check", "edgeward-plant--check", "Models", {}, "use_cases.check")
    made = compile_alone(lambda opts: Registry(plan.name, plan, opts))
    assert sorted(made) == [
        "ModelPackageGroup registry-check",
        "edgeward:cloud:Registry registry-check",
    ]
    assert made["ModelPackageGroup registry-check"].protect
