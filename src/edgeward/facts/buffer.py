"""What a device has to keep while the link is down, and how long it takes to send it afterwards.

Store and forward (R20): nothing that should leave is dropped in the worst declared outage, and
what piled up is gone before the next one.
"""

from __future__ import annotations

from collections.abc import Iterable

from edgeward.decision import Placement
from edgeward.facts.flow import streams_leaving
from edgeward.facts.stream import leaving_kb_per_second, leaving_mbps, sources_at
from edgeward.facts.upload import uploaded_streams
from edgeward.quantity import ZERO, Quantity, exact, largest, total
from edgeward.site import Device, Site, Stream
from edgeward.subjects import BufferFacts

_HOURS_PER_MONTH = exact(720)
_SECONDS_PER_HOUR = exact(3600)
_MBIT_PER_MB = exact(8)


def buffer_facts(site: Site, device: Device, streams: Iterable[Stream]) -> BufferFacts:
    """The buffer of one device for the `streams` that leave through it.

    needed_mb: Σ items/s × share × kB × outage seconds, as if the line ran all through the worst
    outage; a stream that arrives in batches adds one batch, because the last may come just before
    the link is back. drain_hours: see `drain_hours`. between_outages_hours: 720 / outages a month,
    from the start of one to the start of the next.
    """
    return BufferFacts(
        needed_mb=total([piled_up_mb(site, stream, device) for stream in streams]),
        drain_hours=drain_hours(site),
        between_outages_hours=_HOURS_PER_MONTH / site.connectivity.outages_per_month,
    )


def upload_mbps(site: Site, placements: Iterable[Placement]) -> Quantity:
    """What one box may take of the uplink for its files, where all that upload do so at once.

    (uplink × share for ML − what leaves as messages) / boxes that upload.
    """
    placed = tuple(placements)
    uploaded = uploaded_streams(site, placed)
    live = [each for each in site.streams if each.leaves is not None and each not in uploaded]
    boxes = total(
        [
            device.boxes * site.asset_count(device.per)
            for device in site.devices
            if not set(uploaded).isdisjoint(streams_leaving(site, placed, device.name))
        ]
    )
    return _left_mbps(site, live) / boxes


def drain_hours(site: Site) -> Quantity:
    """Hours until the plant has caught up after its worst outage, whichever device is the last.

    All devices wait for one uplink: backlog of the plant × 8 / (uplink × share for ML − what
    leaves live) / 3600. Infinite where live traffic alone fills the share.
    """
    leaving = [stream for stream in site.streams if stream.leaves is not None]
    backlog_mb = total([piled_up_mb(site, stream, None) for stream in leaving])
    return sending_hours(site, backlog_mb)


def sending_hours(site: Site, backlog_mb: Quantity) -> Quantity:
    """Hours that a backlog takes on what live traffic of the whole plant leaves of the uplink."""
    leaving = [stream for stream in site.streams if stream.leaves is not None]
    return backlog_mb * _MBIT_PER_MB / _left_mbps(site, leaving) / _SECONDS_PER_HOUR


def _left_mbps(site: Site, streams: Iterable[Stream]) -> Quantity:
    """What `streams` leave of the plant's share of the uplink."""
    live_mbps = total([leaving_mbps(site, stream, None) for stream in streams])
    for_ml_mbps = site.connectivity.uplink_mbps * site.connectivity.share_for_ml
    return largest(for_ml_mbps - live_mbps, ZERO)


def piled_up_mb(site: Site, stream: Stream, device: Device | None) -> Quantity:
    """MB of one stream that wait after the worst outage, at one `device` or of all assets."""
    outage_seconds = site.connectivity.worst_outage_hours * _SECONDS_PER_HOUR
    kb = leaving_kb_per_second(site, stream, device) * outage_seconds
    return (kb + _one_batch_kb(site, stream, device)).scaled(1e-3)


def _one_batch_kb(site: Site, stream: Stream, device: Device | None) -> Quantity:
    if stream.leaves is None or stream.arrives is None or stream.arrives.batch is None:
        return ZERO
    size = stream.arrives.batch.size * stream.leaves.share * stream.leaves.kb
    return size * sources_at(site, stream, device)
