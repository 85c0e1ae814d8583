"""What the role that runs `pulumi up` needs, from the resource types that a plant has.

permits.yaml says for each type which calls on which names. Names begin with the plant's, so that
one plant's role does not touch another's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from edgeward.graph import ResourceGraph

_LONGEST_DOCUMENT = 6144
"""Characters of a managed policy, without white space."""

Statement = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Permit:
    """Calls of one service on `resources`, as templates; `tagged` where AWS chooses the name.

    What has no name of ours may be touched only if it carries, or is given, the plant's tag.
    """

    service: str
    calls: str
    resources: tuple[str, ...]
    tagged: bool = False

    @property
    def actions(self) -> tuple[str, ...]:
        return tuple(f"{self.service}:{call}" for call in self.calls.split())


_PASSED_TO = (
    "credentials.iot.amazonaws.com",
    "events.amazonaws.com",
    "firehose.amazonaws.com",
    "iot.amazonaws.com",
    "sagemaker.amazonaws.com",
)


_ROLE = "arn:{partition}:iam::{account}:role/{plant}--*"


_MAKES = {"greengrass:CreateDeployment", "kms:CreateKey"}
"""What they make has no tag yet, but is given one."""


def types_in_use(graph: ResourceGraph) -> frozenset[str]:
    """The types that have to be permitted; of what Cloud Control makes, CloudFormation's too."""
    own = [each for each in graph.resources if each.type.startswith("aws:")]
    controlled = {str(each.inputs["typeName"]) for each in own if "typeName" in each.inputs}
    return frozenset({each.type for each in own} | controlled)


@cache
def read_permits() -> Mapping[str, tuple[Permit, ...]]:
    """By resource type."""
    table = yaml.safe_load(Path(__file__).with_name("permits.yaml").read_text(encoding="utf-8"))
    return {type_: tuple(_permit(row) for row in rows) for type_, rows in table.items()}


def _permit(row: Mapping[str, Any]) -> Permit:
    resource = row["resource"]
    resources = (resource,) if isinstance(resource, str) else tuple(resource)
    return Permit(row["service"], row["calls"], resources, row.get("tagged", False))


def ci_policies(
    site: str,
    types: Iterable[str],
    account: str,
    region: str,
    partition: str,
    *,
    looks_up: str | None = None,
) -> tuple[str, ...]:
    """The policies that the plant's CI role needs, each short enough to be a managed one.

    `account` is a number, or a word to be replaced; `looks_up` a bucket that is there already.
    Raises KeyError for a type without permits.
    """
    facts = {
        "account": account,
        "partition": partition,
        "plant": f"edgeward-{site}",
        "region": region,
        "rule": f"edgeward_{site.replace('-', '_')}",
        "site": site,
    }
    found = [] if looks_up is None else [_look_up(f"arn:{partition}:s3:::{looks_up}")]
    statements = [*_statements(sorted(set(types)), facts), *found, *_always(facts)]
    return tuple(_document(part) for part in _split(statements))


def _statements(types: Sequence[str], facts: Mapping[str, str]) -> Iterator[Statement]:
    """One for each set of resources, with all calls on it."""
    calls: dict[tuple[tuple[str, ...], bool], set[str]] = {}
    permits = read_permits()
    for permit in (permit for type_ in types for permit in permits[type_]):
        on = tuple(each.format_map(facts) for each in permit.resources)
        calls.setdefault((on, permit.tagged), set()).update(permit.actions)
    for (on, tagged), actions in sorted(calls.items()):
        statement = {"Effect": "Allow", "Action": sorted(actions), "Resource": list(on)}
        key = "aws:RequestTag/site" if actions & _MAKES else "aws:ResourceTag/site"
        condition = {"Condition": {"StringEquals": {key: facts["site"]}}} if tagged else {}
        yield {**statement, **condition}


def _always(facts: Mapping[str, str]) -> Iterator[Statement]:
    """Who am I, and handing the plant's roles to the services that take them on."""
    yield {"Effect": "Allow", "Action": ["sts:GetCallerIdentity"], "Resource": ["*"]}
    yield {
        "Effect": "Allow",
        "Action": ["iam:PassRole"],
        "Resource": [_ROLE.format_map(facts)],
        "Condition": {"StringEquals": {"iam:PassedToService": list(_PASSED_TO)}},
    }


def _look_up(bucket: str) -> Statement:
    """Whether it is there, and in which region."""
    actions = ["s3:GetBucketLocation", "s3:ListBucket"]
    return {"Effect": "Allow", "Action": actions, "Resource": [bucket]}


def _split(statements: Iterable[Statement]) -> Iterator[list[Statement]]:
    part: list[Statement] = []
    for statement in statements:
        if part and len(_document([*part, statement])) > _LONGEST_DOCUMENT:
            yield part
            part = []
        part.append(statement)
    yield part


def _document(statements: Sequence[Statement]) -> str:
    body = {"Version": "2012-10-17", "Statement": list(statements)}
    return json.dumps(body, sort_keys=True, separators=(",", ":"))
