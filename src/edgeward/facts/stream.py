"""How much a stream brings, and how much of it leaves the plant.

A rate is the mean while the line runs (`hours_per_week`); kB and GB are decimal. A stream that is
`per` an asset arrives once for each of them, except at a device that is `per` the same asset.
"""

from __future__ import annotations

from edgeward.quantity import ZERO, Quantity, exact, unknown
from edgeward.site import Arrives, Device, Site, Stream

_SECONDS_PER_HOUR = exact(3600)
_DAYS_PER_WEEK = exact(7)
_MS_PER_SECOND = exact(1000)
_MBIT_PER_KB = 8 / 1000
_GB_PER_KB = 1e-6


def sources_at(site: Site, stream: Stream, device: Device | None) -> Quantity:
    """How many assets send the stream to one `device`, or in all where it is None."""
    if device is not None and device.per is not None and device.per == stream.per:
        return exact(1)
    return site.asset_count(stream.per)


def items_per_second(site: Site, stream: Stream, device: Device | None) -> Quantity:
    """Mean items a second at one `device`, or of all assets where it is None.

    Periodic: 1000 / period_ms. Random: per_hour / 3600. Batch: size × per_day × 7 days over the
    running time of a week. Free running without a period: unknown, as is a stream that does not
    say how it arrives.
    """
    return sources_at(site, stream, device) * _rate_of_one(stream)


def raw_mbps(site: Site, stream: Stream, device: Device | None) -> Quantity:
    """Mean Mbit/s of the whole stream while it runs: items/s × kB × 8 / 1000."""
    return (items_per_second(site, stream, device) * stream.kb).scaled(_MBIT_PER_KB)


def leaving_kb_per_second(site: Site, stream: Stream, device: Device | None) -> Quantity:
    """Mean kB/s that may leave the plant while it runs: items/s × share × kB of what leaves."""
    if stream.leaves is None:
        return ZERO
    return items_per_second(site, stream, device) * stream.leaves.share * stream.leaves.kb


def leaving_mbps(site: Site, stream: Stream, device: Device | None) -> Quantity:
    """Mean Mbit/s that may leave the plant while it runs; zero for a stream that stays."""
    return leaving_kb_per_second(site, stream, device).scaled(_MBIT_PER_KB)


def leaving_gb_per_day(site: Site, stream: Stream, device: Device | None) -> Quantity:
    """GB that may leave on a mean day: the rate while running × running seconds of a week / 7."""
    return _gb_per_day(stream, leaving_kb_per_second(site, stream, device))


def raw_gb_per_day(site: Site, stream: Stream, device: Device | None) -> Quantity:
    """GB of the whole stream on a mean day."""
    return _gb_per_day(stream, items_per_second(site, stream, device) * stream.kb)


def _gb_per_day(stream: Stream, kb_per_second: Quantity) -> Quantity:
    running_seconds = stream.hours_per_week * _SECONDS_PER_HOUR / _DAYS_PER_WEEK
    return (kb_per_second * running_seconds).scaled(_GB_PER_KB)


def _rate_of_one(stream: Stream) -> Quantity:
    arrives = stream.arrives
    nothing_known = unknown(f"streams.{stream.name}.arrives")
    if arrives is None:
        return nothing_known
    if arrives.batch is not None:
        items_per_week = arrives.batch.size * arrives.batch.per_day * _DAYS_PER_WEEK
        return items_per_week / (stream.hours_per_week * _SECONDS_PER_HOUR)
    return _rate_without_batches(arrives) or nothing_known


def _rate_without_batches(arrives: Arrives) -> Quantity | None:
    if arrives.period_ms is not None:
        return _MS_PER_SECOND / arrives.period_ms
    if arrives.per_hour is not None:
        return arrives.per_hour / _SECONDS_PER_HOUR
    return None
