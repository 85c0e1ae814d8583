"""Plans the queues of people: what waits for a review, and releases that wait for their change."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from edgeward.decision import Placement
from edgeward.facts.upload import stream_folder
from edgeward.names import join_name
from edgeward.quantity import Quantity
from edgeward.site import Site
from edgeward.stack.learned import RegistryPlan
from edgeward.stack.naming import EVENT_RULE_LIMIT, QUEUE_LIMIT, ROLE_LIMIT, rule_name
from edgeward.stack.operated import QueuePlan
from edgeward.stack.planned import IngestionPlan, LandingPlan
from edgeward.stack.tagging import plan_tags
from edgeward.use_case import UseCase

_LEAST_BUSY_SECONDS = 300
_LONGEST_BUSY_SECONDS = 12 * 3600
"""What SQS allows."""
_LONGEST_WAIT_SECONDS = 14 * 24 * 3600


def plan_queues(
    site: Site,
    placements: Sequence[Placement],
    landing: LandingPlan,
    ingestions: Iterable[IngestionPlan],
    registries: Sequence[RegistryPlan],
) -> tuple[QueuePlan, ...]:
    """One for each use case whose answers people look at, and one for approved releases."""
    live = {plan.folder: plan for plan in ingestions}
    stored = {prefix.path for prefix in landing.prefixes}
    placed = {placement.use_case for placement in placements}
    reviews = [
        _plan_review(site, case, landing, live)
        for case in sorted(site.use_cases, key=lambda case: case.name)
        if case.name in placed and is_reviewed(case) and stored & _folders(case)
    ]
    promotions = [_plan_promotions(site, registries)] if registries else []
    return (*reviews, *promotions)


def is_reviewed(case: UseCase) -> bool:
    """Whether people look at what the model said."""
    return case.review is not None or (case.bands is not None and case.bands.defer_to == "human")


def _plan_review(
    site: Site, case: UseCase, landing: LandingPlan, live: Mapping[str, IngestionPlan]
) -> QueuePlan:
    folders = sorted(_folders(case))
    topics = [source.topics for f in folders if f in live for source in live[f].sources]
    stored = {prefix.path for prefix in landing.prefixes}
    files = [folder for folder in folders if folder in stored and folder not in live]
    review = case.review
    return _plan_queue(
        site,
        "review",
        case.name,
        topics=tuple(topics),
        files=tuple(files),
        answer_seconds=_seconds(review.answer_within_hours, 3600) if review else None,
        busy_seconds=_seconds(review.seconds_each, 1) if review else None,
    )


def _plan_promotions(site: Site, registries: Sequence[RegistryPlan]) -> QueuePlan:
    """Whoever takes one from it opens the change of `model.version` in git."""
    groups = sorted(registry.group for registry in registries)
    return _plan_queue(site, "promotions", None, approved=tuple(groups))


def _plan_queue(
    site: Site,
    kind: str,
    use_case: str | None,
    *,
    topics: tuple[str, ...] = (),
    files: tuple[str, ...] = (),
    approved: tuple[str, ...] = (),
    answer_seconds: int | None = None,
    busy_seconds: int | None = None,
) -> QueuePlan:
    parts = (f"edgeward-{site.name}", *([use_case] if use_case else []), kind)
    return QueuePlan(
        name="-".join((kind, *([use_case] if use_case else []))),
        queue=join_name(*parts, limit=QUEUE_LIMIT),
        dead_letter=join_name(*parts, "dead-letter", limit=QUEUE_LIMIT),
        rule=rule_name(*parts),
        role=join_name(*parts, limit=ROLE_LIMIT),
        event_rule=join_name(*parts, limit=EVENT_RULE_LIMIT),
        topics=topics,
        files=files,
        approved=approved,
        answer_seconds=answer_seconds and min(answer_seconds, _LONGEST_WAIT_SECONDS),
        busy_seconds=min(max(_LEAST_BUSY_SECONDS, busy_seconds or 0), _LONGEST_BUSY_SECONDS),
        tags=plan_tags(site, use_case),
        declared_at=f"use_cases.{use_case}.review" if use_case else "use_cases",
    )


def _folders(case: UseCase) -> set[str]:
    return {stream_folder(stream) for stream in case.reads}


def _seconds(quantity: Quantity, factor: float) -> int | None:
    """The stated value, else the longest plausible; None where nobody knows."""
    value = quantity.high if quantity.stated is None else quantity.stated
    return math.ceil(value * factor) if math.isfinite(value) else None
