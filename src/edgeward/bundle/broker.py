"""What the local broker of a box has to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from edgeward.bundle.box import BOXES, Box
from edgeward.bundle.sizing import StreamQuota, size_queues

UNSET_ENDPOINT = "cloud-endpoint.invalid"
"""Stands for the cloud's host until the site names it; RFC 2606 keeps it from ever resolving."""


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

    `queued_messages` and `queued_bytes` hold what leaves of `streams` in the worst outage; 0 means
    no limit, where the outage or the rate is not known. What is uploaded goes past the broker.
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
    streams: tuple[StreamQuota, ...]
    answers: tuple[str, ...]
    clients: tuple[BrokerClient, ...]


@lru_cache(maxsize=BOXES)
def make_broker_context(box: Box) -> BrokerContext:
    sizing = size_queues(box)
    return BrokerContext(
        site=box.site.name,
        title=box.site.title or box.site.name,
        file=box.site.file,
        device=box.device.name,
        client=box.identity.client,
        topics=box.identity.topics,
        endpoint=box.site.cloud.endpoint or UNSET_ENDPOINT,
        listens_to_all=bool(_publishers(box)),
        queued_messages=sizing.messages or 0,
        queued_bytes=sizing.queue_bytes or 0,
        streams=tuple(stream for stream in sizing.streams if not stream.uploaded),
        answers=box.answers,
        clients=tuple(_clients(box)),
    )


def _publishers(box: Box) -> set[str]:
    here = box.device.name
    return {flow.source for flow in box.flows if flow.target == here and flow.protocol == "mqtt"}


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
    leaving = {stream.name for stream in box.live}
    for name in streams:
        if name in leaving:
            yield Grant("write", f"{box.identity.topics}/streams/{name}")
