"""What waits on a box while the link is away, against the queue that holds it, as a small plot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edgeward.bundle.bundle import Bundle
from edgeward.bundle.sizing import Sizing
from edgeward.figures import format_number
from edgeward.report.duration import HOUR_MS, format_ms

_ROOM = 1.15
"""How far above the queue the plot reaches."""
_ROOM_FOR_END = 75.0
"""Per cent of the width: a label at the end still fits beside that of the outage."""


@dataclass(frozen=True, slots=True)
class BacklogPlot:
    """Points and heights in per cent of the plot, from its upper left corner.

    `back_at` is where the link is back; `empty` says when the queue is, where that has a place.
    """

    alone: str
    together: str | None
    queue_at: str
    alarm_at: str
    back_at: str
    back: str
    empty: str | None
    queue: str
    alarm: str


@dataclass(frozen=True, slots=True)
class BacklogView:
    """`plot` is None where the outage or the rate is not known."""

    device: str
    words: str
    plot: BacklogPlot | None


def view_backlogs(bundles: tuple[Bundle, ...]) -> Iterator[BacklogView]:
    """One for each device that keeps something for the cloud: its boxes are alike."""
    first = {bundle.device: bundle for bundle in reversed(bundles)}
    for device, bundle in sorted(first.items()):
        if bundle.sizing.streams:
            yield BacklogView(device, _say(bundle.sizing), _plot(bundle.sizing))


def _say(sizing: Sizing) -> str:
    if sizing.outage_hours is None or sizing.bytes is None or sizing.alarm_bytes is None:
        return "How much waits is not known: the worst outage or a rate is missing."
    holds = "queue" if not sizing.spool_bytes else "spool" if not sizing.queue_bytes else "queues"
    words = (
        f"After {_hours(sizing.outage_hours)} without the link, {_size(sizing.bytes)} wait on each "
        f"box; its {holds} {'hold' if holds == 'queues' else 'holds'} as much, and an alarm rings "
        f"at {_size(sizing.alarm_bytes)}."
    )
    if sizing.drain_hours is None or sizing.drain_all_hours is None:
        words += " How long it takes to empty is not known, or has no end."
    else:
        alone, together = _hours(sizing.drain_hours), _hours(sizing.drain_all_hours)
        words += f" It is empty {alone} after the link is back"
        words += "." if alone == together else f", {together} if all boxes send at once."
    if sizing.drain_two_hours is not None:
        words += f" Two such outages in a row take {_hours(sizing.drain_two_hours)} to send"
        words += ", and the second finds the queue full."
    return words


def _plot(sizing: Sizing) -> BacklogPlot | None:
    outage, queue, alarm = sizing.outage_hours, sizing.bytes, sizing.alarm_bytes
    if not outage or queue is None or alarm is None:
        return None
    alone = sizing.drain_hours or 0.0
    together = max(alone, sizing.drain_all_hours or 0.0)
    end = outage + together
    back_at = 100 * outage / end
    known = sizing.drain_hours is not None and sizing.drain_all_hours is not None
    return BacklogPlot(
        alone=_points(outage, alone if known else None, end),
        together=_points(outage, together, end) if known and together > alone else None,
        queue_at=f"{_height(1):.2f}",
        alarm_at=f"{_height(alarm / queue):.2f}",
        back_at=f"{back_at:.2f}%",
        back=f"back after {_hours(outage)}",
        empty=f"empty after {_hours(end)}" if known and back_at <= _ROOM_FOR_END else None,
        queue=_size(queue),
        alarm=_size(alarm),
    )


def _points(outage: float, drain: float | None, end: float) -> str:
    """From nothing to a full queue, and back to nothing where it is known when."""
    corners = [(0.0, 0.0), (outage, 1.0)]
    if drain is not None:
        corners.append((outage + drain, 0.0))
    return " ".join(f"{100 * at / end:.2f},{_height(share):.2f}" for at, share in corners)


def _height(share: float) -> float:
    return 100 * (1 - share / _ROOM)


def _hours(hours: float) -> str:
    return format_ms(hours * HOUR_MS)


def _size(size: int) -> str:
    for limit, name in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if size >= limit:
            return f"{format_number(size / limit)} {name}"
    return f"{size} B"
