"""What the local broker of a box has to know."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from edgeward.bundle.box import Box
from edgeward.facts.buffer import buffer_facts
from edgeward.facts.stream import items_per_second
from edgeward.quantity import Quantity, total
from edgeward.site import Stream

UNSET_ENDPOINT = "cloud-endpoint.invalid"
"""Stands for the cloud's host until the site names it; RFC 2606 keeps it from ever resolving."""

_SECONDS_PER_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class SentStream:
    """A stream that leaves the plant, `form` and `because` in the words of the declaration."""

    name: str
    form: str
    because: str


@dataclass(frozen=True, slots=True)
class Grant:
    """What one client may do: read or write a topic and what is below it."""

    access: str
    topic: str


@dataclass(frozen=True, slots=True)
class BrokerClient:
    """A client by the common name of its certificate, which is its declaration path."""

    user: str
    grants: tuple[Grant, ...]


@dataclass(frozen=True, slots=True)
class BrokerContext:
    """`topics` is the root below which a message leaves the plant; everything else stays.

    `queued_messages` and `queued_bytes` hold what leaves in the worst outage; 0 means no limit,
    where the outage or the rate is not known.
    """

    site: str
    title: str
    file: str
    device: str
    client: str
    topics: str
    endpoint: str
    listens_to_all: bool
    queued_messages: int
    queued_bytes: int
    sends: tuple[SentStream, ...]
    answers: tuple[str, ...]
    clients: tuple[BrokerClient, ...]


def make_broker_context(box: Box) -> BrokerContext:
    needed = buffer_facts(box.site, box.device, box.leaving).needed_mb
    return BrokerContext(
        site=box.site.name,
        title=box.site.title or box.site.name,
        file=box.site.file,
        device=box.device.name,
        client=box.identity.client,
        topics=box.identity.topics,
        endpoint=box.site.cloud.endpoint or UNSET_ENDPOINT,
        listens_to_all=bool(_publishers(box)),
        queued_messages=_limit(_queued_items(box), 1),
        queued_bytes=_limit(needed, 1_000_000),
        sends=tuple(_sent(stream) for stream in box.leaving),
        answers=box.answers,
        clients=tuple(_clients(box)),
    )


def _publishers(box: Box) -> set[str]:
    here = box.device.name
    return {flow.source for flow in box.flows if flow.target == here and flow.protocol == "mqtt"}


def _queued_items(box: Box) -> Quantity:
    """Items that leave in the worst outage: items/s × share × seconds, and one for each stream."""
    outage = box.site.connectivity.worst_outage_hours.scaled(_SECONDS_PER_HOUR)
    leaving = [
        items_per_second(box.site, stream, box.device) * stream.leaves.share * outage
        for stream in box.leaving
        if stream.leaves is not None
    ]
    return total(leaving)


def _limit(needed: Quantity, factor: int) -> int:
    """The upper end, else what was stated; 0, which is no limit, where neither is known."""
    end = needed.high if math.isfinite(needed.high) else needed.stated
    return 0 if end is None or not math.isfinite(end) else max(1, math.ceil(end * factor))


def _sent(stream: Stream) -> SentStream:
    leaves = stream.leaves
    form = (leaves.form if leaves else None) or "raw"
    return SentStream(stream.name, form, (leaves.because if leaves else None) or "no reason given")


def _clients(box: Box) -> Iterator[BrokerClient]:
    """Capture, other devices, use cases: each reads and writes only what is its own."""
    here = [stream for stream in box.site.streams if stream.at == box.device.name]
    read = {name for work in box.works for name in work.job.use_case.reads}
    for source in sorted(_publishers(box)):
        brought = [s.name for s in box.site.streams if s.at == source and s.name in read]
        if brought:
            grants = (Grant("write", f"local/streams/{name}") for name in brought)
            yield BrokerClient(f"devices.{source}", tuple(grants))
    for stream in sorted(here, key=lambda stream: stream.name):
        grants_here = (Grant("write", f"local/streams/{stream.name}"), *_leave(box, [stream.name]))
        yield BrokerClient(f"streams.{stream.name}", grants_here)
    for work in box.works:
        yield BrokerClient(f"use_cases.{work.name}", _use_case_grants(box, work.name))
    for name in box.answers:
        answers = (Grant("read", f"{box.identity.topics}/answers/{name}"),)
        yield BrokerClient(f"use_cases.{name}", answers)


def _use_case_grants(box: Box, name: str) -> tuple[Grant, ...]:
    reads = next(work.job.use_case.reads for work in box.works if work.name == name)
    return (
        *(Grant("read", f"local/streams/{stream}") for stream in reads),
        Grant("write", f"local/scores/{name}"),
        *_leave(box, reads),
    )


def _leave(box: Box, streams: Iterable[str]) -> Iterator[Grant]:
    leaving = {stream.name for stream in box.leaving}
    for name in streams:
        if name in leaving:
            yield Grant("write", f"{box.identity.topics}/streams/{name}")
