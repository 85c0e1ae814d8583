"""What a plant wants from a model: the action it serves, how long that can wait, who answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from edgeward.quantity import Quantity

Stage = Literal["draft", "pilot", "production", "retired"]
Criticality = Literal["advisory", "quality", "production", "safety"]
Authority = Literal["informs", "advises", "actuates"]
TrainingTier = Literal["cloud", "plant", "vendor"]

TEN_YEARS_HOURS = 10 * 8_760
"""What people write for a time without an end."""


@dataclass(frozen=True, slots=True)
class Latency:
    """How long the action can wait, and what of that time is not the model's."""

    budget_ms: Quantity
    late_allowed: Quantity
    path_ms: Mapping[str, Quantity]
    measured_end_to_end_ms: Mapping[str, Quantity]
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class ModelReference:
    name: str
    version: str | None = None
    precision: str | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """What a variant of the model must reach to be a candidate, in the metric's own unit."""

    metric: str | None
    at_least: Quantity


@dataclass(frozen=True, slots=True)
class Training:
    labels_per_release: Quantity
    label_seconds: Quantity
    cadence: str | None = None
    where: TrainingTier | None = None
    labels_from: str | None = None


@dataclass(frozen=True, slots=True)
class Bands:
    """Scores from `act_above` act, from `defer_above` defer, the rest does `below`."""

    act_above: Quantity
    defer_above: Quantity
    defer_to: str | None = None
    below: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """People who look at what the model was not sure of, or at all it says."""

    by: str | None
    people: Quantity
    seconds_each: Quantity
    expected_share: Quantity
    answer_within_hours: Quantity


@dataclass(frozen=True, slots=True)
class Absent:
    """What the plant does while there is no prediction."""

    do: Literal["safe_action", "last_value", "stop", "human", "none"] | None
    lasts_hours: Quantity
    within_ms: Quantity
    cost_per_hour: Quantity
    text: str | None = None
    then: str | None = None

    @property
    def endless(self) -> bool:
        """Whether it can go on without an end, which people write as ten years and more."""
        return self.lasts_hours.low >= TEN_YEARS_HOURS


@dataclass(frozen=True, slots=True)
class Stop:
    """What a standstill costs, in the plant's currency; not signed, it decides nothing."""

    cost_per_hour: Quantity
    basis: str | None = None
    signed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """How often it happens and what each costs, in the plant's currency."""

    per_month: Quantity
    cost: Quantity


@dataclass(frozen=True, slots=True)
class Mistakes:
    """What wrong and late predictions cost; not signed, they decide nothing.

    How many are `late` need not be said: it follows from the latency ledger.
    """

    false_alarms: Mistake | None = None
    missed: Mistake | None = None
    late: Mistake | None = None
    signed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A metric that passes a threshold, and what happens then."""

    metric: str | None
    above: Quantity
    over: str | None = None
    then: str | None = None


@dataclass(frozen=True, slots=True)
class Updates:
    cadence: str | None = None
    approver: str | None = None
    emergency: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    measure: str | None
    today: Quantity
    target: Quantity
    value_per_year: Quantity | None = None
    """What it is worth to be at the target, in the plant's currency."""


@dataclass(frozen=True, slots=True)
class Retire:
    when: str | None = None
    review_by: str | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """A person's choice of tier; judged like any other, never above a failing rule."""

    tier: str
    because: str | None = None
    owner: str | None = None
    review_by: str | None = None


@dataclass(frozen=True, slots=True)
class Regulation:
    """The class of the use case under the law that applies, who said so, and why."""

    risk: Literal["minimal", "limited", "high", "prohibited"] | None
    because: str | None = None
    by: str | None = None
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Write:
    """Something that the use case sends a value to."""

    to: str
    protocol: str | None = None
    port: Quantity | None = None
    security_policy: str | None = None


@dataclass(frozen=True, slots=True)
class UseCase:
    name: str
    latency: Latency
    stage: Stage | None = None
    owner: str | None = None
    action: str | None = None
    kind: str | None = None
    criticality: Criticality | None = None
    scope: Literal["asset", "line", "site", "fleet"] | None = None
    governed: Literal["locally", "centrally"] | None = None
    authority: Authority | None = None
    writes: tuple[Write, ...] = ()
    reads: tuple[str, ...] = ()
    runs_every: str | None = None
    reachable_from: tuple[str, ...] | None = None
    model: ModelReference | None = None
    quality: Quality | None = None
    training: Training | None = None
    bands: Bands | None = None
    review: Review | None = None
    absent: Absent | None = None
    stop: Stop | None = None
    mistakes: Mistakes | None = None
    updates: Updates | None = None
    drift: Condition | None = None
    rollback: Condition | None = None
    rollback_to: str | None = None
    outcome: Outcome | None = None
    retire: Retire | None = None
    place: Pin | None = None
    protected_by: str | None = None
    standard: str | None = None
    approved_version: str | None = None
    regulation: Regulation | None = None
