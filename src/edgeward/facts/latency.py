"""The latency ledger: from the event at the machine to the action, term by term.

`bound_ms` is a sum of tails, so it holds at least as often as the terms do together; it is a
conservative bound and not a percentile. The median stands beside it.
"""

from __future__ import annotations

import math

from edgeward.catalog import Catalog, Run
from edgeward.decision import Ledger, Term
from edgeward.facts.host import Host, Job, find_run
from edgeward.quantity import ZERO, Quantity, exact, rising, total, unknown
from edgeward.site import Stream


def latency_ledger(job: Job, host: Host, catalog: Catalog) -> Ledger:
    """The ledger of a use case on a host; a figure measured end to end replaces all its terms."""
    measured = job.use_case.latency.measured_end_to_end_ms.get(host.tier)
    if measured is not None:
        terms = [Term("end to end", measured, measured, "measured", f"at the {host.tier} tier")]
    else:
        run = find_run(job, host)
        inference = _inference(host, run, catalog)
        terms = [
            _path(job),
            _preprocess(host, run, catalog),
            _network(job, host),
            _queueing(job, host, inference),
            inference,
        ]
    return Ledger(
        tuple(terms),
        total([term.bound_ms for term in terms]),
        total([term.median_ms for term in terms]),
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


def _network(job: Job, host: Host) -> Term:
    """One way with the payload, at the tail: RTT + size / rate (store and forward)."""
    here = [stream for stream in job.streams if host.device and stream.at == host.name]
    if host.device is not None and (host.tier == "device" or len(here) == len(job.streams)):
        away = [stream for stream in job.streams if stream.at not in (None, host.name)]
        if not away:
            return Term("network", ZERO, ZERO, "declared", "captured on the device")
    link, name = job.site.connectivity, "link to the cloud"
    rtt, mbps = link.rtt_p99_ms, link.uplink_mbps * link.share_for_ml
    if host.tier != "cloud":
        rtt, mbps, name = job.site.lan.rtt_p99_ms, job.site.lan.mbps, "plant network"
    kb = rising(max, *(stream.kb for stream in job.streams), ZERO) if job.streams else ZERO
    transfer = kb.scaled(8) / mbps if kb != ZERO else ZERO  # kB × 8 = kbit; kbit / Mbit/s = ms
    bound = rtt + transfer
    median = Quantity(transfer.low, bound.high, None, bound.rests_on)
    return Term("network", bound, median, "declared", name)


def _queueing(job: Job, host: Host, inference: Term) -> Term:
    """The wait for the model while it serves what came before, by how the items arrive."""
    if host.tier == "cloud" or job.use_case.runs_every is not None:
        return Term("queueing", ZERO, ZERO, "derived", "nothing waits in front")
    waits = [_wait(job, host, stream, inference.bound_ms) for stream in job.streams]
    bound = rising(max, *waits, ZERO) if waits else ZERO
    return Term("queueing", bound, Quantity(0.0, bound.high, None, bound.rests_on), "derived")


def _wait(job: Job, host: Host, stream: Stream, service_ms: Quantity) -> Quantity:
    arrives = stream.arrives
    sources = _sources(job, host, stream)
    if arrives is None:
        return unknown(f"streams.{stream.name}.arrives")
    if arrives.kind == "free_running":
        return service_ms  # the newest waits at most for the frame in progress
    if arrives.kind == "periodic":
        return _others(sources) * service_ms
    if arrives.kind == "batch" and arrives.batch is not None:
        return _others(sources * arrives.batch.size) * service_ms
    per_hour = arrives.per_hour or unknown(f"streams.{stream.name}.arrives")
    allowed = job.use_case.latency.late_allowed
    decades = Quantity(
        math.log(1 / allowed.high),
        math.log(1 / max(allowed.low, 1e-12)),
        math.log(1 / allowed.stated) if allowed.stated else None,
        allowed.rests_on,
    )
    return rising(random_wait_ms, per_hour * sources, service_ms, decades)


def random_wait_ms(per_hour: float, service_ms: float, nats: float) -> float:
    """The wait that all but exp(-nats) of randomly arriving items stay under, in ms.

    Kingman's exponential bound for a single server (J. F. C. Kingman, "Inequalities in the theory
    of queues", 1970), with Poisson arrivals and a service time of at most `service_ms`:
    P(wait > t) ≤ exp(-θt), θ the positive root of ρ(exp(θs) - 1) = θs. Infinite from ρ = 1 on.
    """
    load = per_hour / 3_600_000 * service_ms
    if load >= 1:
        return math.inf
    if load == 0:
        return 0.0
    low, high = 0.0, 1.0
    while load * math.expm1(high) < high:
        low, high = high, high * 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if load * math.expm1(middle) < middle else (low, middle)
    return nats * service_ms / low if low > 0 else math.inf


def _others(count: Quantity) -> Quantity:
    """Worst phase of equal items served first come, first served: all others are in front.

    Σ(⌊t/T⌋ + 1)s - t is greatest at t = 0 for a utilisation below 1 (network calculus, Le Boudec
    and Thiran, 2001), so the last of n waits for n - 1.
    """
    return rising(lambda items: max(items - 1, 0.0), count)


def _sources(job: Job, host: Host, stream: Stream) -> Quantity:
    """How many assets feed the host: one, where it is one of them itself."""
    if stream.per is None or (host.device is not None and host.device.per == stream.per):
        return exact(1)
    return job.site.asset_count(stream.per)


def _inference(host: Host, run: Run | None, catalog: Catalog) -> Term:
    if host.tier == "cloud":
        figure = catalog.range("cloud_inference.end_to_end_ms")
        return Term("inference", figure, figure, "catalog", "upload handling, queue and model")
    if run is not None and run.p99_ms.bounded:
        return Term("inference", run.p99_ms, run.p50_ms, "catalog", run.runtime or "")
    plausible = catalog.range("latency.inference_ms")
    name = host.device_class.name if host.device_class else host.name
    return Term("inference", plausible, plausible, "assumed", f"never measured on {name}")
