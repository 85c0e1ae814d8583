"""What a device may do in the plant's bucket: its certificate buys it a role for an hour.

A device has no AWS keys. AWS IoT exchanges its certificate for short-lived credentials of this
role, and the role knows the device by its thing's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from edgeward.stack.planned import AccessPlan
from edgeward_stacks.documents import Account, Statement, allow, document, use_key
from edgeward_stacks.roles import RoleArgs, make_role

_CREDENTIAL_SECONDS = 3600
_OWN_FOLDER = "${credentials-iot:ThingName}"


@dataclass(frozen=True, slots=True)
class AccessArgs:
    plan: AccessPlan
    bucket: str
    account: Account


class Access(pulumi.ComponentResource):
    """A role that the credentials provider of AWS IoT takes on, and the alias that names it."""

    alias: aws.iot.RoleAlias

    def __init__(self, name: str, args: AccessArgs, opts: pulumi.ResourceOptions) -> None:
        super().__init__("edgeward:cloud:Access", name, None, opts)
        plan, child = args.plan, pulumi.ResourceOptions(parent=self)
        role = RoleArgs(
            plan.role, "credentials.iot.amazonaws.com", "bucket", _permissions(args), plan.tags
        )
        made, _ = make_role(name, role, args.account, child)
        self.alias = aws.iot.RoleAlias(
            name,
            alias=plan.role_alias,
            role_arn=made.arn,
            credential_duration=_CREDENTIAL_SECONDS,
            tags=plan.tags,
            opts=child,
        )
        self.register_outputs({"alias": self.alias.alias})


def _permissions(args: AccessArgs) -> str:
    actions = ["kms:Decrypt", *(["kms:GenerateDataKey"] if args.plan.writes else [])]
    return document(*_files(args), use_key(args.account, args.bucket, actions))


def _files(args: AccessArgs) -> Iterator[Statement]:
    bucket = args.account.bucket_arn(args.bucket)
    if args.plan.writes:
        folders = [f"{bucket}/{folder}{_OWN_FOLDER}/*" for folder in args.plan.writes]
        yield allow(["s3:PutObject", "s3:AbortMultipartUpload"], folders)
    if args.plan.reads:
        yield allow(["s3:GetObject"], [f"{bucket}/{folder}*" for folder in args.plan.reads])
