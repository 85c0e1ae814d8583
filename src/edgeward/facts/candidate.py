"""The facts of every use case on every host: what the permit rules judge."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from edgeward.catalog import Catalog, Run
from edgeward.cost.line import Line, expected_usd
from edgeward.decision import Ledger
from edgeward.facts.battery import battery_facts
from edgeward.facts.capacity import compute_facts, memory_facts, storage_facts
from edgeward.facts.cost import JobCost, PlantCost, cost_lines, prepare_cost, prepare_plant_cost
from edgeward.facts.host import Host, Job, list_hosts, make_job
from edgeward.facts.latency import weigh_latency
from edgeward.facts.level import host_levels, level_facts
from edgeward.facts.network import Hop, list_hops, network_facts, worst_outage_hours
from edgeward.facts.queue import Demand
from edgeward.facts.run import find_run
from edgeward.facts.traffic import traffic_of
from edgeward.quantity import ZERO, Quantity, exact, largest, smallest, total, unknown
from edgeward.site import TIERS, Device, Site, Stream
from edgeward.subjects import (
    Candidate,
    DataFacts,
    EvidenceFacts,
    LatencyFacts,
    LinkFacts,
    QualityFacts,
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
    """A candidate with what is behind its numbers, and the host that it stands for."""

    candidate: Candidate
    ledger: Ledger
    demand: Demand
    host: Host
    job: Job
    lines: tuple[Line, ...] = ()


def weigh_candidates(
    site: Site,
    catalog: Catalog,
    thresholds: Mapping[str, Any],
    only: Collection[str] | None = None,
) -> tuple[Weighed, ...]:
    """One for each use case that is not retired, or is among `only`, and each host of the plant."""
    hosts = list_hosts(site, catalog)
    plant = _Plant(
        catalog=catalog,
        hosts=hosts,
        cost=prepare_plant_cost(site, hosts, catalog),
        tier_floors=_tier_floors(thresholds),
        levels=host_levels(site, hosts),
        available_mbps=available_mbps(site),
    )
    jobs = [
        make_job(site, each, catalog)
        for each in site.use_cases
        if each.stage != "retired" and (only is None or each.name in only)
    ]
    return tuple(each for job in jobs for each in _weigh_job(job, plant))


@dataclass(frozen=True, slots=True)
class _Plant:
    """What is the same for every use case; levels by the name of the host."""

    catalog: Catalog
    hosts: tuple[Host, ...]
    cost: PlantCost
    tier_floors: Mapping[str, Quantity]
    levels: Mapping[str, Quantity]
    available_mbps: Quantity


@dataclass(frozen=True, slots=True)
class _Anywhere:
    """What is the same for one use case wherever it runs."""

    cost: JobCost
    data: DataFacts
    bridged_hours: Quantity


def _weigh_job(job: Job, plant: _Plant) -> Iterator[Weighed]:
    anywhere = _Anywhere(
        cost=prepare_cost(job, traffic_of(job), plant.cost),
        data=_data(job),
        bridged_hours=_bridged_hours(job),
    )
    for host in plant.hosts:
        yield _weigh(job, host, plant, anywhere)


def _weigh(job: Job, host: Host, plant: _Plant, anywhere: _Anywhere) -> Weighed:
    use_case, catalog, cost = job.use_case, plant.catalog, anywhere.cost
    run, hops = find_run(job, host), list_hops(job, host)
    ledger, demand = weigh_latency(job, host, run, hops, catalog)
    lines = cost_lines(cost, host, ledger.misses)
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
            tier_floor_ms=plant.tier_floors[host.tier],
            late_share=ledger.misses,
            late_allowed=use_case.latency.late_allowed,
        ),
        memory=memory_facts(job, host, run, catalog),
        storage=storage_facts(job, host),
        compute=compute_facts(demand),
        battery=battery_facts(job, host, run),
        link=_link(host, hops, plant, anywhere, job.site),
        network=network_facts(job, hops),
        data=anywhere.data,
        reach=_reach(job, host),
        quality=_quality(job, run),
        evidence=_evidence(host, run),
        levels=level_facts(job, host, plant.levels[host.name]),
        usd_per_month=expected_usd(lines),
    )
    return Weighed(candidate, ledger, demand, host, job, lines)


def _link(
    host: Host, hops: tuple[Hop, ...], plant: _Plant, anywhere: _Anywhere, site: Site
) -> LinkFacts:
    traffic = anywhere.cost.traffic
    return LinkFacts(
        may_be_cut=host.device is None or any(hop.worst_outage_hours.high > 0 for hop in hops),
        needed_mbps=(traffic.whole if host.tier == "cloud" else traffic.reduced).mbps,
        available_mbps=plant.available_mbps,
        worst_outage_hours=worst_outage_hours(site, host, hops),
        bridged_hours=anywhere.bridged_hours,
    )


def available_mbps(site: Site) -> Quantity:
    """What the link gives to ML on average: uplink × share × the time that it is open."""
    return site.connectivity.uplink_mbps * site.connectivity.share_for_ml * open_share(site)


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
    device, scope = host.device, job.use_case.scope
    covered = scope is None or host.tier in _COVERS[scope]
    if device is not None and device.per is not None and scope in ("line", "site"):
        covered = False
    return ReachFacts(
        signal=device is None or (_same_asset(job, device) and _listed(job, device)),
        scope_covered=covered,
        hosts_model=host.device_class is None or not host.device_class.closed,
    )


def _listed(job: Job, device: Device) -> bool:
    within = job.use_case.reachable_from
    return within is None or device.name in within


def _same_asset(job: Job, device: Device) -> bool:
    """A box on one kind of asset does not see what another kind of asset captures."""
    return device.per is None or all(stream.per in (None, device.per) for stream in job.streams)


def _quality(job: Job, run: Run | None) -> QualityFacts:
    """The worst measurement of the metric for the precision that would run there."""
    asked = job.use_case.quality
    if asked is None:
        return QualityFacts(False, ZERO, ZERO)
    artifact = job.artifact.precision if job.artifact else None
    precision = (run.precision if run else None) or artifact
    measured = [
        each.value
        for each in (job.model.accuracy if job.model else ())
        if each.metric == asked.metric and each.precision in (None, precision)
    ]
    reached = smallest(*measured) if measured else unknown(f"{job.path}.quality.metric")
    return QualityFacts(True, reached, asked.at_least)


def _evidence(host: Host, run: Run | None) -> EvidenceFacts:
    if host.tier == "cloud":
        return EvidenceFacts(measured=True, soak_minutes=ZERO)
    if run is None:
        return EvidenceFacts(measured=False, soak_minutes=ZERO)
    soak = run.soak_minutes if run.soak_minutes.bounded else ZERO
    return EvidenceFacts(measured=run.p99_ms.exact, soak_minutes=soak)


def _tier_floors(thresholds: Mapping[str, Any]) -> dict[str, Quantity]:
    floors = thresholds["latency"]["tier_floor_ms"]
    return {tier: exact(float(floors[tier])) for tier in TIERS}
