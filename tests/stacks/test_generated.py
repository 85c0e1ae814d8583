"""Over generated plants: no cloud rule broken, nothing too wide, no other plant's topic."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edgeward.assess import judge_graph
from edgeward.catalog import Catalog
from edgeward.decision import Decision, Pattern
from edgeward.facts.resource import ONLY_ON_EVERYTHING
from edgeward.graph import ResourceGraph
from edgeward.quantity import exact
from edgeward.session import Session, open_session
from edgeward.site import Asset, Site
from edgeward.stack.capture import capture_plan
from edgeward.stack.delivered import Handed
from edgeward.stack.plan import plan_stack
from edgeward.stack.planned import StackPlan
from edgeward.use_case import Bands, Condition, Review
from edgeward_stacks import guard
from tests.samples import CAP_CHECK, DECISION, FRAMES, GATEWAY, PLACEMENT, SITE
from tests.stacks.linter import lint_policy
from tests.stacks.test_delivery import PACE, hand_to_core
from tests.stacks.topics import may
from tests.unit.stack.test_models import NET

TODAY = date(2026, 11, 30)
ROOT = Path(__file__).parents[2]
NAMES = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,6})?", fullmatch=True)
REVIEW = Review("quality", exact(1), exact(10), exact(0.01), exact(8))

Plant = tuple[Site, Decision, Handed]


@st.composite
def plants(draw: st.DrawFn) -> Plant:
    """A plant with up to three use cases, each with a stream of its own and a place."""
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    device = replace(GATEWAY, name=draw(NAMES), boxes=exact(draw(st.sampled_from([1, 2, 80]))))
    streams, cases, placements = [], [], []
    for name in names:
        assert FRAMES.leaves is not None
        leaves = replace(FRAMES.leaves, kb=exact(draw(st.sampled_from([1, 40, 500]))))
        streams.append(
            replace(FRAMES, name=f"{name}-in", at=device.name, leaves=leaves, kb=exact(1))
        )
        cases.append(
            replace(
                CAP_CHECK,
                name=name,
                reads=(f"{name}-in",),
                review=draw(st.sampled_from([None, REVIEW])),
                bands=Bands(exact(0.9), exact(0.5), draw(st.sampled_from(["human", "cloud"]))),
                drift=Condition(
                    "rejects", exact(0.1), draw(st.sampled_from(["7d", "60d"])), "retrain"
                ),
            )
        )
        cloud = draw(st.booleans())
        placements.append(
            replace(
                PLACEMENT,
                use_case=name,
                inference_tier="cloud" if cloud else "device",
                device="cloud" if cloud else device.name,
                training_tier=draw(st.sampled_from(["cloud", "plant"])),
                pattern=Pattern.CLOUD_ONLY if cloud else Pattern.DUAL_PATH,
            )
        )
    tier = draw(st.sampled_from(["always_on_fiber", "offline_first"]))
    site = replace(
        SITE,
        name=draw(NAMES),
        connectivity=replace(SITE.connectivity, tier=tier),
        assets=(Asset("camera", exact(2)),),
        devices=(device,),
        streams=tuple(streams),
        use_cases=tuple(cases),
        flows=(),
    )
    decision = replace(DECISION, site=site.name, placements=tuple(placements))
    return site, decision, draw(st.sampled_from([_core(device.name), _pulling(device.name)]))


def _core(device: str) -> Handed:
    handed = hand_to_core()
    (deployment,) = handed.deployments.values()
    return replace(handed, deployments={device: deployment}, pace=PACE)


def _pulling(device: str) -> Handed:
    return Handed({}, {}, frozenset({device}), PACE)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(plants())
def test_a_generated_plant_breaks_nothing(plant: Plant) -> None:
    site, *_ = plant
    graph = capture_plan(_plan(plant))
    assert [
        each.message for each in judge_graph(site, _session().book, graph, date(2026, 11, 30))
    ] == []
    for where, text in _documents(graph):
        for statement in json.loads(text)["Statement"]:
            if statement["Effect"] == "Allow":
                _is_narrow(where, statement)
    for text in _topics_of_rules(graph):
        assert text.startswith(f"{site.name}/")


def test_the_list_of_what_may_be_wide_is_one_list() -> None:
    assert guard.ONLY_ON_EVERYTHING == ONLY_ON_EVERYTHING
    assert {each for each in ONLY_ON_EVERYTHING if not each.startswith("greengrass:")} == {
        "ecr:GetAuthorizationToken"
    }


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(plants())
def test_parliament_finds_nothing_in_a_generated_plants_policies(plant: Plant) -> None:
    graph = capture_plan(_plan(plant))
    found = {
        (where, each)
        for where, text in _documents(graph)
        if where.startswith("aws:iam/rolePolicy:")
        for each in lint_policy(text)
    }
    assert found == set()


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(plants(), NAMES)
def test_a_box_talks_on_its_own_topics_as_itself_and_on_no_others(plant: Plant, other: str) -> None:
    site, *_ = plant
    graph = capture_plan(_plan(plant))
    for resource in graph.of_type("aws:iot/policy:Policy"):
        policy = str(resource.inputs["policy"])
        (identity,) = _plan(plant).identities
        thing = identity.things[0] if identity.things else f"{site.name}--joined"
        own = identity.topics.replace("${iot:Connection.Thing.ThingName}", thing)
        assert may(policy, thing, "Connect", f"client/{thing}")
        assert may(policy, thing, "Publish", f"topic/{own}/streams/a")
        assert may(policy, thing, "Subscribe", f"topicfilter/{own}/answers/a/#")
        assert not may(policy, thing, "Connect", f"client/{thing}-{other}")
        assert not may(policy, thing, "Publish", f"topic/{other}x/{own}")
        assert not may(policy, thing, "Publish", f"topic/{site.name}/{other}-other/streams/a")
        for wide in ("#", "+/#", f"{site.name}/#", f"{site.name}/+/streams/#"):
            assert not may(policy, thing, "Subscribe", f"topicfilter/{wide}")
        for service in ("$aws/things/x/shadow/update", "$aws/events/presence/connected/x"):
            assert not may(policy, thing, "Publish", f"topic/{service}")


def _plan(plant: Plant) -> StackPlan:
    site, decision, handed = plant
    return plan_stack(site, decision, _catalog(), handed=handed)


def _is_narrow(where: str, statement: dict[str, list[str]]) -> None:
    actions = statement["Action"]
    listed = [actions] if isinstance(actions, str) else actions
    assert not any("*" in action for action in listed), where
    if "*" in statement.get("Resource", []):
        assert set(listed) <= ONLY_ON_EVERYTHING, where


def _documents(graph: ResourceGraph) -> Iterator[tuple[str, str]]:
    for each in graph.resources:
        for key in ("policy", "assumeRolePolicy"):
            text = each.inputs.get(key)
            if isinstance(text, str) and text.startswith("{"):
                yield f"{each.type} {each.name} {key}", text


def _topics_of_rules(graph: ResourceGraph) -> Iterator[str]:
    for rule in graph.of_type("aws:iot/topicRule:TopicRule"):
        yield str(rule.inputs["sql"]).split(" FROM '")[1]


@cache
def _session() -> Session:
    return open_session(ROOT, TODAY)


@cache
def _catalog() -> Catalog:
    catalog = _session().workspace.catalog
    return replace(catalog, models={**catalog.models, "yolo11s": NET})
