"""The latency ledger: from the event at the machine to the action, term by term.

`bound_ms` is a sum of tails, so it holds at least as often as the terms do together; it is a
conservative bound and not a percentile. The median stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from edgeward.catalog import Catalog, Run
from edgeward.decision import Ledger, Term
from edgeward.declare.bind import milliseconds
from edgeward.facts.host import Host, Job, working_boxes
from edgeward.facts.network import Hop
from edgeward.facts.queue import Demand, wait_ms
from edgeward.facts.stream import items_per_second, sources_at
from edgeward.quantity import ZERO, Quantity, exact, largest, rising, total, unknown
from edgeward.site import Stream


def weigh_latency(
    job: Job, host: Host, run: Run | None, hops: tuple[Hop, ...], catalog: Catalog
) -> tuple[Ledger, Demand]:
    """The ledger of a use case on a host, and what it brings to the queue there.

    A figure measured end to end replaces all terms. Nobody queues in the cloud, which scales.
    """
    measured = job.use_case.latency.measured_end_to_end_ms.get(host.tier)
    if measured is not None:
        whole = Term("end to end", measured, measured, "measured", f"at the {host.tier} tier")
        return _add_up([whole]), _demand(job, host, measured)
    preprocess, inference = _preprocess(host, run, catalog), _inference(host, run, catalog)
    demand = _demand(job, host, preprocess.bound_ms + inference.bound_ms)
    queueing = _queueing(job, host, demand)
    return _add_up([_path(job), preprocess, _network(job, host, hops), queueing, inference]), demand


def ledger_beside(
    job: Job, host: Host, ledger: Ledger, own: Demand, others: Iterable[Demand]
) -> Ledger:
    """The ledger on a host that others use too: the queue holds their items as well."""
    others = tuple(others)
    if not others or all(term.name != "queueing" for term in ledger.terms):
        return ledger
    bound = wait_ms(own, others, misses_each(job, host))
    queueing = _queue_term(own, others, bound, misses_each(job, host))
    return _add_up([queueing if term.name == "queueing" else term for term in ledger.terms])


def _add_up(terms: Sequence[Term]) -> Ledger:
    return Ledger(
        tuple(terms),
        total([term.bound_ms for term in terms]),
        total([term.median_ms for term in terms]),
        total([term.misses for term in terms]),
    )


def _path(job: Job) -> Term:
    parts = job.use_case.latency.path_ms
    spent = total([parts[name] for name in sorted(parts)])
    return Term("path", spent, spent, "declared", ", ".join(sorted(parts)))


def _preprocess(host: Host, run: Run | None, catalog: Catalog) -> Term:
    if run is not None and run.preprocess_ms.bounded:
        return Term("pre-processing", run.preprocess_ms, run.preprocess_ms, "catalog")
    if host.tier == "cloud":
        return Term("pre-processing", ZERO, ZERO, "catalog", "part of the cloud's figure")
    plausible = catalog.range("latency.preprocess_ms")
    return Term("pre-processing", plausible, plausible, "assumed", "not measured on this class")


def _network(job: Job, host: Host, hops: tuple[Hop, ...]) -> Term:
    """The slowest stream's way inside the plant, and the link to the cloud where it goes on."""
    bound = largest(ZERO, *(hop.latency_ms for hop in hops))
    names = sorted({hop.name for hop in hops})
    if host.device is None:
        link = job.site.connectivity
        kb = largest(ZERO, *(stream.kb for stream in job.streams))
        bound = bound + link.rtt_p99_ms + kb.scaled(8) / (link.uplink_mbps * link.share_for_ml)
        names.append("link to the cloud")
    if not names:
        return Term("network", ZERO, ZERO, "declared", "captured on the device")
    median = Quantity(0.0, bound.high, None, bound.rests_on)
    return Term("network", bound, median, "declared", ", ".join(names), _P99)


_P99 = exact(0.01)
"""What a figure at the 99th percentile misses."""


def _demand(job: Job, host: Host, service_ms: Quantity) -> Demand:
    """All streams together; a use case that runs by itself scores one item at a time."""
    if host.device is None:
        return Demand()
    if job.use_case.runs_every is not None:
        load = service_ms / exact(milliseconds(job.use_case.runs_every)) / working_boxes(host)
        return Demand(service_ms, ZERO, service_ms, periodic_load=load)
    parts = [_stream_demand(job, host, stream, service_ms) for stream in job.streams]
    burst = total([part.burst_ms for part in parts])
    ahead = [
        part.ahead_ms + total([other.burst_ms for other in parts if other is not part])
        for part in parts
    ]
    return Demand(
        service_ms,
        largest(ZERO, *ahead),
        burst,
        total([part.periodic_load for part in parts]),
        total([part.random_load for part in parts]),
    )


def _stream_demand(job: Job, host: Host, stream: Stream, service_ms: Quantity) -> Demand:
    arrives = stream.arrives
    if arrives is None:
        nothing_known = unknown(f"streams.{stream.name}.arrives")
        return Demand(service_ms, nothing_known, nothing_known)
    if arrives.kind == "free_running":  # the newest waits at most for the frame in progress
        return Demand(service_ms, service_ms, service_ms)
    rate = items_per_second(job.site, stream, host.device) / exact(1000)
    load = rate * service_ms / working_boxes(host)
    if arrives.kind == "random":
        return Demand(service_ms, random_load=load)
    items = sources_at(job.site, stream, host.device)
    if arrives.batch is not None:
        items = items * arrives.batch.size
    ahead = rising(lambda count: max(count - 1, 0.0), items) * service_ms
    return Demand(service_ms, ahead, items * service_ms, periodic_load=load)


def _queueing(job: Job, host: Host, own: Demand) -> Term:
    if host.device is None:
        return Term("queueing", ZERO, ZERO, "derived", "nothing waits in front")
    misses = misses_each(job, host)
    return _queue_term(own, (), wait_ms(own, (), misses), misses)


def _queue_term(own: Demand, others: tuple[Demand, ...], bound: Quantity, misses: Quantity) -> Term:
    """By the clock the bound always holds; with random work it misses the share it was made for."""
    random = any(each.random_load.high > 0 for each in (own, *others))
    note = f"beside {len(others)} other use cases" if others else "of its own items"
    median = Quantity(0.0, bound.high, None, bound.rests_on)
    return Term("queueing", bound, median, "derived", note, misses if random else ZERO)


def misses_each(job: Job, host: Host) -> Quantity:
    """The share of items that each of the terms with a tail may miss of what may be late.

    A union bound: that any of n terms is over has at most n times the share of one of them.
    """
    return job.use_case.latency.late_allowed.scaled(1 / _tails(host))


def _tails(host: Host) -> int:
    """Network and inference in the cloud; at the edge inference, the network and the queue."""
    return 2 if host.device is None else 3


def _inference(host: Host, run: Run | None, catalog: Catalog) -> Term:
    if host.tier == "cloud":
        figure = catalog.range("cloud_inference.end_to_end_ms")
        return Term("inference", figure, figure, "catalog", "handling, queue and model", _P99)
    if run is not None and run.p99_ms.bounded:
        return _measured(run)
    plausible = catalog.range("latency.inference_ms")
    name = host.device_class.name if host.device_class else host.name
    return Term("inference", plausible, plausible, "assumed", f"not measured on {name}", _P99)


def _measured(run: Run) -> Term:
    """Of a chain that was not measured as one, each model may be late by itself."""
    stages = len(run.sum_of) or 1
    note = ", then ".join(run.sum_of) or run.runtime or ""
    return Term("inference", run.p99_ms, run.p50_ms, "catalog", note, _P99.scaled(stages))
