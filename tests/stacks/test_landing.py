from __future__ import annotations

import json
from typing import Any

import pytest

from edgeward.graph import UNKNOWN, CapturedResource
from edgeward.stack.planned import LandingPlan, Prefix
from edgeward_stacks.landing import Landing, LandingArgs
from tests.stacks.alone import ACCOUNT, compile_alone

PLAN = LandingPlan(
    name="landing",
    bucket_stem="edgeward-plant",
    prefixes=(
        Prefix("streams/frames/", 30, "streams.frames"),
        Prefix("training/check/", None, "use_cases.check.training"),
    ),
    tags={"site": "plant", "managed-by": "edgeward"},
    declared_at="streams.frames.leaves",
)


@pytest.fixture
def landing() -> dict[str, CapturedResource]:
    return compile_alone(lambda opts: Landing("landing", LandingArgs(PLAN, ACCOUNT), opts))


def test_it_asks_for_these_resources_and_no_others(landing: dict[str, CapturedResource]) -> None:
    assert sorted(landing) == [
        "Alias landing",
        "Bucket landing",
        "BucketLifecycleConfiguration landing",
        "BucketOwnershipControls landing",
        "BucketPolicy landing",
        "BucketPublicAccessBlock landing",
        "BucketServerSideEncryptionConfiguration landing",
        "BucketVersioning landing",
        "Key landing",
        "edgeward:cloud:Landing landing",
    ]


def test_only_key_and_bucket_are_protected_and_outlive_the_stack(
    landing: dict[str, CapturedResource],
) -> None:
    kept = {name for name, r in landing.items() if r.protect and r.retain_on_delete}
    assert kept == {"Key landing", "Bucket landing"}
    assert not any(r.protect for name, r in landing.items() if name not in kept)


def test_records_are_encrypted_with_the_key_of_the_bucket(
    landing: dict[str, CapturedResource],
) -> None:
    assert landing["Key landing"].inputs["enableKeyRotation"] is True
    settings = landing["BucketServerSideEncryptionConfiguration landing"]
    assert settings.inputs["rules"] == [
        {
            "applyServerSideEncryptionByDefault": {
                "sseAlgorithm": "aws:kms",
                "kmsMasterKeyId": UNKNOWN,
            },
            "bucketKeyEnabled": True,
        }
    ]
    assert settings.property_dependencies is not None
    assert settings.property_dependencies["rules"] == (landing["Key landing"].urn,)


def test_the_bucket_is_closed_and_takes_no_plain_text(
    landing: dict[str, CapturedResource],
) -> None:
    block = landing["BucketPublicAccessBlock landing"].inputs
    assert [block[key] for key in sorted(block) if key != "bucket"] == [True] * 4
    assert "acl" not in landing["Bucket landing"].inputs
    (statement,) = _document(landing["BucketPolicy landing"].inputs["policy"])["Statement"]
    assert statement["Effect"] == "Deny"
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert statement["Resource"] == [
        "arn:aws:s3:::edgeward-plant-123456789012",
        "arn:aws:s3:::edgeward-plant-123456789012/*",
    ]


def test_each_prefix_is_emptied_when_its_retention_ends_and_old_versions_with_it(
    landing: dict[str, CapturedResource],
) -> None:
    rules = landing["BucketLifecycleConfiguration landing"].inputs["rules"]
    assert isinstance(rules, list)
    assert [rule["id"] for rule in rules] == ["unfinished-uploads", "streams/frames/"]
    assert rules[1]["filter"] == {"prefix": "streams/frames/"}
    assert rules[1]["expiration"] == {"days": 30}
    assert rules[1]["noncurrentVersionExpiration"] == {"noncurrentDays": 1}


def _document(text: object) -> dict[str, Any]:
    assert isinstance(text, str)
    parsed: dict[str, Any] = json.loads(text)
    return parsed
