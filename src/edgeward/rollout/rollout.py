"""A rollout as its file declares it, and what it needs to know of a plant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from edgeward.site import Freeze, Window

Intent = Literal["running", "paused", "aborted"]


@dataclass(frozen=True, slots=True)
class Gate:
    """A sequential test on a share of bad events; both errors are probabilities."""

    metric: str
    events_per_hour: float
    usual_share: float
    bad_share: float
    false_alarm: float
    missed: float


@dataclass(frozen=True, slots=True)
class Stage:
    """The first stage is the canary, with `count`; the others take a `share` or `labels`."""

    soak_hours: float
    share: float | None = None
    labels: Mapping[str, str] | None = None
    count: int | None = None
    at_once: int | None = None


@dataclass(frozen=True, slots=True)
class Emergency:
    approver: str
    because: str


@dataclass(frozen=True, slots=True)
class Rollout:
    """`stages` begin with the canary. No `plants` and no `labels` means every plant."""

    name: str
    file: str
    release: int
    back_to: int
    owner: str
    approver: str
    stages: tuple[Stage, ...]
    gate: Gate
    intent: Intent = "running"
    outcome_required: bool = False
    plants: tuple[str, ...] = ()
    labels: Mapping[str, str] | None = None
    abort_above_share: float = 0
    pairs: tuple[tuple[str, str], ...] = ()
    parked: bool = False
    activation_hours: float = 1
    silent_hours: float = 24
    not_before: date | None = None
    emergency: Emergency | None = None

    def partners(self, plant: str) -> tuple[str, ...]:
        """The plants that stand in for this one."""
        pairs = [pair for pair in self.pairs if plant in pair]
        return tuple(each for pair in pairs for each in pair if each != plant)


@dataclass(frozen=True, slots=True)
class Plant:
    """What a rollout needs of a plant; `safety`: a use case there is a safety function (R28)."""

    name: str
    timezone: str
    windows: tuple[Window, ...] = ()
    freezes: tuple[Freeze, ...] = ()
    labels: Mapping[str, str] | None = None
    safety: bool = False

    def has(self, labels: Mapping[str, str] | None) -> bool:
        if not labels:
            return True
        own = self.labels or {}
        return all(own.get(key) == value for key, value in labels.items())
