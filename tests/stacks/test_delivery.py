"""What the component asks Cloud Control for; botocore's models say whether AWS would take it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from edgeward.bundle.greengrass import read_greengrass
from edgeward.declare.pace import Pace
from edgeward.graph import CapturedResource
from edgeward.stack.capture import capture_plan
from edgeward.stack.delivered import Handed
from edgeward.stack.delivery import plan_delivery
from edgeward.stack.plan import plan_stack
from edgeward_stacks.delivery import Delivery, DeliveryArgs
from tests.samples import DECISION, GATEWAY, SITE
from tests.stacks.alone import ACCOUNT, compile_alone
from tests.stacks.test_identity import PLAN as IDENTITY
from tests.standin.controlled import TYPES, request_problems
from tests.unit.bundle.rendering import CATALOG, render

BOX = replace(
    IDENTITY, things=("plant--box-1", "plant--box-2"), attributes={"device": GATEWAY.name}
)
BUCKET = f"edgeward-plant-{ACCOUNT.number}"
PACE = Pace("caps", failed_percent=10.0, minutes=90, per_minute=5)


def hand_to_core(**changes: Any) -> Handed:
    site = replace(SITE, devices=(replace(GATEWAY, runtime="greengrass"),))
    (bundle,) = render(site)
    files = read_greengrass(bundle.files)
    assert files is not None
    recipes = {name: text.decode() for name, text in files.recipes.items()}
    return replace(Handed({GATEWAY.name: files.deployment}, recipes), **changes)


def _made(handed: Handed) -> dict[str, CapturedResource]:
    plan = plan_delivery(SITE, [BOX], handed)
    assert plan is not None
    args = DeliveryArgs(plan, BUCKET, ACCOUNT, ())
    return compile_alone(lambda opts: Delivery("delivery", args, opts))


def _state(resource: CapturedResource) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(str(resource.inputs["desiredState"]))
    return found


def test_each_box_is_deployed_to_and_the_version_made_once() -> None:
    assert sorted(_made(hand_to_core())) == [
        "Resource component-cap-check-1.0.0",
        "Resource deployment-plant--box-1",
        "Resource deployment-plant--box-2",
        "edgeward:cloud:Delivery delivery",
    ]


@pytest.mark.parametrize("pace", [None, PACE])
def test_aws_takes_every_state(pace: Pace | None) -> None:
    made = _made(hand_to_core(pace=pace, pulling=frozenset({GATEWAY.name})))
    states = [each for each in made.values() if each.custom]
    assert {each.inputs["typeName"] for each in states} == TYPES.keys()
    for each in states:
        type_ = TYPES[str(each.inputs["typeName"])]
        assert [*request_problems(type_, _state(each))] == []


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"TargetArn"', '"targetArn"', "without a capital letter"),
        ('"Components"', '"Component"', "Unknown parameter"),
        ('"ROLLBACK"', '"BACK"', "is none of"),
        (":thing/", ":bucket/", "is not arn"),
        ('"TimeoutInSeconds": 60', '"TimeoutInSeconds": "60"', "Invalid type"),
    ],
)
def test_a_state_that_aws_would_not_take_is_found(old: str, new: str, complaint: str) -> None:
    deployment = _made(hand_to_core())["Resource deployment-plant--box-1"]
    text = json.dumps(_state(deployment))
    assert old in text
    type_ = TYPES["AWS::GreengrassV2::Deployment"]
    found = " ".join(request_problems(type_, json.loads(text.replace(old, new))))
    assert complaint in found


def test_the_recipe_takes_the_model_by_its_digest_from_the_bucket_of_this_account() -> None:
    component = _made(hand_to_core())["Resource component-cap-check-1.0.0"]
    recipe = json.loads(_state(component)["InlineRecipe"])
    (artifact,) = recipe["Manifests"][0]["Artifacts"]
    assert artifact["Uri"] == f"s3://{BUCKET}/models/cap-check/{'ab' * 32}.zip"
    assert component.delete_before_replace


def test_a_deployment_waits_for_its_components_and_goes_back_by_itself() -> None:
    made = _made(hand_to_core())
    deployment = made["Resource deployment-plant--box-2"]
    assert made["Resource component-cap-check-1.0.0"].urn in deployment.dependencies
    state = _state(deployment)
    assert state["TargetArn"] == ACCOUNT.arn("iot", "thing/plant--box-2")
    assert state["DeploymentPolicies"] == {
        "FailureHandlingPolicy": "ROLLBACK",
        "ComponentUpdatePolicy": {"Action": "NOTIFY_COMPONENTS", "TimeoutInSeconds": 60},
    }
    assert "IotJobConfiguration" not in state


def test_the_declared_rollout_says_how_fast_and_when_it_ends() -> None:
    made = _made(hand_to_core(pace=PACE, pulling=frozenset({GATEWAY.name})))
    job = _state(made["Resource jobs-pull-releases"])
    for state in (
        _state(made["Resource deployment-plant--box-1"])["IotJobConfiguration"],
        {key: each for key, each in job.items() if key.endswith("Config")},
    ):
        assert state["JobExecutionsRolloutConfig"] == {"MaximumPerMinute": 5}
        assert state["TimeoutConfig"] == {"InProgressTimeoutInMinutes": 90}
        (ends,) = state["AbortConfig"]["CriteriaList"]
        assert (ends["Action"], ends["ThresholdPercentage"]) == ("CANCEL", 10.0)


def test_boxes_that_join_later_are_deployed_to_as_a_group() -> None:
    group = replace(BOX, things=(), group="plant--box")
    plan = plan_delivery(SITE, [group], hand_to_core())
    assert plan is not None
    assert [each.target for each in plan.deployments] == ["thinggroup/plant--box"]


def test_a_device_without_an_identity_is_told_nothing() -> None:
    assert plan_delivery(SITE, [], hand_to_core()) is None
    (plain,) = plan_stack(SITE, DECISION, CATALOG).identities
    assert plan_delivery(SITE, [plain], Handed(pulling=frozenset({"another"}))) is None


def test_a_plant_with_greengrass_has_it_in_its_stack() -> None:
    graph = capture_plan(plan_stack(SITE, DECISION, CATALOG, handed=hand_to_core()))
    (component,) = graph.of_type("edgeward:cloud:Delivery")
    assert component.declared_at == "streams.cap-frames.leaves"
    controlled = [*graph.of_type("aws:cloudcontrol/resource:Resource")]
    assert len(controlled) == 2
    assert all(each.parent == component.urn for each in controlled)
