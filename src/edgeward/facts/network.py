"""From where a stream is captured to where it is scored: the plant's network or a declared link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edgeward.facts.host import Host, Job
from edgeward.facts.stream import raw_mbps
from edgeward.quantity import ZERO, Quantity, largest, smallest, total
from edgeward.site import Link, Site, Stream
from edgeward.subjects import NetworkFacts


@dataclass(frozen=True, slots=True)
class Hop:
    """A stream's way to its host: what one sender has of it, and what all senders have."""

    stream: Stream
    name: str
    rtt_p99_ms: Quantity
    mbps: Quantity
    shared_mbps: Quantity
    worst_outage_hours: Quantity

    @property
    def latency_ms(self) -> Quantity:
        """Round trip at the tail and the payload: RTT + kB × 8 / (Mbit/s), store and forward."""
        return self.rtt_p99_ms + self.stream.kb.scaled(8) / self.mbps


def list_hops(job: Job, host: Host) -> tuple[Hop, ...]:
    """One for each stream that has to travel inside the plant; none for what is captured there."""
    return tuple(_hops(job, host))


def network_facts(job: Job, hops: tuple[Hop, ...]) -> NetworkFacts:
    """What the streams need of the network inside the plant against what it gives."""
    return NetworkFacts(
        needed_mbps=total([raw_mbps(job.site, hop.stream, None) for hop in hops]),
        available_mbps=smallest(*(hop.shared_mbps for hop in hops)) if hops else ZERO,
    )


def worst_outage_hours(site: Site, host: Host, hops: tuple[Hop, ...]) -> Quantity:
    """The longest that the host may be cut off from what it reads."""
    cloud = site.connectivity.worst_outage_hours if host.device is None else ZERO
    return largest(cloud, *(hop.worst_outage_hours for hop in hops))


def _hops(job: Job, host: Host) -> Iterator[Hop]:
    for stream in job.streams:
        if host.device is not None and stream.at == host.name:
            continue
        declared = _declared(job.site, host, stream)
        if declared is not None:
            yield _over(declared, job.site, stream)
        elif host.device is not None and (host.tier == "plant" or stream.at is not None):
            lan = job.site.lan
            yield Hop(stream, "plant network", lan.rtt_p99_ms, lan.mbps, lan.mbps, ZERO)


def _declared(site: Site, host: Host, stream: Stream) -> Link | None:
    """The link from the capturing device or kind of asset; on the way to the cloud, to anywhere."""
    senders = {
        stream.at,
        stream.per,
        *(each.per for each in site.devices if each.name == stream.at),
    }
    return next(
        (
            link
            for link in site.links
            if link.source in senders and (host.device is None or link.to == host.name)
        ),
        None,
    )


def _over(link: Link, site: Site, stream: Stream) -> Hop:
    senders = site.asset_count(stream.per)
    if not link.shared_uplink_mbps.bounded:
        shared = link.uplink_mbps * senders
    else:
        shared = link.shared_uplink_mbps
    mbps = smallest(link.uplink_mbps, shared / senders)
    return Hop(stream, link.name, link.rtt_p99_ms, mbps, shared, link.worst_outage_hours)
