"""Takes a stream in over MQTT: checked, written to its folder, and nothing lost on the way.

A message counts as the stream's only if the client that sent it is the one whose topic it is and
something is in it. What does not is kept in quarantine; what a rule cannot pass on waits in a
dead-letter queue.
"""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from edgeward.stack.planned import IngestionPlan, Source
from edgeward_stacks.documents import Account, allow, document, use_key
from edgeward_stacks.roles import RoleArgs, make_role
from edgeward_stacks.store import Store

_SQL_VERSION = "2016-03-23"
_ENVELOPE = "encode(*, 'base64') AS data, topic() AS topic, timestamp() AS received_ms"
_DEAD_LETTER_SECONDS = 14 * 24 * 3600
_BUFFER_SECONDS = 300


@dataclass(frozen=True, slots=True)
class IngestionArgs:
    plan: IngestionPlan
    store: Store
    account: Account


class Ingestion(pulumi.ComponentResource):
    """The rules on the topics of a stream, the delivery into its folder, and the dead letters."""

    delivery: aws.kinesis.FirehoseDeliveryStream
    dead_letter: aws.sqs.Queue

    def __init__(self, name: str, args: IngestionArgs, opts: pulumi.ResourceOptions) -> None:
        super().__init__("edgeward:cloud:Ingestion", name, None, opts)
        self._name_of = name
        self._child = pulumi.ResourceOptions(parent=self)
        self.dead_letter = aws.sqs.Queue(
            name,
            name=args.plan.dead_letter,
            message_retention_seconds=_DEAD_LETTER_SECONDS,
            sqs_managed_sse_enabled=True,
            tags=args.plan.tags,
            opts=self._child,
        )
        self.delivery = self._make_delivery(args)
        self._make_rules(args)
        self.register_outputs({"delivery": self.delivery.name, "dead_letter": self.dead_letter.url})

    def _make_delivery(self, args: IngestionArgs) -> aws.kinesis.FirehoseDeliveryStream:
        plan = args.plan
        grants = RoleArgs(
            plan.delivery_role, "firehose.amazonaws.com", "bucket", _delivers(args), plan.tags
        )
        name = f"{self._name_of}-delivery"
        role, policy = make_role(name, grants, args.account, self._child)
        return aws.kinesis.FirehoseDeliveryStream(
            self._name_of,
            name=plan.delivery,
            destination="extended_s3",
            extended_s3_configuration=aws.kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationArgs(
                role_arn=role.arn,
                bucket_arn=args.account.bucket_arn(args.store.bucket),
                prefix=plan.folder,
                error_output_prefix=f"{plan.quarantine}!{{firehose:error-output-type}}/",
                kms_key_arn=args.store.key_arn,
                compression_format="GZIP",
                buffering_interval=_BUFFER_SECONDS,
            ),
            server_side_encryption={"enabled": True, "key_type": "AWS_OWNED_CMK"},
            tags=plan.tags,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy, *args.store.made]),
        )

    def _make_rules(self, args: IngestionArgs) -> None:
        plan = args.plan
        grants = RoleArgs(plan.role, "iot.amazonaws.com", "pass-on", _passes_on(args), plan.tags)
        role, _ = make_role(self._name_of, grants, args.account, self._child)
        lost: aws.iot.TopicRuleErrorActionArgsDict = {
            "sqs": {"queue_url": self.dead_letter.url, "role_arn": role.arn, "use_base64": True}
        }
        after = pulumi.ResourceOptions(parent=self, depends_on=list(args.store.made))
        key = f"{plan.quarantine}${{topic()}}/${{timestamp()}}-${{newuuid()}}"
        for number, source in enumerate(plan.sources):
            rule = plan.rule if number == 0 else f"{plan.rule}__{number}"
            aws.iot.TopicRule(
                f"{self._name_of}-{number}",
                name=rule,
                enabled=True,
                sql=_select(source, _is_good(source)),
                sql_version=_SQL_VERSION,
                firehoses=[
                    {
                        "delivery_stream_name": self.delivery.name,
                        "role_arn": role.arn,
                        "separator": "\n",
                    }
                ],
                error_action=lost,
                tags=plan.tags,
                opts=self._child,
            )
            aws.iot.TopicRule(
                f"{self._name_of}-{number}-quarantine",
                name=f"{rule}__quarantine",
                enabled=True,
                sql=_select(source, f"NOT ({_is_good(source)})"),
                sql_version=_SQL_VERSION,
                s3=[{"bucket_name": args.store.bucket, "key": key, "role_arn": role.arn}],
                error_action=lost,
                tags=plan.tags,
                opts=after,
            )


def _select(source: Source, where: str) -> str:
    return f"SELECT {_ENVELOPE}, clientid() AS client FROM '{source.topics}' WHERE {where}"


def _is_good(source: Source) -> str:
    return f"clientid() = {source.client} AND length(encode(*, 'base64')) > 0"


def _delivers(args: IngestionArgs) -> str:
    bucket, plan = args.account.bucket_arn(args.store.bucket), args.plan
    folders = [f"{bucket}/{folder}*" for folder in (plan.folder, plan.quarantine)]
    return document(
        allow(["s3:GetBucketLocation", "s3:ListBucketMultipartUploads"], [bucket]),
        allow(["s3:PutObject", "s3:AbortMultipartUpload"], folders),
        use_key(args.account, args.store.bucket, ["kms:GenerateDataKey", "kms:Decrypt"]),
    )


def _passes_on(args: IngestionArgs) -> str:
    plan, account = args.plan, args.account
    delivery = account.arn("firehose", f"deliverystream/{plan.delivery}")
    return document(
        allow(["firehose:PutRecord"], [delivery]),
        allow(["s3:PutObject"], [f"{account.bucket_arn(args.store.bucket)}/{plan.quarantine}*"]),
        allow(["sqs:SendMessage"], [account.arn("sqs", plan.dead_letter)]),
        use_key(account, args.store.bucket, ["kms:GenerateDataKey"]),
    )
