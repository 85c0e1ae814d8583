from __future__ import annotations

from typing import Any, cast

import pulumi
import pytest

from edgeward.graph import CapturedResource
from edgeward.stack.planned import IngestionPlan, Source
from edgeward_stacks.ingestion import Ingestion, IngestionArgs
from tests.stacks.alone import ACCOUNT, BUCKET, compile_alone, granted, make_landing, own

PLAN = IngestionPlan(
    name="ingestion-frames",
    sources=(
        Source("plant/box/streams/frames/#", "'plant--box'"),
        Source("plant/boxes/+/streams/frames/#", "topic(3)"),
    ),
    rule="edgeward_plant__frames",
    delivery="edgeward-plant--frames",
    dead_letter="edgeward-plant--frames--dead-letter",
    role="edgeward-plant--frames--rule",
    delivery_role="edgeward-plant--frames--delivery",
    folder="streams/frames/",
    quarantine="quarantine/frames/",
    tags={"site": "plant"},
    declared_at="streams.frames.leaves",
)


def _make(opts: pulumi.ResourceOptions) -> None:
    Ingestion(PLAN.name, IngestionArgs(PLAN, make_landing(opts).store, ACCOUNT), opts)


@pytest.fixture
def made() -> dict[str, CapturedResource]:
    return own(compile_alone(_make))


def test_it_asks_for_a_pair_of_rules_a_source_and_one_delivery(
    made: dict[str, CapturedResource],
) -> None:
    assert sorted(made) == [
        "FirehoseDeliveryStream ingestion-frames",
        "Queue ingestion-frames",
        "Role ingestion-frames",
        "Role ingestion-frames-delivery",
        "RolePolicy ingestion-frames",
        "RolePolicy ingestion-frames-delivery",
        "TopicRule ingestion-frames-0",
        "TopicRule ingestion-frames-0-quarantine",
        "TopicRule ingestion-frames-1",
        "TopicRule ingestion-frames-1-quarantine",
        "edgeward:cloud:Ingestion ingestion-frames",
    ]


def test_what_its_own_client_did_not_send_or_is_empty_goes_to_quarantine(
    made: dict[str, CapturedResource],
) -> None:
    good = made["TopicRule ingestion-frames-0"].inputs
    bad = made["TopicRule ingestion-frames-0-quarantine"].inputs
    condition = "clientid() = 'plant--box' AND length(encode(*, 'base64')) > 0"
    assert str(good["sql"]).endswith(f"FROM 'plant/box/streams/frames/#' WHERE {condition}")
    assert str(bad["sql"]).endswith(f"WHERE NOT ({condition})")
    (store,) = cast(list[dict[str, Any]], bad["s3"])
    assert store["key"].startswith("quarantine/frames/")
    assert "clientid() = topic(3)" in str(made["TopicRule ingestion-frames-1"].inputs["sql"])


def test_what_a_rule_cannot_pass_on_waits_in_the_dead_letter_queue(
    made: dict[str, CapturedResource],
) -> None:
    queue = made["Queue ingestion-frames"]
    assert queue.inputs["sqsManagedSseEnabled"] is True
    for number in ("0", "0-quarantine", "1", "1-quarantine"):
        rule = made[f"TopicRule ingestion-frames-{number}"]
        assert queue.urn in rule.dependencies
        assert "errorAction" in rule.inputs


def test_the_delivery_writes_with_the_key_of_the_bucket_and_its_errors_apart(
    made: dict[str, CapturedResource],
) -> None:
    settings = made["FirehoseDeliveryStream ingestion-frames"].inputs["extendedS3Configuration"]
    assert isinstance(settings, dict)
    assert settings["prefix"] == "streams/frames/"
    assert str(settings["errorOutputPrefix"]).startswith("quarantine/frames/")
    assert "kmsKeyArn" in settings


def test_each_role_reaches_what_its_step_needs_and_no_more(
    made: dict[str, CapturedResource],
) -> None:
    rule, delivery = (
        granted(made[f"RolePolicy ingestion-frames{end}"]) for end in ("", "-delivery")
    )
    assert set(rule) == {
        *("firehose:PutRecord", "s3:PutObject", "sqs:SendMessage", "kms:GenerateDataKey")
    }
    assert rule["s3:PutObject"] == [f"{BUCKET}/quarantine/frames/*"]
    assert delivery["s3:PutObject"] == [
        f"{BUCKET}/streams/frames/*",
        f"{BUCKET}/quarantine/frames/*",
    ]
    assert not any(action.startswith("s3:GetObject") for action in (*rule, *delivery))
