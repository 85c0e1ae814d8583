"""A model on the device where it was placed: how it gets there, its evidence, a dead box."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from edgeward.catalog import Catalog
from edgeward.decision import Decision
from edgeward.facts.age import days_old
from edgeward.facts.candidate import Weighed
from edgeward.facts.host import artifact_mb
from edgeward.facts.run import find_run
from edgeward.quantity import ZERO, Quantity, exact, largest
from edgeward.site import Device, Window
from edgeward.subjects import EvidenceAgeFacts, FailureFacts, ReleaseSubject, UpdateFacts

_SECONDS_PER_HOUR = exact(3600)
_MBIT_PER_MB = exact(8)


def release_subjects(
    decision: Decision, weighed: Sequence[Weighed], catalog: Catalog, today: date
) -> tuple[ReleaseSubject, ...]:
    """One for each use case that was placed in the plant, in the order of the decision."""
    by_place = {(each.candidate.use_case, each.host.name): each for each in weighed}
    placed = [by_place[each.use_case, each.device] for each in decision.placements]
    return tuple(
        ReleaseSubject(
            id=f"{each.candidate.use_case}@{each.host.name}",
            use_case=each.candidate.use_case,
            device=each.host.name,
            update=_update(each),
            evidence=_evidence_age(each, catalog, today),
            failure=_failure(each, each.host.device),
        )
        for each in placed
        if each.host.device is not None
    )


def _failure(weighed: Weighed, device: Device) -> FailureFacts:
    rebuild = device.run_by.rebuild_hours if device.run_by else ZERO
    return FailureFacts(
        declared=device.run_by is not None and rebuild.bounded,
        spare=device.spares.low >= 1,
        rebuild_hours=rebuild,
        bridged_hours=weighed.candidate.link.bridged_hours,
    )


def _update(weighed: Weighed) -> UpdateFacts:
    """download_hours: MB × 8 / (downlink × share for ML) / 3600, once for the whole plant."""
    link, windows = weighed.job.site.connectivity, weighed.job.site.windows
    if link.tier != "offline_first" or not windows.sync:
        return UpdateFacts(bool(windows.maintenance), ZERO, _longest(windows.maintenance))
    mbps = link.downlink_mbps * link.share_for_ml
    download = artifact_mb(weighed.job) * _MBIT_PER_MB / mbps / _SECONDS_PER_HOUR
    return UpdateFacts(True, download, _longest(windows.sync))


def _longest(windows: tuple[Window, ...]) -> Quantity:
    return largest(ZERO, *(window.duration_hours for window in windows))


def _evidence_age(weighed: Weighed, catalog: Catalog, today: date) -> EvidenceAgeFacts:
    """From the last day of the date that the run's tail figure has in the catalog."""
    run, model = find_run(weighed.job, weighed.host), weighed.job.model
    if run is None or model is None:
        return EvidenceAgeFacts(dated=False, age_days=ZERO)
    path = f"models.{model.name}.runs.{model.runs.index(run)}"
    figures = (catalog.sources.get(f"{path}.{key}") for key in ("p99_ms", "p50_ms", "mean_ms"))
    stated = next((each.date for each in figures if each and each.date), None)
    if stated is None:
        return EvidenceAgeFacts(dated=False, age_days=ZERO)
    return EvidenceAgeFacts(dated=True, age_days=exact(max(days_old(stated, today), 0)))
