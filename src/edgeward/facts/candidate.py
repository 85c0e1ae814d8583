"""The facts of every use case on every host: what the permit rules judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from edgeward.catalog import Catalog
from edgeward.decision import Ledger
from edgeward.facts.capacity import compute_facts, memory_facts, storage_facts
from edgeward.facts.cost import host_usd_per_month
from edgeward.facts.host import Host, Job, find_run, list_hosts, make_job
from edgeward.facts.latency import latency_ledger
from edgeward.facts.traffic import Traffic, reduced_traffic, whole_traffic
from edgeward.quantity import ZERO, Quantity, exact, largest, total
from edgeward.site import TIERS, Site, Stream
from edgeward.subjects import (
    Candidate,
    DataFacts,
    EvidenceFacts,
    LatencyFacts,
    LinkFacts,
    ReachFacts,
)

_COVERS = {
    "asset": ("device", "plant", "cloud"),
    "line": ("device", "plant", "cloud"),
    "site": ("plant", "cloud"),
    "fleet": ("cloud",),
}
_FALLS_BACK = ("safe_action", "last_value", "human")
_HOURS_A_WEEK = 168.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with the ledger behind its numbers and the host that it stands for."""

    candidate: Candidate
    ledger: Ledger
    host: Host
    job: Job


def weigh_candidates(
    site: Site, catalog: Catalog, thresholds: Mapping[str, Any]
) -> tuple[Weighed, ...]:
    """One for each use case that is not retired and each host of the plant."""
    floors = _tier_floors(thresholds)
    hosts = list_hosts(site, catalog)
    jobs = [make_job(site, each, catalog) for each in site.use_cases if each.stage != "retired"]
    return tuple(each for job in jobs for each in _weigh_job(job, hosts, catalog, floors))


def _weigh_job(
    job: Job, hosts: tuple[Host, ...], catalog: Catalog, floors: Mapping[str, Quantity]
) -> Iterator[Weighed]:
    reduced = reduced_traffic(job, catalog)
    for host in hosts:
        traffic = whole_traffic(job, catalog) if host.tier == "cloud" else reduced
        yield _weigh(job, host, catalog, traffic, floors[host.tier])


def _weigh(
    job: Job, host: Host, catalog: Catalog, traffic: Traffic, tier_floor_ms: Quantity
) -> Weighed:
    use_case = job.use_case
    ledger = latency_ledger(job, host, catalog)
    candidate = Candidate(
        id=f"{use_case.name}@{host.tier}:{host.name}",
        use_case=use_case.name,
        tier=host.tier,
        device=host.name,
        authority=use_case.authority,
        criticality=use_case.criticality,
        stage=use_case.stage or "draft",
        latency=LatencyFacts(
            bound_ms=ledger.bound_ms,
            median_ms=ledger.median_ms,
            budget_ms=use_case.latency.budget_ms,
            tier_floor_ms=tier_floor_ms,
        ),
        memory=memory_facts(job, host, catalog),
        storage=storage_facts(job, host),
        compute=compute_facts(job, host, ledger),
        link=_link(job, traffic),
        data=_data(job),
        reach=_reach(job, host),
        evidence=_evidence(job, host),
        usd_per_month=host_usd_per_month(job, host, ledger, catalog) + traffic.usd_per_month,
    )
    return Weighed(candidate, ledger, host, job)


def _link(job: Job, traffic: Traffic) -> LinkFacts:
    link = job.site.connectivity
    return LinkFacts(
        needed_mbps=traffic.mbps,
        available_mbps=link.uplink_mbps * link.share_for_ml * open_share(job.site),
        worst_outage_hours=link.worst_outage_hours,
        bridged_hours=_bridged_hours(job),
    )


def open_share(site: Site) -> Quantity:
    """The share of the week in which the link may carry bulk data: the sync windows, if any."""
    if site.connectivity.tier != "offline_first" or not site.windows.sync:
        return exact(1)
    hours = total(
        [window.duration_hours * exact(len(window.days) or 7) for window in site.windows.sync]
    )
    return hours.scaled(1 / _HOURS_A_WEEK)


def _bridged_hours(job: Job) -> Quantity:
    """How long the action does without a prediction: its own patience, or the fallback's."""
    patience = job.use_case.latency.budget_ms.scaled(1 / 3_600_000)
    absent = job.use_case.absent
    if absent is None or absent.do not in _FALLS_BACK:
        return patience
    return largest(patience, absent.lasts_hours)


def _data(job: Job) -> DataFacts:
    residency = job.site.cloud.residency
    region = job.site.cloud.region
    return DataFacts(
        input_may_leave=all(_leaves_whole(stream) for stream in job.streams),
        region_in_residency=None if region is None else not residency or in_area(region, residency),
    )


def _leaves_whole(stream: Stream) -> bool:
    """A model in the cloud reads all of a stream, so all of it has to be allowed to leave."""
    return stream.leaves is not None and stream.leaves.share == exact(1)


def in_area(region: str, residency: tuple[str, ...]) -> bool:
    """Whether a region such as `eu-central-1` lies in an area such as `eu`, or is named itself."""
    return any(region == area or region.startswith(f"{area}-") for area in residency)


def _reach(job: Job, host: Host) -> ReachFacts:
    within = job.use_case.reachable_from
    device, scope = host.device, job.use_case.scope
    covered = scope is None or host.tier in _COVERS[scope]
    if device is not None and device.per is not None and scope in ("line", "site"):
        covered = False
    return ReachFacts(
        signal=device is None or within is None or device.name in within,
        scope_covered=covered,
        hosts_model=host.device_class is None or not host.device_class.closed,
    )


def _evidence(job: Job, host: Host) -> EvidenceFacts:
    if host.tier == "cloud":
        return EvidenceFacts(measured=True, soak_minutes=ZERO)
    run = find_run(job, host)
    if run is None:
        return EvidenceFacts(measured=False, soak_minutes=ZERO)
    soak = run.soak_minutes if run.soak_minutes.bounded else ZERO
    return EvidenceFacts(measured=run.p99_ms.exact, soak_minutes=soak)


def _tier_floors(thresholds: Mapping[str, Any]) -> dict[str, Quantity]:
    floors = thresholds["latency"]["tier_floor_ms"]
    return {tier: exact(float(floors[tier])) for tier in TIERS}
