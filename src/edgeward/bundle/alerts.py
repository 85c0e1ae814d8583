"""What is watched on a box, in three layers, with thresholds that the plant declared.

A threshold that nobody declared gives no alert: silence is said in the inventory, not faked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from edgeward.bundle.box import Box, Work
from edgeward.bundle.number import pick_least
from edgeward.bundle.sizing import ALARM_SHARE, alarm_of, size_queues
from edgeward.bundle.window import DAYS, ClockWindow, maintenance_windows
from edgeward.bundle.workloads import Workload, list_services
from edgeward.site import Site
from edgeward.use_case import Condition

_DAY = 86_400
_WEEK = 7 * _DAY
_EPOCH_SINCE_MONDAY = 3 * _DAY  # 1 January 1970 was a Thursday
_DURATION = re.compile(r"([1-9][0-9]*)(ms|s|min|h|d|w)")
_NOT_METRIC = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class QuietTime:
    """`(seconds since 1970 + shift) mod a week < seconds` holds in the window, in local time."""

    shift: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """A declared measure of a use case that must not stay `above` a value; `metric` is its label.

    `direction` is ">" or "<": an outcome may be meant to grow.
    """

    use_case: str
    metric: str
    direction: str
    value: float
    over: str
    means: str


@dataclass(frozen=True, slots=True)
class AlertsContext:
    """`late_allowed` and the like come with each of `services`; None or 0 means no such alert."""

    site: str
    title: str
    file: str
    device: str
    quiet_times: tuple[QuietTime, ...]
    services: tuple[Workload, ...]
    drifts: tuple[Threshold, ...]
    rollbacks: tuple[Threshold, ...]
    outcomes: tuple[Threshold, ...]
    backlog_alarm_bytes: int | None
    bridged: bool
    uploads: bool
    spool_alarm_bytes: int | None
    outage_alarm_minutes: int | None
    ambient_c_max: float | None


def make_alerts_context(box: Box) -> AlertsContext:
    sizing = size_queues(box)
    outage = pick_least(box.site.connectivity.worst_outage_hours)
    return AlertsContext(
        site=box.site.name,
        title=box.site.title or box.site.name,
        file=box.site.file,
        device=box.device.name,
        quiet_times=quiet_times(box.site),
        services=list_services(box),
        drifts=tuple(_conditions(box, "drift")),
        rollbacks=tuple(_conditions(box, "rollback")),
        outcomes=tuple(_outcomes(box)),
        backlog_alarm_bytes=alarm_of(sizing.queue_bytes),
        bridged=bool(box.live or box.asks),
        uploads=bool(box.uploaded),
        spool_alarm_bytes=alarm_of(sizing.spool_bytes),
        outage_alarm_minutes=_minutes(outage) if box.leaving or box.asks else None,
        ambient_c_max=pick_least(box.device.ambient_c_max),
    )


def quiet_times(site: Site) -> tuple[QuietTime, ...]:
    """One for each day of each maintenance window."""
    return tuple(
        _quiet_time(window, day)
        for window in maintenance_windows(site)
        for day in window.days or DAYS
    )


def metric_label(name: str) -> str:
    """A declared measure as the label of a metric: small letters, digits and underscores."""
    return _NOT_METRIC.sub("_", name.lower()).strip("_")[:60] or "unnamed"


def _quiet_time(window: ClockWindow, day: str) -> QuietTime:
    hour, minute = map(int, window.start.split(":"))
    start = DAYS.index(day) * _DAY + hour * 3600 + minute * 60
    return QuietTime(_EPOCH_SINCE_MONDAY + _WEEK - start, min(_WEEK, window.seconds))


def _conditions(box: Box, kind: str) -> Iterator[Threshold]:
    for work in box.works:
        case = work.job.use_case
        found = case.drift if kind == "drift" else case.rollback
        means = (found.then if found else None) or kind
        yield from _threshold(work, found, "roll back" if kind == "rollback" else means)


def _threshold(work: Work, found: Condition | None, means: str) -> Iterator[Threshold]:
    above = pick_least(found.above) if found is not None else None
    if found is not None and found.metric and above is not None:
        label = metric_label(found.metric)
        yield Threshold(work.name, label, ">", above, _prometheus_duration(found.over), means)


def _outcomes(box: Box) -> Iterator[Threshold]:
    """Worse than before the use case: today's value, on the side away from the target."""
    for work in box.works:
        outcome = work.job.use_case.outcome
        today = pick_least(outcome.today) if outcome is not None else None
        target = pick_least(outcome.target) if outcome is not None else None
        if outcome is None or not outcome.measure or today is None or target is None:
            continue
        direction = ">" if target < today else "<"
        label = metric_label(outcome.measure)
        yield Threshold(work.name, label, direction, today, "1d", "worse than before")


def _prometheus_duration(text: str | None) -> str:
    found = _DURATION.fullmatch(text or "")
    if found is None:
        return "1h"
    return f"{found[1]}{'m' if found[2] == 'min' else found[2]}"


def _minutes(hours: float | None) -> int | None:
    return None if not hours else max(1, int(hours * 60 * ALARM_SHARE))
