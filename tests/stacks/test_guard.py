from __future__ import annotations

import json
from typing import Any

import pulumi
import pulumi_aws as aws
import pytest

from edgeward.errors import NotEvaluated
from edgeward.stack.capture import capture
from edgeward_stacks.guard import refusals, refuse_known_bad

REGION = "eu-central-1"
POLICY = "aws:iot/policy:Policy"


def _policy(**statement: Any) -> dict[str, Any]:
    return {"policy": json.dumps({"Statement": [{"Effect": "Allow", **statement}]})}


ARN = "arn:aws:iot:eu-central-1:1:topic/plant/*"

BAD = {
    "other region": ("aws:s3/bucket:Bucket", {"region": "us-east-1"}),
    "public acl": ("aws:s3/bucketAcl:BucketAcl", {"acl": "public-read"}),
    "open block": (
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        {"blockPublicAcls": True, "blockPublicPolicy": False},
    ),
    "amazon's key": (
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        {"rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}]},
    ),
    "no encryption rule": (
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        {"rules": []},
    ),
    "plain queue": ("aws:sqs/queue:Queue", {"name": "frames"}),
    "old key": ("aws:kms/key:Key", {}),
    "key in the state": ("aws:iot/certificate:Certificate", {"active": True}),
    "every action": (POLICY, _policy(Action="iot:*", Resource=ARN)),
    "every other action": (POLICY, _policy(NotAction="iot:Connect", Resource=ARN)),
    "everything": (POLICY, _policy(Action="iot:Publish", Resource="*")),
    "every topic": (POLICY, _policy(Action="iot:Publish", Resource=ARN.replace("plant/", ""))),
    "anyone": (POLICY, _policy(Action="s3:GetObject", Principal={"AWS": "*"}, Resource=ARN)),
}


@pytest.mark.parametrize("case", BAD)
def test_a_known_bad_resource_is_refused_for_one_reason(case: str) -> None:
    type_, inputs = BAD[case]
    assert len(list(refusals(type_, inputs, True, REGION))) == 1


def test_a_policy_scoped_to_its_own_is_not_refused() -> None:
    assert list(refusals(POLICY, _policy(Action="iot:Publish", Resource=ARN), True, REGION)) == []


def test_the_name_of_a_policy_is_no_document() -> None:
    attachment = {"policy": "plant--box", "target": "arn:aws:iot:eu-central-1:1:cert/1"}
    type_ = "aws:iot/policyAttachment:PolicyAttachment"
    assert list(refusals(type_, attachment, True, REGION)) == []


def test_a_denial_may_name_everything() -> None:
    deny = {"policy": json.dumps({"Statement": {"Effect": "Deny", "Action": "s3:*"}})}
    assert list(refusals("aws:s3/bucketPolicy:BucketPolicy", deny, True, REGION)) == []


def test_the_transform_stops_a_program_and_names_the_resource() -> None:
    def program() -> None:
        pulumi.runtime.register_resource_transform(refuse_known_bad(REGION))
        aws.kms.Key("loose")

    with pytest.raises(NotEvaluated, match="aws:kms/key:Key loose: no explicit provider"):
        capture(program, "plant")


def test_a_provider_of_another_region_is_refused() -> None:
    def program() -> None:
        pulumi.runtime.register_resource_transform(refuse_known_bad(REGION))
        aws.Provider("aws", region="us-east-1")

    with pytest.raises(NotEvaluated, match="region us-east-1, the plant is in eu-central-1"):
        capture(program, "plant")
