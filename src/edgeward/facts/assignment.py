"""Facts that exist only once something is assigned: a device with its whole load, a decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from edgeward.catalog import Catalog
from edgeward.decision import Decision, Placement
from edgeward.facts.automation import serving_recipe, training_recipe
from edgeward.facts.battery import together
from edgeward.facts.buffer import buffer_facts
from edgeward.facts.candidate import Weighed, available_mbps
from edgeward.facts.flow import streams_leaving
from edgeward.facts.host import Job, make_job
from edgeward.facts.stream import leaving_mbps, raw_mbps
from edgeward.facts.training import examples_leave
from edgeward.quantity import ZERO, Quantity, total
from edgeward.site import Device, Site, Stream
from edgeward.subjects import (
    Assignment,
    ComputeFacts,
    DecisionSubject,
    LinkSubject,
    MemoryFacts,
    StorageFacts,
)


def assignments(
    site: Site, decision: Decision, weighed: Sequence[Weighed]
) -> tuple[Assignment, ...]:
    """Each device that something was placed on, with all of it together."""
    placed = {(each.use_case, each.device) for each in decision.placements}
    loads: dict[str, list[Weighed]] = {}
    for each in weighed:
        name = each.host.name
        if each.host.device is not None and (each.candidate.use_case, name) in placed:
            loads.setdefault(name, []).append(each)
    return tuple(
        _assignment(
            site,
            site.device(name),
            loads[name],
            streams_leaving(site, decision.placements, name),
        )
        for name in sorted(loads)
    )


def _assignment(
    site: Site, device: Device, load: list[Weighed], leaving: Iterable[Stream]
) -> Assignment:
    facts = [each.candidate for each in load]
    return Assignment(
        id=device.name,
        device=device.name,
        memory=MemoryFacts(
            needed_mb=_sum(each.memory.needed_mb for each in facts),
            allocatable_mb=facts[0].memory.allocatable_mb,
            accelerator_needed_mb=_sum(each.memory.accelerator_needed_mb for each in facts),
            accelerator_mb=facts[0].memory.accelerator_mb,
        ),
        storage=StorageFacts(
            needed_mb=_sum(each.storage.needed_mb for each in facts),
            available_mb=facts[0].storage.available_mb,
        ),
        compute=ComputeFacts(_sum(each.compute.utilisation for each in facts)),
        battery=together(device, [each.battery.inference_mw for each in facts]),
        buffer=buffer_facts(site, device, leaving),
    )


def _sum(parts: Iterable[Quantity]) -> Quantity:
    return total(list(parts))


def link_subjects(site: Site, decision: Decision) -> tuple[LinkSubject, ...]:
    """What leaves over the link to the cloud once everything has its place; none if nothing has."""
    if not decision.placements:
        return ()
    readers = {each.name: each.reads for each in site.use_cases}
    cloud = {
        name
        for each in decision.placements
        if each.inference_tier == "cloud"
        for name in readers[each.use_case]
    }
    edge = {name for each in decision.placements for name in readers[each.use_case]} - cloud
    rates = [raw_mbps(site, site.stream(name), None) for name in sorted(cloud)]
    rates += [leaving_mbps(site, site.stream(name), None) for name in sorted(edge)]
    return (LinkSubject("connectivity", "connectivity", total(rates), available_mbps(site)),)


_NOWHERE = "nowhere"


def decision_subjects(
    site: Site, decision: Decision, catalog: Catalog
) -> tuple[DecisionSubject, ...]:
    """One for each use case that is ready: whether a place was found, and which."""
    cases = {case.name: case for case in site.use_cases}
    placed = [
        _placed(each, make_job(site, cases[each.use_case], catalog)) for each in decision.placements
    ]
    homeless = [
        DecisionSubject(
            id=each.use_case,
            use_case=each.use_case,
            placed=False,
            inference_tier=_NOWHERE,
            training_tier=_NOWHERE,
            trains_itself=False,
            serves_itself=False,
            examples_leave=False,
            pattern=None,
            bound_ms=ZERO,
            budget_ms=ZERO,
        )
        for each in decision.withheld
        if each.why == "no_tier"
    ]
    return tuple(sorted((*placed, *homeless), key=lambda each: each.id))


def _placed(placement: Placement, job: Job) -> DecisionSubject:
    return DecisionSubject(
        id=placement.use_case,
        use_case=placement.use_case,
        placed=True,
        inference_tier=placement.inference_tier,
        training_tier=placement.training_tier,
        trains_itself=training_recipe(job.model) is not None,
        serves_itself=serving_recipe(job) is not None,
        examples_leave=examples_leave(placement.device, job.streams),
        pattern=placement.pattern.value,
        bound_ms=placement.ledger.bound_ms,
        budget_ms=placement.budget_ms,
    )
