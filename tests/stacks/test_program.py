from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pulumi
import pulumi_aws as aws
import pytest

import edgeward.resources
from edgeward.errors import NotEvaluated, StaleDecision
from edgeward.graph import SECRET
from edgeward.site import Existing
from edgeward.stack.capture import capture, capture_plan
from edgeward.stack.plan import plan_stack
from edgeward.stack.planned import StackPlan
from edgeward_stacks.program import run
from tests.samples import CATALOG, DECISION, SITE

PLANT = "urn:pulumi:bottling-brno::edgeward::"


def test_the_urns_of_a_plant_are_what_they_were() -> None:
    graph = capture_plan(plan_stack(SITE, DECISION, CATALOG))
    assert [r.urn.removeprefix(PLANT) for r in graph.resources if not r.custom] == [
        "edgeward:cloud:Access::access-line2-gpu",
        "edgeward:cloud:Budget::budget",
        "edgeward:cloud:Identity::identity-line2-gpu",
        "edgeward:cloud:Ingestion::ingestion-cap-frames",
        "edgeward:cloud:Landing::landing",
        "edgeward:cloud:Monitoring::monitoring",
        "edgeward:cloud:Queue::promotions",
        "edgeward:cloud:Registry::registry-cap-check",
        "edgeward:cloud:Signing::signing",
        "edgeward:cloud:Training::training-cap-check",
        "pulumi:pulumi:Stack::edgeward-bottling-brno",
    ]
    urns = {r.urn.removeprefix(PLANT) for r in graph.resources}
    assert "edgeward:cloud:Landing$aws:s3/bucket:Bucket::landing" in urns
    assert "pulumi:providers:aws::aws" in urns


def test_a_bucket_that_is_there_already_is_used_and_nothing_of_it_is_made() -> None:
    site = replace(SITE, existing=Existing("plant-records"))
    graph = capture_plan(plan_stack(site, DECISION, CATALOG))
    made = {r.type for r in graph.resources}
    usual = {r.type for r in capture_plan(plan_stack(SITE, DECISION, CATALOG)).resources}
    of_s3 = {type_ for type_ in usual if type_.startswith("aws:s3/")}
    assert usual - made == {*of_s3, "edgeward:cloud:Landing"}
    (delivery,) = graph.of_type("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream")
    settings = delivery.inputs["extendedS3Configuration"]
    assert isinstance(settings, dict)
    assert settings["bucketArn"] == "arn:aws:s3:::plant-records"
    assert "kmsKeyArn" not in settings
    assert not any("edgeward-bottling-brno-1234" in str(r.inputs) for r in graph.resources)


def test_a_third_level_keeps_all_its_parents_in_the_urn() -> None:
    def program() -> None:
        outer = pulumi.ComponentResource("a:b:Outer", "outer")
        inner = pulumi.ComponentResource(
            "a:b:Inner", "inner", opts=pulumi.ResourceOptions(parent=outer)
        )
        pulumi.ComponentResource("a:b:Leaf", "leaf", opts=pulumi.ResourceOptions(parent=inner))

    urns = [r.urn for r in capture(program, "plant")]
    assert "urn:pulumi:plant::edgeward::a:b:Outer$a:b:Inner$a:b:Leaf::leaf" in urns


def test_every_resource_of_a_plant_names_what_declared_it() -> None:
    graph = capture_plan(plan_stack(SITE, DECISION, CATALOG))
    untold = [r.type for r in graph.resources if not r.declared_at]
    assert untold == ["pulumi:providers:aws", "pulumi:pulumi:Stack"]


def test_a_preview_asks_the_cloud_for_nothing_but_the_account() -> None:
    with pytest.raises(NotEvaluated, match=r"getRegion.*a preview cannot"):
        capture(lambda: aws.get_region() and None, "plant")


def test_a_program_that_fails_leaves_nothing_for_the_next() -> None:
    def failing() -> None:
        pulumi.ComponentResource("a:b:Half", "half")
        raise ZeroDivisionError("in the middle")

    before = capture_plan(plan_stack(SITE, DECISION, CATALOG))
    with pytest.raises(NotEvaluated, match="plant: the stack does not compile: ZeroDivisionError"):
        capture(failing, "plant")
    assert capture_plan(plan_stack(SITE, DECISION, CATALOG)) == before


def test_a_compile_starts_no_thread() -> None:
    running = set(threading.enumerate())
    capture_plan(plan_stack(SITE, DECISION, CATALOG))
    assert set(threading.enumerate()) == running


def test_a_secret_is_marked_and_not_kept() -> None:
    def program() -> None:
        secret = pulumi.Output.secret("hunter2")
        aws.kms.Key("key", description=secret)

    (key,) = [r for r in capture(program, "plant") if r.type == "aws:kms/key:Key"]
    assert key.inputs["description"] == SECRET


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "sites").mkdir()
    (tmp_path / "stacks").mkdir()
    monkeypatch.chdir(tmp_path / "stacks")
    _commit(monkeypatch, lambda *_: plan_stack(SITE, DECISION, CATALOG))
    return tmp_path


def _commit(monkeypatch: pytest.MonkeyPatch, committed: Callable[..., object]) -> None:
    monkeypatch.setattr(edgeward.resources, "plan_committed", committed, raising=False)


def test_pulumi_up_builds_what_a_preview_shows(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def committed(root: Path, name: str, today: date) -> StackPlan:
        asked.extend((root, name, today))
        return plan_stack(SITE, DECISION, CATALOG)

    monkeypatch.setenv("EDGEWARD_NOW", "2026-11-30")
    _commit(monkeypatch, committed)
    built = capture(run, "bottling-brno")
    assert asked == [repository, "bottling-brno", date(2026, 11, 30)]
    shown = capture_plan(plan_stack(SITE, DECISION, CATALOG)).resources
    assert built == tuple(replace(resource, declared_at="") for resource in shown)


def test_pulumi_up_refuses_a_stale_decision(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stale(*_: object) -> StackPlan:
        raise StaleDecision("the lock is stale; run edgeward decide bottling-brno")

    _commit(monkeypatch, stale)
    with pytest.raises(NotEvaluated, match="the lock is stale; run edgeward decide"):
        capture(run, "bottling-brno")


@pytest.mark.parametrize("given", ["tomorrow", "2026-13-01", ""])
def test_pulumi_up_refuses_a_date_that_is_none(
    given: str, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDGEWARD_NOW", given)
    with pytest.raises(NotEvaluated, match="EDGEWARD_NOW is"):
        capture(run, "bottling-brno")


def test_pulumi_up_outside_a_repository_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _commit(monkeypatch, lambda *_: plan_stack(SITE, DECISION, CATALOG))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotEvaluated, match="no folder with sites/"):
        capture(run, "bottling-brno")
