"""The facts about a graph's resources, joined from what the graph really holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from edgeward.facts.resource import resource_facts
from edgeward.graph import UNKNOWN, CapturedResource, ResourceGraph
from edgeward.quantity import exact
from edgeward.site import Cloud
from edgeward.stack.plan import plan_stack
from edgeward.stack.preview import preview
from edgeward.subjects import Resource
from tests.samples import CATALOG, DECISION, SITE


@pytest.fixture(scope="module")
def graph() -> ResourceGraph:
    pytest.importorskip("pulumi_aws")
    (answer,) = preview([plan_stack(SITE, DECISION, CATALOG)])
    assert isinstance(answer, ResourceGraph)
    return answer


def _of_kind(graph: ResourceGraph, kind: str) -> Resource:
    """The only one of its kind; of the roles, that of the training."""
    facts = [fact for fact in resource_facts(graph, SITE) if fact.kind == kind]
    found = [fact for fact in facts if kind != "role" or fact.resource == "Role training-cap-check"]
    (one,) = found
    return one


def _without(graph: ResourceGraph, word: str) -> ResourceGraph:
    kept = tuple(r for r in graph.resources if not r.type.endswith(f":{word}"))
    return replace(graph, resources=kept)


def _changed(
    graph: ResourceGraph, word: str, change: Callable[[CapturedResource], CapturedResource]
) -> ResourceGraph:
    changed = (change(r) if r.type.endswith(f":{word}") else r for r in graph.resources)
    return replace(graph, resources=tuple(changed))


def _with_input(key: str, value: object) -> Callable[[CapturedResource], CapturedResource]:
    return lambda r: replace(r, inputs={**r.inputs, key: value})


def test_a_bucket_carries_what_its_settings_say(graph: ResourceGraph) -> None:
    bucket = _of_kind(graph, "bucket")
    assert bucket.resource == "Bucket landing"
    assert bucket.declared_at == "streams.cap-frames.leaves"
    assert (bucket.encrypted, bucket.public_access_blocked, bucket.tls_only) == (True, True, True)
    assert (bucket.protected, bucket.retained, bucket.tagged) == (True, True, True)
    assert (bucket.region, bucket.region_allowed) == ("eu-central-1", True)


@pytest.mark.parametrize(
    ("setting", "fact"),
    [
        ("BucketServerSideEncryptionConfiguration", "encrypted"),
        ("BucketPublicAccessBlock", "public_access_blocked"),
        ("BucketPolicy", "tls_only"),
    ],
)
def test_a_bucket_without_a_setting_fails_that_fact_alone(
    setting: str, fact: str, graph: ResourceGraph
) -> None:
    whole, bare = _of_kind(graph, "bucket"), _of_kind(_without(graph, setting), "bucket")
    assert bare == replace(whole, **{fact: False})


def test_one_flag_missing_from_the_access_block_is_not_blocked(graph: ResourceGraph) -> None:
    half = _changed(graph, "BucketPublicAccessBlock", _with_input("ignorePublicAcls", False))
    assert _of_kind(half, "bucket").public_access_blocked is False


def test_a_wildcard_in_a_policy_of_the_role_shows_on_the_role(graph: ResourceGraph) -> None:
    assert _of_kind(graph, "role").wildcard_actions is False
    wide = json.dumps({"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "arn"}})
    bad = _changed(graph, "RolePolicy", _with_input("policy", wide))
    assert _of_kind(bad, "role").wildcard_actions is True


def test_a_policy_that_is_not_known_yet_is_not_called_narrow(graph: ResourceGraph) -> None:
    later = _changed(graph, "RolePolicy", _with_input("policy", UNKNOWN))
    assert _of_kind(later, "role").wildcard_actions is None


def test_what_aws_keeps_in_no_region_has_none(graph: ResourceGraph) -> None:
    assert _of_kind(graph, "role").region is None
    assert _of_kind(graph, "role").region_allowed is None


def test_a_region_outside_the_residency_is_not_allowed(graph: ResourceGraph) -> None:
    site = replace(SITE, cloud=Cloud("us-east-1", ("eu",)))
    (answer,) = preview([plan_stack(site, DECISION, CATALOG)])
    assert isinstance(answer, ResourceGraph)
    allowed = {f.region_allowed for f in resource_facts(answer, site) if f.region is not None}
    assert allowed == {False}


def test_components_provider_and_stack_are_no_subjects(graph: ResourceGraph) -> None:
    facts = resource_facts(graph, SITE)
    assert {fact.type.partition(":")[0] for fact in facts} == {"aws"}
    assert len({fact.id for fact in facts}) == len(facts) == 40


def _allowing(resource: str, **more: object) -> str:
    statement = {"Effect": "Allow", "Action": ["iot:Publish"], "Resource": [resource], **more}
    return json.dumps({"Statement": [statement]})


@pytest.mark.parametrize(
    ("policy", "wide"),
    [
        (_allowing("*"), True),
        (_allowing("arn:aws:iot:eu-central-1:1:topic/*"), True),
        (_allowing("arn:aws:iot:eu-central-1:1:topic/plant/box/*"), False),
        (_allowing("arn:aws:iot:eu-central-1:1:client/*", Condition={"Bool": {"a": "b"}}), False),
        (_allowing("arn:aws:s3:::bucket/*"), False),
        (json.dumps({"Statement": {"Effect": "Deny", "Action": "x", "Resource": "*"}}), False),
        (json.dumps({"Statement": {"Effect": "Allow", "Action": "x", "NotResource": "a"}}), True),
    ],
)
def test_a_policy_on_everything_of_a_kind_is_wide(
    policy: str, wide: bool, graph: ResourceGraph
) -> None:
    changed = _changed(graph, "Policy", _with_input("policy", policy))
    assert _of_kind(changed, "thing_policy").wildcard_resources is wide


def test_a_certificate_that_is_made_in_the_cloud_leaves_its_key_in_the_state(
    graph: ResourceGraph,
) -> None:
    thing = next(graph.of_type("aws:iot/thing:Thing"))
    for csr, in_state in ((None, True), ("-----BEGIN CERTIFICATE REQUEST-----", False)):
        made = replace(
            thing,
            urn=f"{thing.urn}-certificate",
            type="aws:iot/certificate:Certificate",
            inputs={"active": True, "csr": csr},
        )
        found = _of_kind(replace(graph, resources=(*graph.resources, made)), "secret")
        assert found.private_key_in_state is in_state


def test_a_folder_is_emptied_when_its_stream_says_so(graph: ResourceGraph) -> None:
    assert _of_kind(graph, "bucket").retention_as_declared is True
    stream = replace(SITE.streams[0], retention_days=exact(31))
    (found,) = [
        fact
        for fact in resource_facts(graph, replace(SITE, streams=(stream,)))
        if fact.kind == "bucket"
    ]
    assert found.retention_as_declared is False
    forever = _without(graph, "BucketLifecycleConfiguration")
    assert _of_kind(forever, "bucket").retention_as_declared is False


def test_a_budget_without_a_reader_tells_nobody(graph: ResourceGraph) -> None:
    assert _of_kind(graph, "budget").tells_somebody is True
    silent = _changed(graph, "Budget", _with_input("notifications", []))
    assert _of_kind(silent, "budget").tells_somebody is False
