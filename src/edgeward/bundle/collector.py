"""What the collector of a box has to know: where telemetry goes, and how much of it may wait."""

from __future__ import annotations

from dataclasses import dataclass

from edgeward.bundle.box import Box
from edgeward.bundle.number import pick_most

_BYTES_PER_SECOND = 2000
"""Of telemetry of one box: some 200 series a minute and its log lines, as OTLP; assumed."""
_SMALLEST_QUEUE = 16_000_000
_LARGEST_QUEUE = 512_000_000
_SECONDS_PER_HOUR = 3600


@dataclass(frozen=True, slots=True)
class CollectorContext:
    """`telemetry` is the host that takes OTLP over HTTPS; without one nothing leaves the box, and
    the collector writes files that it turns over by itself. `queue_bytes` is on disk."""

    site: str
    title: str
    file: str
    device: str
    client: str
    telemetry: str | None
    queue_bytes: int


def make_collector_context(box: Box) -> CollectorContext:
    return CollectorContext(
        site=box.site.name,
        title=box.site.title or box.site.name,
        file=box.site.file,
        device=box.device.name,
        client=box.identity.client,
        telemetry=box.site.cloud.telemetry,
        queue_bytes=_queue_bytes(box),
    )


def _queue_bytes(box: Box) -> int:
    """What the box says about itself in the worst outage, within bounds that any disk has."""
    hours = pick_most(box.site.connectivity.worst_outage_hours)
    if hours is None:
        return _LARGEST_QUEUE
    needed = int(hours * _SECONDS_PER_HOUR * _BYTES_PER_SECOND)
    return min(_LARGEST_QUEUE, max(_SMALLEST_QUEUE, needed))
