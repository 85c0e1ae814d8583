"""What the catalog says of a model becomes a pipeline and an endpoint, or nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from edgeward.catalog import Artifact, Catalog, Model, ModelServing, ModelTraining
from edgeward.declare.workspace import load_workspace
from edgeward.quantity import between, exact, unknown
from edgeward.stack.learned import EndpointPlan, PipelinePlan
from edgeward.stack.plan import plan_stack
from edgeward.use_case import Condition, Quality, UseCase
from tests.samples import CAP_CHECK, DECISION, MONTHLY, PLACEMENT, SITE

IMAGE = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/net:1.0.0"
TRAINING = ModelTraining(
    exact(2), exact(1.5), image=IMAGE, entrypoint="python -m net", instance="g4dn.xlarge"
)
ARTIFACT = Artifact("int8", exact(12), uri="s3://models/net/model.tar.gz")
NET = Model("yolo11s", "1.0.0", "Net", (ARTIFACT,), (), TRAINING, serving=ModelServing(IMAGE))
SHIPPED = load_workspace(Path(__file__).parents[3]).catalog


def _catalog(model: Model) -> Catalog:
    return replace(SHIPPED, models={"yolo11s": model})


def _pipeline(model: Model = NET, case: UseCase = CAP_CHECK) -> PipelinePlan | None:
    site = replace(SITE, use_cases=(case,))
    pipelines = plan_stack(site, DECISION, _catalog(model)).pipelines
    return pipelines[0] if pipelines else None


def _endpoint(model: Model = NET, budget_ms: float = 60.0) -> EndpointPlan | None:
    latency = replace(CAP_CHECK.latency, budget_ms=exact(budget_ms))
    site = replace(SITE, use_cases=(replace(CAP_CHECK, latency=latency),))
    scored = replace(PLACEMENT, inference_tier="cloud", device="cloud")
    decision = replace(DECISION, placements=(scored,))
    endpoints = plan_stack(site, decision, _catalog(model)).endpoints
    return endpoints[0] if endpoints else None


def test_a_model_with_all_that_training_needs_has_a_pipeline() -> None:
    plan = _pipeline()
    assert plan is not None
    assert plan.image == IMAGE
    assert (plan.command, plan.instance) == (("python", "-m", "net"), "ml.g4dn.xlarge")
    assert plan.longest_seconds == 2 * 1.5 * 3600
    assert plan.reads == ("streams/cap-frames/",)
    assert plan.training_role == "edgeward-bottling-brno--cap-check--training"


@pytest.mark.parametrize(
    "training",
    [
        replace(TRAINING, image=None),
        replace(TRAINING, image="ghcr.io/somebody/net:1.0.0"),
        replace(TRAINING, entrypoint=None),
        replace(TRAINING, instance=None),
        replace(TRAINING, gpu_hours=unknown("x")),
    ],
)
def test_without_one_of_them_there_is_none(training: ModelTraining) -> None:
    assert _pipeline(replace(NET, training=training)) is None


def test_it_stops_after_twice_what_a_run_may_take() -> None:
    plan = _pipeline(replace(NET, training=replace(TRAINING, gpu_hours=between(1, 4, "x"))))
    assert plan is not None
    assert plan.longest_seconds == 8 * 3600


def test_the_use_case_says_what_a_release_must_reach_and_what_starts_it() -> None:
    case = replace(
        CAP_CHECK,
        quality=Quality("recall", exact(0.97)),
        drift=Condition("reject_rate", exact(0.02), "7d", "retrain"),
        training=replace(MONTHLY, cadence="quarterly"),
    )
    plan = _pipeline(case=case)
    assert plan is not None
    assert (plan.metric, plan.at_least) == ("recall", 0.97)
    assert plan.drift_alarm == "edgeward-bottling-brno--drift-cap-check"
    assert plan.every_days == 91


def test_a_model_that_is_trained_on_a_trigger_has_no_calendar() -> None:
    plan = _pipeline(case=replace(CAP_CHECK, training=replace(MONTHLY, cadence="on_trigger")))
    assert plan is not None
    assert plan.every_days is None


@pytest.mark.parametrize(
    ("budget", "ways"),
    [
        (60.0, {"real_time"}),
        (60_000.0, {"real_time", "serverless"}),
        (86_400_000.0, {"real_time", "serverless", "batch"}),
    ],
)
def test_an_endpoint_is_served_in_a_way_that_its_budget_allows(
    budget: float, ways: set[str]
) -> None:
    plan = _endpoint(budget_ms=budget)
    assert plan is not None
    assert plan.way in ways
    assert 1 <= plan.least <= plan.most
    assert plan.memory_mb % 1024 == 0
    assert 1 <= plan.concurrency <= 200


@pytest.mark.parametrize(
    "model",
    [
        replace(NET, serving=None),
        replace(NET, serving=ModelServing("docker.io/somebody/serving")),
        replace(NET, artifacts=(replace(ARTIFACT, uri="https://example.com/net.onnx"),)),
        replace(NET, artifacts=()),
    ],
)
def test_a_model_that_nothing_serves_has_no_endpoint(model: Model) -> None:
    assert _endpoint(model) is None
