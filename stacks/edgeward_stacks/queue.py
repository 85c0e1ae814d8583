"""Work that waits for somebody: filled by messages and events, with what failed kept apart."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from edgeward.stack.operated import QueuePlan
from edgeward_stacks.documents import Account, allow, document
from edgeward_stacks.roles import RoleArgs, make_role

_KEPT_SECONDS = 14 * 24 * 3600
_TRIES = 5
_SQL_VERSION = "2016-03-23"
_ENVELOPE = "encode(*, 'base64') AS data, topic() AS topic, clientid() AS client"


@dataclass(frozen=True, slots=True)
class QueueArgs:
    plan: QueuePlan
    bucket: str
    account: Account


class Queue(pulumi.ComponentResource):
    """A queue, its dead letters, and the rules that fill it."""

    queue: aws.sqs.Queue
    dead_letter: aws.sqs.Queue

    def __init__(self, name: str, args: QueueArgs, opts: pulumi.ResourceOptions) -> None:
        super().__init__("edgeward:cloud:Queue", name, None, opts)
        self._name_of = name
        self._child = pulumi.ResourceOptions(parent=self)
        self.dead_letter = self._make_queue(f"{name}-dead-letter", args.plan.dead_letter, args)
        self.queue = self._make_queue(name, args.plan.queue, args, self.dead_letter)
        if args.plan.topics:
            self._take_messages(args)
        if args.plan.files or args.plan.approved:
            self._take_events(args)
        self.register_outputs({"queue": self.queue.url, "dead_letter": self.dead_letter.url})

    def _make_queue(
        self, name: str, queue: str, args: QueueArgs, dead_letter: aws.sqs.Queue | None = None
    ) -> aws.sqs.Queue:
        target = {
            "deadLetterTargetArn": args.account.arn("sqs", args.plan.dead_letter),
            "maxReceiveCount": _TRIES,
        }
        after = [] if dead_letter is None else [dead_letter]
        return aws.sqs.Queue(
            name,
            name=queue,
            message_retention_seconds=_KEPT_SECONDS,
            visibility_timeout_seconds=args.plan.busy_seconds,
            redrive_policy=None if dead_letter is None else json.dumps(target, sort_keys=True),
            sqs_managed_sse_enabled=True,
            tags=args.plan.tags,
            opts=pulumi.ResourceOptions(parent=self, depends_on=after),
        )

    def _take_messages(self, args: QueueArgs) -> None:
        plan, account = args.plan, args.account
        queues = [account.arn("sqs", queue) for queue in (plan.queue, plan.dead_letter)]
        sends = document(allow(["sqs:SendMessage"], queues))
        grants = RoleArgs(plan.role, "iot.amazonaws.com", "queue", sends, plan.tags)
        role, _ = make_role(self._name_of, grants, account, self._child)
        for number, topics in enumerate(plan.topics):
            aws.iot.TopicRule(
                f"{self._name_of}-{number}",
                name=plan.rule if number == 0 else f"{plan.rule}__{number}",
                enabled=True,
                sql=f"SELECT {_ENVELOPE} FROM '{topics}'",
                sql_version=_SQL_VERSION,
                sqs=[{"queue_url": self.queue.url, "role_arn": role.arn, "use_base64": False}],
                error_action={
                    "sqs": {
                        "queue_url": self.dead_letter.url,
                        "role_arn": role.arn,
                        "use_base64": True,
                    }
                },
                tags=plan.tags,
                opts=self._child,
            )

    def _take_events(self, args: QueueArgs) -> None:
        """Only the rule of this queue may fill it."""
        rule = aws.cloudwatch.EventRule(
            self._name_of,
            name=args.plan.event_rule,
            event_pattern=json.dumps(_pattern(args), sort_keys=True),
            tags=args.plan.tags,
            opts=self._child,
        )
        queue = args.account.arn("sqs", args.plan.queue)
        by_rule = {"aws:SourceArn": args.account.arn("events", f"rule/{args.plan.event_rule}")}
        sends = allow(["sqs:SendMessage"], [queue], {"ArnEquals": by_rule})
        aws.sqs.QueuePolicy(
            self._name_of,
            queue_url=self.queue.url,
            policy=document({**sends, "Principal": {"Service": "events.amazonaws.com"}}),
            opts=self._child,
        )
        aws.cloudwatch.EventTarget(
            self._name_of, rule=rule.name, arn=self.queue.arn, opts=self._child
        )


def _pattern(args: QueueArgs) -> dict[str, Any]:
    plan = args.plan
    if plan.approved:
        detail = {"ModelPackageGroupName": list(plan.approved), "ModelApprovalStatus": ["Approved"]}
        return _event("aws.sagemaker", "SageMaker Model Package State Change", detail)
    keys = [{"prefix": folder} for folder in plan.files]
    files = {"bucket": {"name": [args.bucket]}, "object": {"key": keys}}
    return _event("aws.s3", "Object Created", files)


def _event(source: str, kind: str, detail: dict[str, Any]) -> dict[str, Any]:
    return {"source": [source], "detail-type": [kind], "detail": detail}
