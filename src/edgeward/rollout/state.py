"""How far a rollout is: a JSON file in git, written by each step and read by the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from edgeward.errors import UsageError

Phase = Literal["waiting", "assigned", "running", "failed", "returning", "returned", "by_hand"]
Status = Literal["running", "done", "aborted"]


@dataclass(frozen=True, slots=True)
class PlantState:
    """`window` is the one that was last given; `since` when the phase began.

    waiting: has the old release. assigned: may switch in its window. running: has reported the
    new one, healthy. failed: has tried it. returning, returned: on the way back and there.
    by_hand: has a safety function, a named person activates (R28). `deferred` delays nobody.
    """

    phase: Phase
    stage: int
    since: datetime
    window: tuple[datetime, datetime] | None = None
    deferred: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that a step did, for whoever reads the history."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class RolloutState:
    rollout: str
    release: int
    status: Status = "running"
    stage: int = 0
    plants: Mapping[str, PlantState] = field(default_factory=dict)
    log: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a plant last said of itself; `failed` are releases that its health gate refused.

    `events` and `bad` are counted since the plant runs `release`; `outcome` is the operational
    result, None where nobody measured it yet.
    """

    at: datetime
    release: int | None
    healthy: bool
    failed: frozenset[int] = frozenset()
    events: int = 0
    bad: int = 0
    outcome: bool | None = None


def write_state(state: RolloutState) -> bytes:
    plain = json.dumps(asdict(state), indent=1, sort_keys=True, default=_text)
    return f"{plain}\n".encode()


def read_state(content: bytes) -> RolloutState:
    """Raises UsageError for a file that no step wrote."""
    try:
        raw = json.loads(content)
        return RolloutState(
            rollout=raw["rollout"],
            release=raw["release"],
            status=raw["status"],
            stage=raw["stage"],
            plants={name: _plant(each) for name, each in raw["plants"].items()},
            log=tuple(Entry(instant(each["at"]), each["what"]) for each in raw["log"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(f"the state of the rollout is damaged ({error}): restore it") from error


def instant(text: str) -> datetime:
    """Raises ValueError for anything but a time in UTC such as 2026-11-29T05:00:00Z."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def instant_text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _plant(raw: Mapping[str, Any]) -> PlantState:
    window = raw["window"]
    return PlantState(
        phase=raw["phase"],
        stage=raw["stage"],
        since=instant(raw["since"]),
        window=(instant(window[0]), instant(window[1])) if window else None,
        deferred=raw["deferred"],
    )


def _text(value: object) -> str:
    assert isinstance(value, datetime)
    return instant_text(value)
