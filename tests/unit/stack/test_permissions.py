"""What a plant's CI may do: all that its resources need, on nothing but its own."""

from __future__ import annotations

import json
from datetime import date
from fnmatch import fnmatchcase

import pytest

from edgeward.graph import ResourceGraph
from edgeward.resources import plan_plant
from edgeward.session import assess_plant, open_session
from edgeward.stack.permissions import ci_policies, read_permits, types_in_use
from edgeward.stack.preview import preview
from tests.fleets import write_whole
from tests.stacks.linter import lint_policy
from tests.standin.controlled import TYPES
from tests.standin.services import SERVICES

WHERE = ("123456789012", "eu-central-1", "aws")
UNNAMED = {
    "cloudformation:",
    *("application-autoscaling:", "iot:AttachPolicy", "iot:CreateCertificateFromCsr"),
    *(
        "iot:AttachThingPrincipal",
        "iot:DetachThingPrincipal",
        "iot:DetachPolicy",
        "iot:ListThingPrincipals",
    ),
    *("iot:ListAttachedPolicies", "kms:ListAliases", "sns:GetSubscriptionAttributes"),
    *("sns:Unsubscribe", "sts:GetCallerIdentity"),
}
"""Calls on what AWS names, or that take no resource: the documented list of what is wide."""
NAMED_BY_AWS = (":cert/*", ":job/*", ":key/*")
"""Greengrass makes up the names of its jobs; a call on an alias names its key as well."""
ESCALATES = (
    "RESOURCE_POLICY_PRIVILEGE_ESCALATION: Possible resource policy privilege escalation on "
)
"""Whoever may write the policy of the plant's bucket may let itself in: the role of CI has to."""


RECORDS = "arn:aws:s3:::records"
UNDER_A_ROLE = {"aws:iam/rolePolicy:RolePolicy", "aws:appautoscaling/policy:Policy"}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> ResourceGraph:
    """That of a plant with every component."""
    pytest.importorskip("pulumi_aws")
    session = open_session(write_whole(tmp_path_factory.mktemp("whole")), date(2026, 11, 30))
    (graph,) = preview([plan_plant(session, assess_plant(session, "plant"))])
    assert isinstance(graph, ResourceGraph)
    return graph


@pytest.fixture
def types(graph: ResourceGraph) -> set[str]:
    """With those of a plant that takes releases by the pull script."""
    return {*types_in_use(graph), "AWS::IoT::JobTemplate"}


def test_every_type_that_a_plant_has_is_permitted_and_played(types: set[str]) -> None:
    assert types <= set(read_permits())
    assert types <= SERVICES.keys() | TYPES.keys()
    assert TYPES.keys() <= types & read_permits().keys()


def test_parliament_knows_every_call_and_what_it_is_allowed_on(types: set[str]) -> None:
    policies = ci_policies("plant", types, *WHERE)
    found = [each for policy in policies for each in lint_policy(policy)]
    assert [each for each in found if not each.startswith(ESCALATES)] == []


def test_every_policy_is_short_enough_for_aws(types: set[str]) -> None:
    assert all(len(policy) <= 6144 for policy in ci_policies("plant", types, *WHERE))


def test_what_has_a_name_is_the_plants_own(types: set[str]) -> None:
    for policy in ci_policies("plant-a", types, *WHERE):
        for statement in json.loads(policy)["Statement"]:
            for resource in statement["Resource"] if "Condition" not in statement else ():
                if resource == "*":
                    assert all(action.startswith(tuple(UNNAMED)) for action in statement["Action"])
                else:
                    own = "plant-a" in resource or "plant_a" in resource
                    assert own or resource.endswith(NAMED_BY_AWS), resource


def test_every_name_of_the_plant_is_covered_and_that_of_a_longer_one_is_not(
    graph: ResourceGraph, types: set[str]
) -> None:
    allowed = [
        resource.rpartition(":")[2].rpartition("/")[2]
        for policy in ci_policies("plant", types, *WHERE)
        for statement in json.loads(policy)["Statement"]
        for resource in statement["Resource"]
    ]
    own = [each for each in allowed if each != "*"]
    for each in graph.resources:
        name = each.inputs.get("name")
        if each.type.startswith("aws:") and isinstance(name, str) and each.type not in UNDER_A_ROLE:
            last = name.rpartition("/")[2]
            assert any(fnmatchcase(last, pattern) for pattern in own), name
            longer = last.replace("plant", "plant-b", 1)
            assert not any(fnmatchcase(longer, pattern) for pattern in own), longer


def test_less_is_permitted_where_less_is_there() -> None:
    (policy,) = ci_policies("plant", ["aws:sqs/queue:Queue"], *WHERE)
    calls = {a for s in json.loads(policy)["Statement"] for a in s["Action"]}
    assert {call.partition(":")[0] for call in calls} == {"iam", "sqs", "sts"}


def test_a_bucket_that_is_there_already_is_only_looked_up() -> None:
    (policy,) = ci_policies("plant", [], *WHERE, looks_up="records")
    assert not list(lint_policy(policy))
    (found,) = [s for s in json.loads(policy)["Statement"] if s["Resource"] == [RECORDS]]
    assert found["Action"] == ["s3:GetBucketLocation", "s3:ListBucket"]
