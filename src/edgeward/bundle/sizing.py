"""How large the queues of a box are, how long they take to empty, and what is given up first.

All of it follows from the declared worst outage, the streams that leave and the uplink; the
arithmetic is that of `edgeward.facts.buffer`. None stands for a number that nobody knows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from edgeward.bundle.box import BOXES, Box
from edgeward.bundle.number import pick_most
from edgeward.facts.buffer import drain_hours, piled_up_mb, sending_hours
from edgeward.facts.stream import items_per_second
from edgeward.quantity import Quantity, total
from edgeward.site import Leaves, Stream

ALARM_SHARE = 0.8
"""Of a queue: what is left must last until somebody has looked."""

_SECONDS_PER_HOUR = 3600.0
_BYTES_PER_MB = 1_000_000
# Defects first, then what was reduced on purpose; raw items can be measured again.
_RANKS = ("exceptions", "features", "summary", "anonymised", "raw")


@dataclass(frozen=True, slots=True)
class StreamQuota:
    """A stream that leaves, as messages or `uploaded`. Priority 1 is sent first; the last one is
    given up first.

    `reduced_by` names what turns the stream into the form in which it leaves.
    """

    name: str
    form: str
    because: str
    order: str
    reduced_by: str
    priority: int
    quota_mb: float | None
    messages: int | None
    uploaded: bool


@dataclass(frozen=True, slots=True)
class Sizing:
    """`bytes` hold what leaves in the worst outage, `alarm_bytes` are a share of it. They are those
    of the broker's queue, which holds `messages`, and of the spool.

    Hours to empty the queue: of this box alone, after two worst outages in a row without time
    between them, and while every box of the plant sends at once.
    """

    outage_hours: float | None
    messages: int | None
    bytes: int | None
    alarm_bytes: int | None
    queue_bytes: int | None
    spool_bytes: int | None
    drain_hours: float | None
    drain_two_hours: float | None
    drain_all_hours: float | None
    streams: tuple[StreamQuota, ...]

    @property
    def dropped_first(self) -> str | None:
        return self.streams[-1].name if len(self.streams) > 1 else None


@lru_cache(maxsize=BOXES)
def size_queues(box: Box) -> Sizing:
    """The sizing of one box, streams in the order of their priority."""
    site, device = box.site, box.device
    backlog = total([piled_up_mb(site, stream, device) for stream in box.leaving])
    whole = _whole(backlog, _BYTES_PER_MB)
    return Sizing(
        outage_hours=_known(site.connectivity.worst_outage_hours),
        messages=_whole(total([_items(box, stream) for stream in box.live]), 1) if box.live else 0,
        bytes=whole,
        alarm_bytes=alarm_of(whole),
        queue_bytes=_bytes(box, box.live),
        spool_bytes=_bytes(box, box.uploaded),
        drain_hours=_known(sending_hours(site, backlog)),
        drain_two_hours=_known(sending_hours(site, backlog.scaled(2))),
        drain_all_hours=_known(drain_hours(site)),
        streams=tuple(_quotas(box)),
    )


def alarm_of(size: int | None) -> int | None:
    """The bytes from which an alarm rings; None where the size is not known."""
    return None if size is None else int(size * ALARM_SHARE)


def _bytes(box: Box, streams: Sequence[Stream]) -> int | None:
    backlog = total([piled_up_mb(box.site, stream, box.device) for stream in streams])
    return _whole(backlog, _BYTES_PER_MB) if streams else 0


def _quotas(box: Box) -> Sequence[StreamQuota]:
    ranked = sorted(box.leaving, key=lambda stream: (_rank(stream.leaves), stream.name))
    return [
        StreamQuota(
            name=stream.name,
            form=_form(stream.leaves),
            because=(stream.leaves.because if stream.leaves else None) or "no reason given",
            order=stream.leaves.order if stream.leaves else "arrival",
            reduced_by=_reduced_by(box, stream),
            priority=index + 1,
            quota_mb=_known(piled_up_mb(box.site, stream, box.device)),
            messages=_whole(_items(box, stream), 1),
            uploaded=stream in box.uploaded,
        )
        for index, stream in enumerate(ranked)
    ]


def _rank(leaves: Leaves | None) -> int:
    form = _form(leaves)
    by_score = leaves is not None and leaves.order == "by_score"
    return 0 if by_score else _RANKS.index(form)


def _form(leaves: Leaves | None) -> str:
    return (leaves.form if leaves else None) or "raw"


def _reduced_by(box: Box, stream: Stream) -> str:
    """Who does the reducing: the use case that scores the stream, else the plant's own capture."""
    if _form(stream.leaves) == "raw":
        return "nobody: it leaves as it is"
    for work in box.works:
        if stream.name in work.job.use_case.reads:
            return f"use_cases.{work.name}"
    return f"the plant's own client streams.{stream.name}"


def _items(box: Box, stream: Stream) -> Quantity:
    """Items that leave in the worst outage: items/s × share × seconds."""
    outage = box.site.connectivity.worst_outage_hours.scaled(_SECONDS_PER_HOUR)
    if stream.leaves is None:
        return items_per_second(box.site, stream, box.device) * outage
    return items_per_second(box.site, stream, box.device) * stream.leaves.share * outage


def _known(quantity: Quantity) -> float | None:
    most = pick_most(quantity)
    return None if most is None else float(f"{most:.4g}")


def _whole(quantity: Quantity, factor: int) -> int | None:
    most = pick_most(quantity)
    return None if most is None else max(1, math.ceil(most * factor))
