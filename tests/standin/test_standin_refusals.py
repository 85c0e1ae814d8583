"""The kinds of wrong resource that the stand-in refuses, each for the reason that AWS would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.standin import services as s
from tests.standin.account import Account, problems, with_name
from tests.standin.cloud import Cloud, Refused
from tests.standin.declared import UNKNOWN, provider_problems

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "sagemaker.amazonaws.com"},
            "Action": "sts:AssumeRole",
        },
    }
)


def _policy(**changes: Any) -> str:
    statement = {
        "Effect": "Allow",
        "Action": ["iot:Connect"],
        "Resource": ["arn:aws:iot:us-east-1:123456789012:client/box"],
    }
    kept = {key: value for key, value in (statement | changes).items() if value is not None}
    return json.dumps({"Version": "2012-10-17", "Statement": [kept]})


RULE = {"id": "old", "status": "Enabled", "filter": {"prefix": "a/"}, "expiration": {"days": 30.0}}

RIGHT: dict[str, dict[str, Any]] = {
    s.BUCKET: {"bucket": "plant-records", "forceDestroy": False, "tags": {"site": "plant"}},
    s.LIFECYCLE: {"bucket": "plant-records", "rules": [RULE]},
    s.ROLE: {"name": "training", "assumeRolePolicy": TRUST},
    s.IOT_POLICY: {"name": "box", "policy": _policy()},
    s.THING: {"name": "box", "attributes": {"site": "plant"}},
    s.QUEUE: {"name": "frames.fifo", "fifoQueue": True},
    s.KEY: {"deletionWindowInDays": 30.0, "description": UNKNOWN, "enableKeyRotation": True},
}

WRONG: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "unknown input": (s.BUCKET, {"bucketName": "x"}, "bucketName", "unknown property"),
    "unknown input below": (
        s.LIFECYCLE,
        {"rules": [{**RULE, "prefixes": []}]},
        "rules[0].prefixes",
        "unknown property",
    ),
    "missing below": (
        s.LIFECYCLE,
        {"rules": [{"id": "old"}]},
        "rules[0].status",
        "missing required property",
    ),
    "text for a number": (
        s.KEY,
        {"deletionWindowInDays": "30"},
        "deletionWindowInDays",
        "expected int",
    ),
    "part of a number": (
        s.KEY,
        {"deletionWindowInDays": 7.5},
        "deletionWindowInDays",
        "expected int",
    ),
    "number for a switch": (s.BUCKET, {"forceDestroy": 1.0}, "forceDestroy", "expected bool"),
    "object for a list": (s.LIFECYCLE, {"rules": RULE}, "rules", "expected a list"),
    "number for a tag": (s.BUCKET, {"tags": {"site": 7.0}}, "tags.site", "expected str"),
    "bucket in capitals": (s.BUCKET, {"bucket": "Plant"}, "bucket", "does not match"),
    "bucket too long": (s.BUCKET, {"bucket": "b" * 64}, "bucket", "at most 63"),
    "bucket as an address": (s.BUCKET, {"bucket": "10.0.0.1"}, "bucket", "no name for a bucket"),
    "role too long": (s.ROLE, {"name": "r" * 65}, "name", "at most 64"),
    "thing with a slash": (s.THING, {"name": "plant/box"}, "name", "does not match"),
    "thing with many attributes": (
        s.THING,
        {"attributes": dict.fromkeys("abcd", "x")},
        "attributes",
        "at most 3",
    ),
    "queue too long": (s.QUEUE, {"name": "q" * 81}, "name", "at most 80"),
    "reserved tag": (s.BUCKET, {"tags": {"aws:site": "x"}}, "tags.aws:site", "reserved"),
    "policy is no JSON": (s.IOT_POLICY, {"policy": "allow all"}, "policy", "not JSON"),
    "policy without a version": (
        s.IOT_POLICY,
        {"policy": '{"Statement": []}'},
        "policy",
        "Version is None",
    ),
    "policy without an effect": (
        s.IOT_POLICY,
        {"policy": _policy(Effect="Permit")},
        "policy",
        "Effect is 'Permit'",
    ),
    "policy without an action": (s.IOT_POLICY, {"policy": _policy(Action=None)}, "policy", "0 of"),
    "policy on nothing": (s.IOT_POLICY, {"policy": _policy(Resource=None)}, "policy", "0 of"),
    "policy on a path": (
        s.IOT_POLICY,
        {"policy": _policy(Resource="client/box")},
        "policy",
        "no form that AWS knows",
    ),
    "policy with a misspelt element": (
        s.IOT_POLICY,
        {"policy": _policy(Resources="*")},
        "policy",
        "unknown element Resources",
    ),
    "policy beyond IoT's length": (
        s.IOT_POLICY,
        {"policy": _policy(Action=["iot:Connect"] * 200)},
        "policy",
        "longer than 2048",
    ),
    "trust in nobody": (s.ROLE, {"assumeRolePolicy": _policy()}, "assumeRolePolicy", "Principal"),
}


@pytest.fixture
def account(tmp_path: Path) -> Account:
    return Account(Cloud(tmp_path / "cloud.json"))


@pytest.mark.parametrize("type_", RIGHT)
def test_a_right_resource_has_no_problem(type_: str) -> None:
    assert list(problems(type_, RIGHT[type_])) == []


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_resource_is_refused_where_it_is_wrong(case: str) -> None:
    type_, change, at, reason = WRONG[case]
    found = list(problems(type_, {**RIGHT[type_], **change}))
    assert {each.at for each in found} == {at}
    assert any(reason in each.reason for each in found)


def test_a_missing_input_and_a_missing_type_are_refused() -> None:
    (problem,) = problems(s.ROLE, {"name": "training"})
    assert (problem.at, problem.reason) == ("assumeRolePolicy", "missing required property")
    (problem,) = problems("aws:ec2/vpc:Vpc", {})
    assert "does not play aws:ec2/vpc:Vpc" in problem.reason


def test_a_type_is_known_to_pulumi_aws_for_each_that_is_played() -> None:
    for type_ in s.SERVICES:
        assert not [each for each in problems(type_, {}) if "declares no" in each.reason]


def test_a_provider_takes_only_what_is_declared() -> None:
    assert list(provider_problems({"region": "us-east-1"})) == []
    (problem,) = provider_problems({"regoin": "us-east-1"})
    assert problem.at == "regoin"


MISSING: dict[str, tuple[str, dict[str, Any], str]] = {
    "bucket": (s.LIFECYCLE, {**RIGHT[s.LIFECYCLE]}, "bucket: there is no"),
    "role": (
        s.ROLE_POLICY,
        {"role": "training", "name": "p", "policy": _policy()},
        "role: there is no",
    ),
    "key": (s.ALIAS, {"name": "alias/records", "targetKeyId": "1"}, "targetKeyId: there is no"),
    "any arn": (
        s.BUCKET,
        {"bucket": "b-1", "logging": {"targetBucket": "arn:aws:s3:::b-2"}},
        "logging.targetBucket: there is no arn:aws:s3:::b-2",
    ),
}


@pytest.mark.parametrize("case", MISSING)
def test_what_refers_to_nothing_is_not_made(case: str, account: Account) -> None:
    type_, inputs, reason = MISSING[case]
    with pytest.raises(Refused, match=reason):
        account.create(type_, inputs)
    with account.cloud.open() as made:
        assert made == {}


def test_a_bucket_policy_speaks_of_its_own_bucket(account: Account) -> None:
    account.create(s.BUCKET, RIGHT[s.BUCKET])
    policy = _policy(Principal="*", Action="s3:*", Resource="arn:aws:s3:::another/*")
    with pytest.raises(Refused, match="is not of bucket plant-records"):
        account.create(s.BUCKET_POLICY, {"bucket": "plant-records", "policy": policy})


def test_a_name_is_taken_once(account: Account) -> None:
    account.create(s.ROLE, RIGHT[s.ROLE])
    with pytest.raises(Refused, match="already exists"):
        account.create(s.ROLE, RIGHT[s.ROLE])


def test_a_full_bucket_and_a_role_with_policies_are_not_deleted(account: Account) -> None:
    bucket, _ = account.create(s.BUCKET, RIGHT[s.BUCKET])
    role, _ = account.create(s.ROLE, RIGHT[s.ROLE])
    account.create(s.ROLE_POLICY, {"role": role, "name": "p", "policy": _policy()})
    with account.cloud.open(write=True) as made:
        made[f"{s.BUCKET}|{bucket}"]["objects"] = ["streams/a"]
    with pytest.raises(Refused, match="BucketNotEmpty"):
        account.delete(s.BUCKET, bucket)
    with pytest.raises(Refused, match="RolePolicy names it in role"):
        account.delete(s.ROLE, role)


def test_what_aws_adds_is_unknown_until_it_is_made(account: Account) -> None:
    inputs = RIGHT[s.BUCKET]
    assert account.preview(s.BUCKET, inputs)["arn"] == UNKNOWN
    id_, outputs = account.create(s.BUCKET, inputs)
    assert (id_, outputs["arn"]) == ("plant-records", "arn:aws:s3:::plant-records")
    assert account.read(s.BUCKET, id_) == (inputs, outputs)
    account.delete(s.BUCKET, id_)
    assert account.read(s.BUCKET, id_) is None


def test_a_name_that_was_not_given_is_made_up_once() -> None:
    made = with_name(s.BUCKET, {}, {}, "Landing", bytes(4))
    assert made == {"bucket": "landing-0000000"}
    assert with_name(s.BUCKET, {}, made, "Landing", b"other") == made
    assert with_name(s.ALIAS, {"namePrefix": "alias/a"}, {}, "a", b"") == {"namePrefix": "alias/a"}
