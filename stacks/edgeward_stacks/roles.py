"""Roles that one AWS service takes on, in this account only, with one inline policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from edgeward_stacks.documents import Account, document


@dataclass(frozen=True, slots=True)
class RoleArgs:
    """`service` takes the role on; `grants` names the inline policy, `policy` is its document."""

    role: str
    service: str
    grants: str
    policy: str
    tags: Mapping[str, str]


def make_role(
    name: str, args: RoleArgs, account: Account, child: pulumi.ResourceOptions
) -> tuple[aws.iam.Role, aws.iam.RolePolicy]:
    """The role and its policy, under the logical name `name`."""
    role = aws.iam.Role(
        name,
        name=args.role,
        assume_role_policy=_trust(args.service, account),
        tags=args.tags,
        opts=child,
    )
    policy = aws.iam.RolePolicy(
        name, name=args.grants, role=role.name, policy=args.policy, opts=child
    )
    return role, policy


def _trust(service: str, account: Account) -> str:
    return document(
        {
            "Effect": "Allow",
            "Principal": {"Service": service},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:SourceAccount": account.number}},
        }
    )
