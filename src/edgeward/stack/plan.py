"""Works out what a plant's cloud side needs from the plant and its decision, as plain values."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from edgeward.catalog import Catalog
from edgeward.decision import Decision, Placement
from edgeward.errors import InvalidDeclaration, Problem
from edgeward.facts.host import CLOUD
from edgeward.facts.upload import bucket_stem, is_live, landing_streams, stream_folder
from edgeward.names import join_name
from edgeward.quantity import Quantity
from edgeward.site import Site, Stream
from edgeward.stack.delivered import NOTHING_HANDED, Handed
from edgeward.stack.delivery import plan_delivery
from edgeward.stack.folders import quarantine_folder, training_folder
from edgeward.stack.identity import complete_identities, plan_identities
from edgeward.stack.ingestion import plan_accesses, plan_ingestions
from edgeward.stack.learned import SigningPlan
from edgeward.stack.models import job_of, plan_endpoint, plan_pipeline, plan_registry, plan_training
from edgeward.stack.monitoring import plan_monitoring, who_hears
from edgeward.stack.naming import (
    BUDGET_LIMIT,
    KEY_ALIAS_LIMIT,
    partition,
)
from edgeward.stack.operated import BudgetPlan
from edgeward.stack.planned import LandingPlan, Prefix, StackPlan
from edgeward.stack.queues import plan_queues
from edgeward.stack.requests import refuse_strangers
from edgeward.stack.tagging import plan_tags

_LEAST_BUDGET_USD = Decimal(25)


def plan_stack(
    site: Site,
    decision: Decision,
    catalog: Catalog,
    requests: Mapping[str, str] = MappingProxyType({}),
    handed: Handed = NOTHING_HANDED,
) -> StackPlan:
    """The plant's cloud side, for the use cases that have a placement.

    `requests` are signing requests of boxes, by thing; `handed` is what AWS's agents are told.
    Raises InvalidDeclaration where something is needed and no region is declared, or for a request
    of a box that is none of the plant's.
    """
    placements = sorted(decision.placements, key=lambda placement: placement.use_case)
    streams = landing_streams(site, placements)
    trained = [placement for placement in placements if placement.training_tier == CLOUD]
    scored = [placement for placement in placements if placement.inference_tier == CLOUD]
    if not (streams or trained or scored):
        return StackPlan(site.name, empty_because=_why_empty(placements))
    region = _region(site)
    identities = plan_identities(site, placements, streams)
    refuse_strangers(site.name, requests, (t for each in identities for t in each.things))
    accesses = plan_accesses(site, placements, identities, streams)
    ingestions = plan_ingestions(site, placements, identities, streams)
    landing = _plan_landing(site, streams, placements)
    registries = tuple(plan_registry(site, placement) for placement in trained)
    learning = [job_of(site, placement, catalog) for placement in trained]
    answering = [job_of(site, placement, catalog) for placement in scored]
    trainings = tuple(plan_training(job, streams) for job in learning)
    pipelines = (plan_pipeline(*each) for each in zip(learning, trainings, strict=True))
    endpoints = (plan_endpoint(job, catalog, streams) for job in answering)
    queues = plan_queues(site, placements, landing, ingestions, registries)
    return StackPlan(
        site=site.name,
        region=region,
        partition=partition(region),
        landing=replace(landing, tells_of_files=any(queue.files for queue in queues)),
        identities=complete_identities(identities, accesses, requests, handed),
        accesses=accesses,
        ingestions=ingestions,
        registries=registries,
        trainings=trainings,
        pipelines=tuple(each for each in pipelines if each),
        endpoints=tuple(each for each in endpoints if each),
        queues=queues,
        signing=_plan_signing(site, trained),
        delivery=plan_delivery(site, identities, handed),
        monitoring=plan_monitoring(site, placements, ingestions, queues),
        budget=_plan_budget(site, placements),
    )


def _why_empty(placements: list[Placement]) -> str:
    if not placements:
        return "no use case of the plant has a placement"
    return "every use case runs and is trained inside the plant, and nothing that it reads leaves"


def _region(site: Site) -> str:
    if site.cloud.region is not None:
        return site.cloud.region
    where = site.origin("cloud.region")
    message = "the plant has a cloud side but no region; write for example eu-central-1"
    raise InvalidDeclaration(
        (Problem(where.file, where.line, where.column, "cloud.region", message),)
    )


def _plan_landing(
    site: Site, streams: Sequence[Stream], placements: list[Placement]
) -> LandingPlan:
    prefixes = [
        prefix for stream in streams for prefix in _stream_prefixes(site, stream, placements)
    ]
    prefixes += [
        Prefix(training_folder(p.use_case), None, f"use_cases.{p.use_case}.training")
        for p in placements
        if p.training_tier == CLOUD
    ]
    causes = [f"streams.{stream.name}.leaves" for stream in streams]
    causes += [f"use_cases.{p.use_case}" for p in placements if p.inference_tier == CLOUD]
    causes += [f"use_cases.{p.use_case}" for p in placements if p.training_tier == CLOUD]
    return LandingPlan(
        name="landing",
        bucket_stem=bucket_stem(site),
        existing=site.existing.bucket,
        prefixes=tuple(prefixes),
        tags=plan_tags(site),
        declared_at=causes[0],
    )


def _stream_prefixes(site: Site, stream: Stream, placements: list[Placement]) -> Iterator[Prefix]:
    """What was refused is kept no longer than what was taken."""
    days, path = _days(stream.retention_days), f"streams.{stream.name}"
    yield Prefix(stream_folder(stream.name), days, path)
    if is_live(site, stream, placements):
        yield Prefix(quarantine_folder(stream.name), days, path)


def _days(retention: Quantity) -> int | None:
    """Whole days, at least the one that S3 can do; the longest plausible where none is stated."""
    days = retention.high if retention.stated is None else retention.stated
    return max(1, math.ceil(days)) if math.isfinite(days) else None


def _plan_signing(site: Site, trained: list[Placement]) -> SigningPlan | None:
    """What the cloud trains and a device runs is signed on its way."""
    delivered = [p.use_case for p in trained if p.inference_tier != CLOUD]
    if not delivered:
        return None
    return SigningPlan(
        name="signing",
        alias=join_name(f"edgeward-{site.name}", "models", limit=KEY_ALIAS_LIMIT),
        tags=plan_tags(site),
        declared_at=f"use_cases.{delivered[0]}.training",
    )


def _plan_budget(site: Site, placements: list[Placement]) -> BudgetPlan:
    tags = plan_tags(site)
    return BudgetPlan(
        name="budget",
        budget=join_name(f"edgeward-{site.name}", limit=BUDGET_LIMIT),
        limit_usd=max(_LEAST_BUDGET_USD, sum(map(_dear_end, placements), Decimal(0))),
        site_tag=tags["site"],
        notify=who_hears(site),
        tags=tags,
        declared_at="cloud.region",
    )


def _dear_end(placement: Placement) -> Decimal:
    """The most that it may add to the bill in a month, in whole dollars; 0 where nobody knows."""
    billed = placement.billed_usd_per_month
    cost = placement.usd_per_month if billed is None else billed
    dear = cost.high if math.isfinite(cost.high) else cost.stated
    return Decimal(0) if dear is None or not math.isfinite(dear) else Decimal(math.ceil(dear))
