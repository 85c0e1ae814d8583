"""The ownership cost of a use case on a host, line by line: what the placement compares.

US dollars a month. Hardware that the plant owns is sunk; keeping a box that runs anyway, for others
or to capture the input, does not count either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from edgeward.catalog import Catalog
from edgeward.cost.line import Grows, Line, expected_usd
from edgeward.facts.cadence import times_a_month
from edgeward.facts.cost_cloud import inference_lines
from edgeward.facts.cost_downtime import (
    Absence,
    Toll,
    absences_of_host,
    downtime_lines,
    failed_update,
    toll_of,
    unpriced_line,
)
from edgeward.facts.cost_edge import Boxes, box_lines, capture_lines, delivery_lines, list_boxes
from edgeward.facts.cost_link import traffic_lines
from edgeward.facts.cost_mistakes import late_lines, wrong_lines
from edgeward.facts.cost_model import (
    Rollouts,
    account_lines,
    model_lines,
    review_lines,
    target_lines,
)
from edgeward.facts.cost_tariff import Tariff
from edgeward.facts.host import Host, Job, artifact_mb
from edgeward.facts.traffic import Both
from edgeward.quantity import ZERO, Quantity, exact
from edgeward.site import Site


@dataclass(frozen=True, slots=True)
class PlantCost:
    """What is the same for every use case of a plant, worked out once, by the name of the host."""

    tariff: Tariff
    hosts: tuple[Host, ...]
    boxes: Mapping[str, Boxes]
    absences: Mapping[str, tuple[Absence, ...]]


@dataclass(frozen=True, slots=True)
class JobCost:
    """What is the same for every host of one use case, worked out once."""

    job: Job
    traffic: Both
    plant: PlantCost
    deliveries: Mapping[tuple[Quantity, str, Grows], tuple[Line, ...]]
    toll: Toll
    failed_updates: tuple[Line, ...]
    everywhere: tuple[Line, ...]
    reduced: tuple[Line, ...]
    rollouts: Rollouts
    trained: bool
    uses_cloud: bool
    capture: Mapping[str, tuple[Line, ...]]


def prepare_plant_cost(site: Site, hosts: tuple[Host, ...], catalog: Catalog) -> PlantCost:
    tariff = Tariff(site, catalog)
    return PlantCost(
        tariff=tariff,
        hosts=hosts,
        boxes=list_boxes(hosts, tariff),
        absences={host.name: absences_of_host(site, host, tariff) for host in hosts},
    )


def prepare_cost(job: Job, traffic: Both, plant: PlantCost) -> JobCost:
    """The lines that do not depend on the host; `capture` is by the device that captures."""
    use_case, tariff = job.use_case, plant.tariff
    releases = times_a_month(
        use_case.updates.cadence if use_case.updates else None, f"{job.path}.updates.cadence"
    )
    trained = use_case.training
    trainings = times_a_month(trained.cadence if trained else None, f"{job.path}.training.cadence")
    if trained is not None and trained.where == "vendor":
        trainings = ZERO
    toll = toll_of(job, tariff)
    return JobCost(
        job=job,
        traffic=traffic,
        plant=plant,
        deliveries={
            each: tuple(delivery_lines(boxes, releases, artifact_mb(job)))
            for each, boxes in {boxes.delivered_as: boxes for boxes in plant.boxes.values()}.items()
        },
        toll=toll,
        failed_updates=tuple(downtime_lines(toll, [failed_update(tariff, releases)])),
        everywhere=(
            *model_lines(job, tariff, releases, trainings),
            *review_lines(job, traffic.items, tariff),
            *wrong_lines(job, tariff),
        ),
        reduced=tuple(traffic_lines(job, traffic.reduced, tariff)),
        trained=trainings.high > 0,
        uses_cloud=trainings.high > 0 or any(v.gb.high > 0 for v in traffic.reduced.volumes),
        rollouts=Rollouts(releases, tariff.automated_hours, "cost.patch_minutes.automated"),
        capture={
            name: tuple(capture_lines(job, boxes))
            for name, boxes in plant.boxes.items()
            if any(each.at == name for each in job.streams)
        },
    )


def cost_lines(prepared: JobCost, host: Host, late_share: Quantity) -> tuple[Line, ...]:
    """Every line of the ownership cost of the use case on a host (R11).

    `late_share` is what the latency ledger there cannot promise.
    """
    job, tariff = prepared.job, prepared.plant.tariff
    late = late_lines(job, tariff, prepared.traffic.items, late_share)
    risk = (*_risk_lines(prepared, host), *late)
    elsewhere = [
        line for name, lines in prepared.capture.items() if name != host.name for line in lines
    ]
    if host.tier == "cloud":
        return (
            *account_lines(tariff, delivers=False),
            *inference_lines(job, prepared.traffic, tariff),
            *target_lines(exact(1), prepared.rollouts, tariff, "fixed"),
            *traffic_lines(job, prepared.traffic.whole, tariff),
            *prepared.everywhere,
            *elsewhere,
            *risk,
        )
    boxes = prepared.plant.boxes[host.name]
    return (
        *box_lines(job, boxes),
        *prepared.deliveries[boxes.delivered_as],
        *(account_lines(tariff, prepared.trained) if prepared.uses_cloud else ()),
        *prepared.reduced,
        *prepared.everywhere,
        *elsewhere,
        *risk,
    )


def _risk_lines(prepared: JobCost, host: Host) -> tuple[Line, ...]:
    if prepared.toll.silent:
        return (unpriced_line(prepared.toll),)
    ways = prepared.plant.absences[host.name]
    return (*downtime_lines(prepared.toll, ways), *prepared.failed_updates)


def billed_usd(lines: Iterable[Line]) -> Quantity:
    """What of the cost is on the cloud's bill, in US dollars a month: lines by its price list."""
    return expected_usd(each for each in lines if each.sources[0].startswith(_LISTED))


def recalled_prices(lines: Iterable[Line], catalog: Catalog) -> tuple[str, ...]:
    """The items whose price is recalled, in no source, and that the expected cost counts on."""
    items = {
        path.removeprefix("prices.")
        for line in lines
        if line.counts and (line.usd_per_month.stated or 0) > 0
        for path in line.sources
        if path.startswith("prices.")
    }
    known = catalog.prices
    return tuple(sorted(each for each in items if known[each].source.basis == "recalled"))


_LISTED = ("prices.", "finance.prices.")
