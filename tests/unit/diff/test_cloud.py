"""Resources of two captured graphs: made, altered, replaced, destroyed."""

from __future__ import annotations

from collections.abc import Mapping

from edgeward.diff.change import Action, Concern, Version
from edgeward.diff.cloud import compare_resources, list_lost_stores
from edgeward.graph import UNKNOWN, CapturedResource, Json, ResourceGraph
from edgeward.result import PlantResult


def version(*resources: CapturedResource, region: str = "eu-central-1") -> Version:
    return Version(PlantResult("p", graph=ResourceGraph("p", region, resources)), {})


def resource(type_: str, name: str, inputs: Mapping[str, Json], **more: bool) -> CapturedResource:
    return CapturedResource(f"urn::{type_}::{name}", type_, name, None, True, inputs, **more)


BUCKET = "aws:s3/bucket:Bucket"


def test_each_resource_is_compared_under_its_urn() -> None:
    old = version(
        resource(BUCKET, "stays", {"tags": {"a": "b"}, "arn": UNKNOWN}),
        resource("aws:budgets/budget:Budget", "budget", {"limitAmount": "96", "cost": {}}),
        resource(BUCKET, "gone", {}, retain_on_delete=True),
        resource(BUCKET, "named", {"bucket": "old-name"}),
    )
    new = version(
        resource(BUCKET, "stays", {"tags": {"a": "b"}, "arn": UNKNOWN}),
        resource("aws:budgets/budget:Budget", "budget", {"limitAmount": "140", "cost": {"x": 1}}),
        resource(BUCKET, "named", {"bucket": "new-name"}),
        resource("aws:iot/thing:Thing", "new", {}),
    )
    changes = compare_resources(old, new)
    assert [(each.action, each.name, each.inputs) for each in changes] == [
        (Action.DESTROY, "gone", ()),
        (Action.REPLACE, "named", ("bucket old-name → new-name",)),
        (Action.CREATE, "new", ()),
        (Action.UPDATE, "budget", ("cost", "limitAmount 96 → 140")),
    ]
    lost = list(list_lost_stores(changes))
    assert {each.concern for each in lost} == {Concern.DATA_LOSS}
    assert "gone: leaves the stack and stays in the account" in lost[0].text
    assert "named: replaced" in lost[1].text


def test_another_region_replaces_everything() -> None:
    thing = resource("aws:iot/thing:Thing", "box", {"attributes": {}})
    (change,) = compare_resources(version(thing), version(thing, region="eu-west-1"))
    assert (change.action, change.inputs) == (Action.REPLACE, ("region",))


def test_without_graphs_nothing_is_said() -> None:
    plant = Version(PlantResult("p"), {})
    assert compare_resources(plant, plant) == ()
