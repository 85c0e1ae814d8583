"""What people need to run a plant's cloud side: queues, alarms, a budget; parts of its plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class QueuePlan:
    """Work that waits for somebody: messages of `topics`, new files in folders, approved models.

    `files` and `approved` (model groups) come as events, matched by the rule `event_rule`.
    `answer_seconds` is how long an item may wait, None where nobody says; `busy_seconds` how long
    somebody who has taken one keeps it from others.
    """

    name: str
    queue: str
    dead_letter: str
    rule: str
    role: str
    event_rule: str
    topics: tuple[str, ...]
    files: tuple[str, ...]
    approved: tuple[str, ...]
    answer_seconds: int | None
    busy_seconds: int
    tags: Mapping[str, str]
    declared_at: str


@dataclass(frozen=True, slots=True)
class MetricPlan:
    namespace: str
    metric: str
    dimensions: Mapping[str, str]
    statistic: str


@dataclass(frozen=True, slots=True)
class AlarmPlan:
    """Goes off when the metric is above (or below) `threshold` for `periods` × `period_seconds`.

    `silence` is what it means that nothing is measured: breaching, notBreaching or missing.
    """

    name: str
    alarm: str
    says: str
    metric: MetricPlan
    above: bool
    threshold: float
    period_seconds: int
    periods: int
    silence: str


@dataclass(frozen=True, slots=True)
class MonitoringPlan:
    """Who hears of which alarm, and a dashboard: its charts by layer."""

    name: str
    topic: str
    notify: tuple[str, ...]
    alarms: tuple[AlarmPlan, ...]
    dashboard: str
    charts: Mapping[str, tuple[MetricPlan, ...]]
    tags: Mapping[str, str]
    declared_at: str


@dataclass(frozen=True, slots=True)
class BudgetPlan:
    """The monthly budget in US dollars, filtered by the plant's tag."""

    name: str
    budget: str
    limit_usd: Decimal
    site_tag: str
    notify: tuple[str, ...]
    tags: Mapping[str, str]
    declared_at: str
