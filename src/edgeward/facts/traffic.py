"""What of a use case crosses the link to the cloud, stream by stream."""

from __future__ import annotations

from dataclasses import dataclass

from edgeward.facts.host import Job
from edgeward.facts.stream import items_per_second
from edgeward.quantity import ZERO, Quantity, exact, total
from edgeward.site import Stream

_RUNNING_SECONDS = exact(3600 * 365.0 / 12 / 7)  # of an hour a week, in a mean month
_MBIT_PER_KB = 8 / 1000
_GB_PER_KB = 1e-6


@dataclass(frozen=True, slots=True)
class Volume:
    """What of one stream crosses the link: items and GB a month, `kb` an item."""

    stream: Stream
    items: Quantity
    kb: Quantity
    gb: Quantity


@dataclass(frozen=True, slots=True)
class Traffic:
    """Mean Mbit/s over the link while the streams run, and what crosses it in a month."""

    mbps: Quantity
    volumes: tuple[Volume, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """The traffic of a use case with its model in the cloud, and in the plant.

    `items_per_second` while the streams run, `items` a month: what the model scores.
    """

    whole: Traffic
    reduced: Traffic
    items_per_second: Quantity
    items: Quantity


def traffic_of(job: Job) -> Both:
    """A model in the cloud reads all of a stream there; else what may leave does, in its form."""
    rates = [items_per_second(job.site, stream, None) for stream in job.streams]
    whole = [
        _volume(stream, rate, stream.kb) for stream, rate in zip(job.streams, rates, strict=True)
    ]
    reduced = [
        _volume(stream, rate * stream.leaves.share, stream.leaves.kb)
        if stream.leaves
        else _volume(stream, ZERO, ZERO)
        for stream, rate in zip(job.streams, rates, strict=True)
    ]
    return Both(
        whole=_traffic(whole),
        reduced=_traffic(reduced),
        items_per_second=total(rates),
        items=total([volume.items for _, volume in whole]),
    )


def _volume(stream: Stream, rate: Quantity, kb: Quantity) -> tuple[Quantity, Volume]:
    items = rate * stream.hours_per_week * _RUNNING_SECONDS
    return (rate * kb).scaled(_MBIT_PER_KB), Volume(
        stream, items, kb, (items * kb).scaled(_GB_PER_KB)
    )


def _traffic(parts: list[tuple[Quantity, Volume]]) -> Traffic:
    return Traffic(total([mbps for mbps, _ in parts]), tuple(volume for _, volume in parts))
