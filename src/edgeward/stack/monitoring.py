"""Plans what is watched: infrastructure, inference and business outcome, each with its threshold.

AWS counts what comes in and what waits. What a model says and what it is good for are measured at
the plant; whoever measures them puts them into the plant's own namespace, by use case.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from edgeward.decision import Placement
from edgeward.declare.bind import milliseconds
from edgeward.names import join_name
from edgeward.site import Site, Stream
from edgeward.stack.naming import ALARM_LIMIT, DASHBOARD_LIMIT, TOPIC_LIMIT
from edgeward.stack.operated import AlarmPlan, MetricPlan, MonitoringPlan, QueuePlan
from edgeward.stack.planned import IngestionPlan
from edgeward.stack.tagging import plan_tags
from edgeward.use_case import UseCase

_HOUR, _DAY = 3600, 24 * 3600
_HOURS_PER_WEEK = 168
"""Also the longest that CloudWatch looks back by the hour or the day."""


def plan_monitoring(
    site: Site,
    placements: Iterable[Placement],
    ingestions: tuple[IngestionPlan, ...],
    queues: tuple[QueuePlan, ...],
) -> MonitoringPlan:
    """The alarms, who hears of them, and one chart for each of the three layers."""
    placed = {placement.use_case for placement in placements}
    cases = sorted((c for c in site.use_cases if c.name in placed), key=lambda case: case.name)
    infrastructure = [
        *(alarm for each in ingestions for alarm in _ingestion_alarms(site, each)),
        *(alarm for each in queues for alarm in _queue_alarms(site, each)),
    ]
    inference = [alarm for case in cases for alarm in _drift_alarms(site, case)]
    outcomes = [
        _own_metric(site, case, case.outcome.measure)
        for case in cases
        if case.outcome is not None and case.outcome.measure
    ]
    charts = {
        "Infrastructure": tuple(each.metric for each in infrastructure),
        "Inference": tuple(each.metric for each in inference),
        "Business outcome": tuple(outcomes),
    }
    plant = f"edgeward-{site.name}"
    return MonitoringPlan(
        name="monitoring",
        topic=join_name(plant, limit=TOPIC_LIMIT),
        notify=who_hears(site),
        alarms=(*infrastructure, *inference),
        dashboard=join_name(plant, limit=DASHBOARD_LIMIT),
        charts={layer: metrics for layer, metrics in charts.items() if metrics},
        tags=plan_tags(site),
        declared_at="cloud.region",
    )


def drift_alarm(site: Site, case: UseCase) -> str | None:
    """The name of the alarm that calls for another training; None where none is possible."""
    alarms = _drift_alarms(site, case) if case.drift and case.drift.then == "retrain" else ()
    return next((alarm.alarm for alarm in alarms), None)


def who_hears(site: Site) -> tuple[str, ...]:
    """The mail addresses that are told: the owner's, where it is one."""
    return (site.owner,) if site.owner and "@" in site.owner else ()


def silence_hours(site: Site, stream: Stream) -> int | None:
    """For how many hours nothing may come in while all is well.

    The worst outage, the time off and the time between two items. None where that is longer than
    an alarm can look back, or not known.
    """
    off = _HOURS_PER_WEEK - (stream.hours_per_week.stated or stream.hours_per_week.low)
    hours = site.connectivity.worst_outage_hours.high + off + _between_items_hours(stream)
    return max(1, math.ceil(hours)) if hours <= _HOURS_PER_WEEK else None


def _between_items_hours(stream: Stream) -> float:
    """At random times, ten mean intervals: one in 22,000 (exp -10) is longer."""
    arrives = stream.arrives
    if arrives is None:
        return math.inf
    if arrives.period_ms is not None:
        return arrives.period_ms.high / 3_600_000
    if arrives.per_hour is not None:
        return 10 / arrives.per_hour.low if arrives.per_hour.low else math.inf
    if arrives.batch is not None:
        return 24 / arrives.batch.per_day.low if arrives.batch.per_day.low else math.inf
    return 0.0


def _ingestion_alarms(site: Site, ingestion: IngestionPlan) -> Iterator[AlarmPlan]:
    stream = site.stream(ingestion.name.removeprefix("ingestion-"))
    yield _dead_letters(site, ingestion.name, ingestion.dead_letter)
    hours = silence_hours(site, stream)
    if hours is not None:
        metric = MetricPlan("AWS/IoT", "TopicMatch", {"RuleName": ingestion.rule}, "Sum")
        says = f"Nothing of {stream.name} in {hours} h: more than the worst outage and the time off"
        name = f"{ingestion.name}-silent"
        yield _alarm(site, name, says, metric, 1, periods=hours, above=False, silence="breaching")


def _queue_alarms(site: Site, queue: QueuePlan) -> Iterator[AlarmPlan]:
    yield _dead_letters(site, queue.name, queue.dead_letter)
    if queue.answer_seconds is not None:
        age = _of_queue(queue.queue, "ApproximateAgeOfOldestMessage")
        says = f"Something waits in {queue.queue} for longer than was promised"
        yield _alarm(site, f"{queue.name}-late", says, age, queue.answer_seconds)


def _dead_letters(site: Site, name: str, queue: str) -> AlarmPlan:
    waiting = _of_queue(queue, "ApproximateNumberOfMessagesVisible")
    return _alarm(site, f"{name}-lost", f"{queue} has messages that were not passed on", waiting, 0)


def _drift_alarms(site: Site, case: UseCase) -> Iterator[AlarmPlan]:
    """Over days by the day, over less by the hour; over more than a week CloudWatch cannot."""
    drift = case.drift
    if drift is None or not drift.metric or drift.over is None or drift.above.stated is None:
        return
    seconds = milliseconds(drift.over) / 1000
    step = _DAY if seconds % _DAY == 0 else _HOUR
    if seconds <= _HOURS_PER_WEEK * _HOUR:
        says = f"{drift.metric} of {case.name} over {drift.over}: {drift.then or 'intervene'}"
        metric = _own_metric(site, case, drift.metric)
        periods = max(1, math.ceil(seconds / step))
        above, name = drift.above.stated, f"drift-{case.name}"
        yield _alarm(site, name, says, metric, above, periods=periods, step=step, silence="missing")


def _alarm(
    site: Site,
    name: str,
    says: str,
    metric: MetricPlan,
    threshold: float,
    *,
    periods: int = 1,
    above: bool = True,
    step: int = _HOUR,
    silence: str = "notBreaching",
) -> AlarmPlan:
    alarm = join_name(f"edgeward-{site.name}", name, limit=ALARM_LIMIT)
    return AlarmPlan(name, alarm, says, metric, above, threshold, step, periods, silence)


def _of_queue(queue: str, metric: str) -> MetricPlan:
    return MetricPlan("AWS/SQS", metric, {"QueueName": queue}, "Maximum")


def _own_metric(site: Site, case: UseCase, metric: str) -> MetricPlan:
    return MetricPlan(f"edgeward/{site.name}", metric, {"use_case": case.name}, "Average")
