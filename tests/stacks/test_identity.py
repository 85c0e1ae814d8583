from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from edgeward.stack.planned import IdentityPlan
from edgeward_stacks.identity import Identity, IdentityArgs
from tests.stacks.alone import ACCOUNT, compile_alone
from tests.stacks.topics import may

PLAN = IdentityPlan(
    name="identity-box",
    things=("plant--box",),
    group=None,
    policy="plant--box",
    client="plant--box",
    topics="plant/box",
    attributes={"site": "plant"},
    tags={"site": "plant"},
    declared_at="devices.box",
)


def test_a_device_gets_its_thing_and_its_policy_and_no_certificate() -> None:
    made = compile_alone(lambda opts: Identity("identity-box", IdentityArgs(PLAN, ACCOUNT), opts))
    assert sorted(made) == [
        "Policy plant--box",
        "Thing plant--box",
        "edgeward:cloud:Identity identity-box",
    ]


def test_the_policy_names_the_client_and_topics_of_this_device_only() -> None:
    made = compile_alone(lambda opts: Identity("identity-box", IdentityArgs(PLAN, ACCOUNT), opts))
    text = made["Policy plant--box"].inputs["policy"]
    assert isinstance(text, str)
    granted = {
        (action, resource.removeprefix("arn:aws:iot:eu-central-1:123456789012:"))
        for statement in json.loads(text)["Statement"]
        for action in statement["Action"]
        for resource in statement["Resource"]
    }
    assert granted == {
        ("iot:Connect", "client/plant--box"),
        ("iot:Publish", "topic/plant/box/*"),
        ("iot:Receive", "topic/plant/box/*"),
        ("iot:Subscribe", "topicfilter/plant/box/*"),
    }


def test_a_signing_request_becomes_a_certificate_of_this_thing_and_policy() -> None:
    request = "-----BEGIN CERTIFICATE REQUEST-----"
    plan = replace(PLAN, requests={"plant--box": request})
    made = compile_alone(lambda opts: Identity("identity-box", IdentityArgs(plan, ACCOUNT), opts))
    certificate = made["Certificate plant--box"]
    assert certificate.inputs == {"active": True, "csr": request}
    for attachment in ("PolicyAttachment", "ThingPrincipalAttachment"):
        assert certificate.urn in made[f"{attachment} plant--box"].dependencies


def test_too_many_devices_share_a_group_that_the_policy_is_attached_to() -> None:
    plan = replace(PLAN, things=(), group="plant--box", provisioning="200 of these")
    made = compile_alone(lambda opts: Identity("identity-box", IdentityArgs(plan, ACCOUNT), opts))
    assert sorted(made) == [
        "Policy plant--box",
        "PolicyAttachment plant--box",
        "ThingGroup plant--box",
        "edgeward:cloud:Identity identity-box",
    ]
    attachment = made["PolicyAttachment plant--box"]
    assert attachment.inputs["policy"] == "plant--box"
    assert attachment.dependencies == tuple(
        sorted((made["Policy plant--box"].urn, made["ThingGroup plant--box"].urn))
    )


def _policy(**agent: Any) -> str:
    args = IdentityArgs(replace(PLAN, **agent), ACCOUNT)
    made = compile_alone(lambda opts: Identity("identity-box", args, opts))
    return str(made["Policy plant--box"].inputs["policy"])


def test_a_core_of_greengrass_hears_of_its_own_deployments_and_of_no_others() -> None:
    policy = _policy(reserved="*", core=True)
    for own in ("jobs/notify", "shadow/update", "greengrassv2/health/json"):
        assert may(policy, "plant--box", "Publish", f"topic/$aws/things/plant--box/{own}")
        assert not may(policy, "plant--box", "Publish", f"topic/$aws/things/plant--box2/{own}")
    assert not may(policy, "plant--box", "Subscribe", "topicfilter/$aws/things/+/jobs/notify")
    assert "greengrass:ResolveComponentCandidates" in policy
    assert len(policy) < 2048


def test_an_agent_for_jobs_gets_its_jobs_and_nothing_else() -> None:
    policy = _policy(reserved="jobs/*")
    own = "$aws/things/plant--box"
    assert may(policy, "plant--box", "Subscribe", f"topicfilter/{own}/jobs/notify-next")
    assert not may(policy, "plant--box", "Publish", f"topic/{own}/shadow/update")
    assert "greengrass:" not in policy
