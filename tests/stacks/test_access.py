from __future__ import annotations

from dataclasses import replace

from edgeward.stack.planned import AccessPlan
from edgeward_stacks.access import Access, AccessArgs
from tests.stacks.alone import ACCOUNT, BUCKET, compile_alone, granted, statements

PLAN = AccessPlan(
    name="access-box",
    role="edgeward-plant--box--device",
    role_alias="edgeward-plant--box",
    writes=("streams/frames/",),
    reads=("models/check/",),
    tags={"site": "plant"},
    declared_at="streams.frames.leaves",
)
ARGS = AccessArgs(PLAN, f"edgeward-plant-{ACCOUNT.number}", ACCOUNT)


def test_it_asks_for_a_role_and_the_alias_that_names_it() -> None:
    made = compile_alone(lambda opts: Access("access-box", ARGS, opts))
    assert sorted(made) == [
        "Role access-box",
        "RoleAlias access-box",
        "RolePolicy access-box",
        "edgeward:cloud:Access access-box",
    ]
    (trust,) = statements(made["Role access-box"], "assumeRolePolicy")
    assert trust["Principal"] == {"Service": "credentials.iot.amazonaws.com"}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT.number}}


def test_a_box_writes_below_its_own_name_and_reads_its_models() -> None:
    policy = compile_alone(lambda opts: Access("access-box", ARGS, opts))["RolePolicy access-box"]
    allowed = granted(policy)
    assert allowed["s3:PutObject"] == [f"{BUCKET}/streams/frames/${{credentials-iot:ThingName}}/*"]
    assert allowed["s3:GetObject"] == [f"{BUCKET}/models/check/*"]
    assert not {"s3:DeleteObject", "s3:ListBucket"} & set(allowed)


def test_a_box_that_only_takes_models_encrypts_nothing() -> None:
    args = replace(ARGS, plan=replace(PLAN, writes=()))
    policy = compile_alone(lambda opts: Access("access-box", args, opts))["RolePolicy access-box"]
    assert set(granted(policy)) == {"s3:GetObject", "kms:Decrypt"}
