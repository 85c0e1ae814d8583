from __future__ import annotations

import json
from dataclasses import replace

from edgeward.graph import CapturedResource
from edgeward.stack.operated import QueuePlan
from edgeward_stacks.queue import Queue, QueueArgs
from tests.stacks.alone import ACCOUNT, compile_alone, granted, statements

PLAN = QueuePlan(
    name="review-check",
    queue="edgeward-plant--check--review",
    dead_letter="edgeward-plant--check--review--dead-letter",
    rule="edgeward_plant__check__review",
    role="edgeward-plant--check--review",
    event_rule="edgeward-plant--check--review",
    topics=("plant/box/streams/frames/#",),
    files=(),
    approved=(),
    answer_seconds=3600,
    busy_seconds=300,
    tags={"site": "plant"},
    declared_at="use_cases.check.review",
)


def _made(plan: QueuePlan) -> dict[str, CapturedResource]:
    args = QueueArgs(plan, "edgeward-plant-123456789012", ACCOUNT)
    return compile_alone(lambda opts: Queue(plan.name, args, opts))


def test_messages_fill_it_by_a_rule_that_may_do_nothing_else() -> None:
    made = _made(PLAN)
    assert sorted(made) == [
        "Queue review-check",
        "Queue review-check-dead-letter",
        "Role review-check",
        "RolePolicy review-check",
        "TopicRule review-check-0",
        "edgeward:cloud:Queue review-check",
    ]
    assert set(granted(made["RolePolicy review-check"])) == {"sqs:SendMessage"}


def test_what_nobody_can_handle_is_kept_apart() -> None:
    queue = _made(PLAN)["Queue review-check"].inputs
    assert json.loads(str(queue["redrivePolicy"])) == {
        "deadLetterTargetArn": f"arn:aws:sqs:eu-central-1:{ACCOUNT.number}:{PLAN.dead_letter}",
        "maxReceiveCount": 5,
    }
    assert queue["sqsManagedSseEnabled"] is True


def test_files_fill_it_by_events_of_their_folder_in_this_bucket() -> None:
    made = _made(replace(PLAN, topics=(), files=("streams/frames/",)))
    assert "Role review-check" not in made
    detail = json.loads(str(made["EventRule review-check"].inputs["eventPattern"]))["detail"]
    assert detail == {
        "bucket": {"name": ["edgeward-plant-123456789012"]},
        "object": {"key": [{"prefix": "streams/frames/"}]},
    }
    (sends,) = statements(made["QueuePolicy review-check"])
    rule = f"arn:aws:events:eu-central-1:{ACCOUNT.number}:rule/{PLAN.event_rule}"
    assert sends["Principal"] == {"Service": "events.amazonaws.com"}
    assert sends["Condition"] == {"ArnEquals": {"aws:SourceArn": rule}}


def test_approved_models_fill_it_and_rejected_ones_do_not() -> None:
    made = _made(replace(PLAN, topics=(), approved=("edgeward-plant--check",)))
    detail = json.loads(str(made["EventRule review-check"].inputs["eventPattern"]))["detail"]
    assert detail == {
        "ModelPackageGroupName": ["edgeward-plant--check"],
        "ModelApprovalStatus": ["Approved"],
    }
