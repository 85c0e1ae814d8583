from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgeward.decision import Decision, Pattern, Placement
from edgeward.errors import InvalidDeclaration
from edgeward.quantity import Quantity, between, exact, unknown
from edgeward.site import Asset, Cloud, Device, Origin, Site
from edgeward.stack.plan import plan_stack
from edgeward.stack.planned import IdentityPlan, Source
from tests.samples import CAP_CHECK, CATALOG, DECISION, FRAMES, GATEWAY, PLACEMENT, SITE

INSIDE = replace(PLACEMENT, training_tier="plant", pattern=Pattern.LOCAL_ONLY)


def _decided(*placements: Placement) -> Decision:
    return replace(DECISION, placements=placements)


def _identity(device: Device, **site: object) -> IdentityPlan:
    (identity,) = plan_stack(replace(SITE, devices=(device,), **site), DECISION, CATALOG).identities
    return identity


def test_everything_planned_names_the_declaration_that_caused_it() -> None:
    assert plan_stack(SITE, DECISION, CATALOG).causes() == {
        "landing": "streams.cap-frames.leaves",
        "identity-line2-gpu": "streams.cap-frames.leaves",
        "access-line2-gpu": "streams.cap-frames.leaves",
        "ingestion-cap-frames": "streams.cap-frames.leaves",
        "registry-cap-check": "use_cases.cap-check.training",
        "training-cap-check": "use_cases.cap-check.training",
        "promotions": "use_cases",
        "signing": "use_cases.cap-check.training",
        "monitoring": "cloud.region",
        "budget": "cloud.region",
    }


def test_a_plant_that_keeps_everything_inside_has_nothing_in_the_cloud() -> None:
    site = replace(SITE, streams=(replace(FRAMES, leaves=None),), cloud=Cloud())
    plan = plan_stack(site, _decided(INSIDE), CATALOG)
    assert plan.empty_because == (
        "every use case runs and is trained inside the plant, and nothing that it reads leaves"
    )
    assert plan.causes() == {}


def test_a_withheld_use_case_brings_nothing_into_the_cloud() -> None:
    plan = plan_stack(SITE, _decided(), CATALOG)
    assert plan.empty_because == "no use case of the plant has a placement"


def test_a_stream_that_leaves_is_enough_for_a_bucket_and_an_identity() -> None:
    plan = plan_stack(SITE, _decided(INSIDE), CATALOG)
    assert plan.landing is not None
    assert [(prefix.path, prefix.expire_days) for prefix in plan.landing.prefixes] == [
        ("streams/cap-frames/", 30),
        ("quarantine/cap-frames/", 30),
    ]
    assert [identity.things for identity in plan.identities] == [("bottling-brno--line2-gpu",)]
    assert (plan.registries, plan.trainings) == ((), ())


def test_inference_in_the_cloud_alone_needs_a_bucket_but_no_identity() -> None:
    site = replace(SITE, streams=(replace(FRAMES, leaves=None),))
    plan = plan_stack(
        site, _decided(replace(INSIDE, inference_tier="cloud", device="cloud")), CATALOG
    )
    assert plan.landing is not None
    assert plan.landing.declared_at == "use_cases.cap-check"
    assert plan.identities == ()


def test_without_a_region_the_error_says_where_and_what_to_write() -> None:
    origins = {"cloud": Origin("sites/bottling-brno/site.yaml", 9, 1)}
    site = replace(SITE, cloud=Cloud(), origins=origins)
    with pytest.raises(InvalidDeclaration, match=r"site\.yaml:9:1 cloud\.region: .*eu-central-1"):
        plan_stack(site, DECISION, CATALOG)


@pytest.mark.parametrize(
    ("retention", "days"),
    [
        (exact(30), 30),
        (exact(0), 1),
        (exact(0.5), 1),
        (between(10, 90, "x", 45.2), 46),
        (between(10, 90, "x"), 90),
        (unknown("x"), None),
    ],
)
def test_records_stay_as_long_as_declared_and_never_shorter_than_plausible(
    retention: Quantity, days: int | None
) -> None:
    site = replace(SITE, streams=(replace(FRAMES, retention_days=retention),))
    landing = plan_stack(site, DECISION, CATALOG).landing
    assert landing is not None
    assert landing.prefixes[0].expire_days == days


@pytest.mark.parametrize(
    ("cost", "limit"),
    [
        (exact(12), 25),
        (exact(340.01), 341),
        (between(100, 800, "x", 300), 800),
        (Quantity(0, float("inf"), 90), 90),
        (unknown("x"), 25),
    ],
)
def test_the_budget_is_the_dear_end_of_what_the_placements_cost(cost: Quantity, limit: int) -> None:
    budget = plan_stack(SITE, _decided(replace(PLACEMENT, usd_per_month=cost)), CATALOG).budget
    assert budget is not None
    assert budget.limit_usd == Decimal(limit)
    assert budget.notify == ("plant-it@example.com",)


def test_each_of_several_boxes_is_a_thing_with_topics_of_its_own() -> None:
    identity = _identity(replace(GATEWAY, boxes=exact(2)))
    assert identity.things == ("bottling-brno--line2-gpu--1", "bottling-brno--line2-gpu--2")
    assert identity.client == "${iot:Connection.Thing.ThingName}"
    assert identity.topics == "bottling-brno/line2-gpu/${iot:Connection.Thing.ThingName}"


def test_a_device_per_asset_counts_once_for_each() -> None:
    device = replace(GATEWAY, per="camera", boxes=exact(2))
    identity = _identity(device, assets=(Asset("camera", exact(25)),))
    assert len(identity.things) == 50


@pytest.mark.parametrize("count", [exact(51), between(1, 4, "assets.camera.count", 2)])
def test_too_many_or_an_unknown_number_of_things_join_a_group(count: Quantity) -> None:
    device = replace(GATEWAY, per="camera")
    identity = _identity(device, assets=(Asset("camera", count),))
    assert identity.things == ()
    assert identity.group == "bottling-brno--line2-gpu"
    assert "fleet provisioning" in (identity.provisioning or "")


def test_tags_say_who_owns_and_who_pays_and_labels_never_override() -> None:
    site = replace(SITE, labels={"cost_centre": "4711", "site": "wrong", "aws:x": "no"})
    plan = plan_stack(site, DECISION, CATALOG)
    assert plan.landing is not None
    assert plan.landing.tags == {
        "cost_centre": "4711",
        "managed-by": "edgeward",
        "owner": "plant-it@example.com",
        "site": "bottling-brno",
        "use_case": "shared",
    }
    assert plan.trainings[0].tags["owner"] == "ml-vision@example.com"
    assert plan.trainings[0].tags["use_case"] == "cap-check"


def test_a_stream_of_small_items_comes_in_over_mqtt_from_its_own_client_only() -> None:
    (ingestion,) = plan_stack(SITE, DECISION, CATALOG).ingestions
    topics = "bottling-brno/line2-gpu/streams/cap-frames/#"
    assert ingestion.sources == (Source(topics, "'bottling-brno--line2-gpu'"),)


@pytest.mark.parametrize("kb", [exact(40), exact(400)])
def test_a_stream_that_no_use_case_reads_has_no_way_in(kb: Quantity) -> None:
    """Its folder would have no retention."""
    assert FRAMES.leaves is not None
    unread = replace(FRAMES, name="unread", leaves=replace(FRAMES.leaves, kb=kb))
    plan = plan_stack(replace(SITE, streams=(FRAMES, unread)), DECISION, CATALOG)
    assert [ingestion.folder for ingestion in plan.ingestions] == ["streams/cap-frames/"]
    assert [access.writes for access in plan.accesses] == [()]


def test_each_of_several_boxes_sends_as_who_its_topic_says() -> None:
    site = replace(SITE, devices=(replace(GATEWAY, boxes=exact(2)),))
    (ingestion,) = plan_stack(site, DECISION, CATALOG).ingestions
    topics = "bottling-brno/line2-gpu/+/streams/cap-frames/#"
    assert ingestion.sources == (Source(topics, "topic(3)"),)


@pytest.mark.parametrize("kb", [exact(129), between(10, 1600, "x", 40), unknown("x")])
def test_items_that_may_be_too_large_for_a_message_are_uploaded(kb: Quantity) -> None:
    assert FRAMES.leaves is not None
    site = replace(SITE, streams=(replace(FRAMES, leaves=replace(FRAMES.leaves, kb=kb)),))
    plan = plan_stack(site, _decided(INSIDE), CATALOG)
    assert plan.ingestions == ()
    assert [access.writes for access in plan.accesses] == [("streams/cap-frames/",)]
    assert plan.identities[0].role_alias == plan.accesses[0].role_alias


def test_a_plant_that_is_offline_first_uploads_what_has_piled_up() -> None:
    site = replace(SITE, connectivity=replace(SITE.connectivity, tier="offline_first"))
    plan = plan_stack(site, DECISION, CATALOG)
    assert plan.ingestions == ()
    (access,) = plan.accesses
    assert (access.writes, access.reads) == (("streams/cap-frames/",), ("models/cap-check/",))


def test_a_device_that_neither_uploads_nor_takes_models_gets_no_role() -> None:
    plan = plan_stack(SITE, _decided(INSIDE), CATALOG)
    assert plan.accesses == ()
    assert plan.identities[0].role_alias is None


NAMES = st.from_regex(r"[a-z][a-z0-9_-]{0,80}", fullmatch=True)


@given(
    st.from_regex(r"[a-z][a-z0-9-]{0,38}", fullmatch=True),
    st.lists(NAMES, min_size=1, max_size=4, unique=True),
    NAMES,
    st.integers(1, 60),
)
def test_aws_accepts_every_name_of_every_plan(
    plant: str, use_cases: list[str], device: str, boxes: int
) -> None:
    plan = plan_stack(*_plant(plant, use_cases, device, boxes), CATALOG)
    assert plan.landing is not None
    bucket = f"{plan.landing.bucket_stem}-123456789012"
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]", bucket)
    groups = [registry.group for registry in plan.registries]
    assert all(re.fullmatch(r"[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}", group) for group in groups)
    roles = [training.role for training in plan.trainings]
    assert all(re.fullmatch(r"[\w+=,.@-]{1,64}", role) for role in roles)
    (identity,) = plan.identities
    things = [*identity.things, identity.group or "group", identity.policy]
    assert all(re.fullmatch(r"[a-zA-Z0-9:_-]{1,128}", thing) for thing in things)
    rules = [ingestion.rule for ingestion in plan.ingestions]
    assert all(re.fullmatch(r"[a-zA-Z0-9_]{1,110}", rule) for rule in rules)
    for names in (groups, roles, identity.things):
        assert len(set(names)) == len(names)


def _plant(plant: str, use_cases: list[str], device: str, boxes: int) -> tuple[Site, Decision]:
    site = replace(
        SITE,
        name=plant,
        devices=(replace(GATEWAY, name=device, boxes=exact(boxes)),),
        streams=(replace(FRAMES, at=device),),
        use_cases=tuple(replace(CAP_CHECK, name=name) for name in use_cases),
    )
    placements = [replace(PLACEMENT, use_case=name, device=device) for name in use_cases]
    return site, _decided(*placements)
