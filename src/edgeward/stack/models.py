"""Plans what a use case's model needs: where it is registered, how it is trained and served."""

from __future__ import annotations

import math
from collections.abc import Sequence

from edgeward.catalog import Catalog
from edgeward.decision import Placement
from edgeward.facts.automation import serving_recipe, training_recipe
from edgeward.facts.cadence import cadence_days
from edgeward.facts.host import Job, make_job
from edgeward.facts.serving import serving_of
from edgeward.facts.upload import stream_folder
from edgeward.names import join_name
from edgeward.site import Site, Stream
from edgeward.stack.folders import manifest_folder, score_folder, training_folder
from edgeward.stack.learned import EndpointPlan, PipelinePlan, RegistryPlan, TrainingPlan
from edgeward.stack.monitoring import drift_alarm
from edgeward.stack.naming import (
    ENDPOINT_LIMIT,
    EVENT_RULE_LIMIT,
    MODEL_GROUP_LIMIT,
    PIPELINE_LIMIT,
    ROLE_LIMIT,
)
from edgeward.stack.tagging import plan_tags
from edgeward.use_case import UseCase

_ENDPOINT_INSTANCE = "ml.m5.xlarge"
"""The one that the cost of inference in the cloud is worked out for."""


def plan_registry(site: Site, placement: Placement) -> RegistryPlan:
    return RegistryPlan(
        name=f"registry-{placement.use_case}",
        group=_registry_group(site, placement.use_case),
        description=f"Models of {placement.use_case} at {site.name}",
        tags=plan_tags(site, placement.use_case),
        declared_at=f"use_cases.{placement.use_case}.training",
    )


def plan_training(job: Job, streams: Sequence[Stream]) -> TrainingPlan:
    site, use_case = job.site, job.use_case
    recipe = training_recipe(job.model)
    return TrainingPlan(
        name=f"training-{use_case.name}",
        role=_role(site, use_case, "training"),
        reads=_folders(use_case, streams),
        writes=training_folder(use_case.name),
        registry_group=_registry_group(site, use_case.name),
        tags=plan_tags(site, use_case.name),
        declared_at=f"use_cases.{use_case.name}.training",
        manifests=manifest_folder(use_case.name) if recipe else "",
        image=recipe.image if recipe else None,
    )


def plan_pipeline(job: Job, training: TrainingPlan) -> PipelinePlan | None:
    """None where the catalog does not say how the model is trained."""
    site, use_case, recipe = job.site, job.use_case, training_recipe(job.model)
    if recipe is None:
        return None
    quality, plant = use_case.quality, f"edgeward-{site.name}"
    return PipelinePlan(
        name=f"pipeline-{use_case.name}",
        pipeline=join_name(plant, use_case.name, limit=PIPELINE_LIMIT),
        role=_role(site, use_case, "pipeline"),
        training_role=training.role,
        starter_role=_role(site, use_case, "starter"),
        event_rules={
            trigger: join_name(plant, use_case.name, trigger, limit=EVENT_RULE_LIMIT)
            for trigger in ("calendar", "drift")
        },
        image=recipe.image,
        command=recipe.command,
        instance=recipe.instance,
        longest_seconds=math.ceil(recipe.longest_hours * 3600),
        reads=training.reads,
        manifests=training.manifests,
        writes=training.writes,
        registry_group=training.registry_group,
        metric=quality.metric if quality else None,
        at_least=quality.at_least.stated if quality else None,
        drift_alarm=drift_alarm(site, use_case),
        every_days=_every_days(use_case),
        tags=training.tags,
        declared_at=training.declared_at,
    )


def plan_endpoint(job: Job, catalog: Catalog, streams: Sequence[Stream]) -> EndpointPlan | None:
    """None where the catalog does not say what serves the model."""
    site, use_case, recipe = job.site, job.use_case, serving_recipe(job)
    if recipe is None:
        return None
    serving = serving_of(job, catalog)
    return EndpointPlan(
        name=f"endpoint-{use_case.name}",
        endpoint=join_name(f"edgeward-{site.name}", use_case.name, limit=ENDPOINT_LIMIT),
        role=_role(site, use_case, "endpoint"),
        way=serving.way,
        image=recipe.image,
        model_uri=recipe.uri,
        instance=_ENDPOINT_INSTANCE,
        least=serving.least,
        most=serving.most,
        per_minute=serving.per_minute,
        memory_mb=serving.memory_mb,
        concurrency=serving.concurrency,
        reads=_folders(use_case, streams),
        writes=score_folder(use_case.name),
        tags=plan_tags(site, use_case.name),
        declared_at=f"use_cases.{use_case.name}",
    )


def job_of(site: Site, placement: Placement, catalog: Catalog) -> Job:
    case = next(case for case in site.use_cases if case.name == placement.use_case)
    return make_job(site, case, catalog)


def _folders(use_case: UseCase, streams: Sequence[Stream]) -> tuple[str, ...]:
    return tuple(stream_folder(each.name) for each in streams if each.name in use_case.reads)


def _registry_group(site: Site, use_case: str) -> str:
    return join_name(f"edgeward-{site.name}", use_case, limit=MODEL_GROUP_LIMIT)


def _role(site: Site, use_case: UseCase, purpose: str) -> str:
    return join_name(f"edgeward-{site.name}", use_case.name, purpose, limit=ROLE_LIMIT)


def _every_days(use_case: UseCase) -> int | None:
    """The calendar's turn, where there is one; on a trigger or never is no turn."""
    cadence = use_case.training.cadence if use_case.training else None
    days = cadence_days(cadence, "training.cadence")
    return max(1, round(days.low)) if days.exact else None
