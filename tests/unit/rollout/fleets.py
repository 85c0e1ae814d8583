"""Rollouts over fleets made up from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from edgeward.quantity import exact
from edgeward.rollout.rollout import Gate, Plant, Rollout, Stage
from edgeward.rollout.window import DAYS
from edgeward.rollout.world import Faults
from edgeward.site import Freeze, Window

ZONES = ("Europe/Prague", "America/Santiago", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")
GATE = Gate("rejects", 500, 0.01, 0.03, 0.0001, 0.01)
START = datetime(2027, 1, 4, tzinfo=UTC)


def make_rollout(**changed: object) -> Rollout:
    given: dict[str, object] = {
        "name": "caps",
        "file": "rollouts/caps.yaml",
        "release": 2,
        "back_to": 1,
        "owner": "ml@example.com",
        "approver": "quality@example.com",
        "stages": (
            Stage(24, count=1),
            Stage(12, share=0.25, at_once=5),
            Stage(12, share=1, at_once=50),
        ),
        "gate": GATE,
    }
    return Rollout(**(given | changed))  # type: ignore[arg-type]


def make_plant(name: str, **changed: object) -> Plant:
    given: dict[str, object] = {
        "name": name,
        "timezone": "Europe/Prague",
        "windows": (Window("06:00", exact(4)),),
    }
    return Plant(**(given | changed))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Case:
    rollout: Rollout
    plants: tuple[Plant, ...]
    start: datetime
    faults: Faults


def make_case(seed: int, most: int = 40) -> Case:
    """Everything that a rollout may meet: zones, freezes, changes of the clock, pairs, faults.

    Sizes are from 10 to `most` plants, small ones more often: half are below 50 of 1,000.
    """
    chance = random.Random(seed)
    start = START + timedelta(days=chance.randrange(365), hours=chance.randrange(24))
    size = round(10 * (most / 10) ** chance.random() ** 1.5)
    plants = {name: _random_plant(chance, name, start) for name in _names(size)}
    names = list(plants)
    chance.shuffle(names)
    paired = chance.choice((0, 10, size // 2))
    pairs = tuple(zip(names[0:paired:2], names[1:paired:2], strict=False))
    if chance.random() < 0.5:  # Both of a pair stand in one place, with one calendar.
        plants.update({two: replace(plants[one], name=two) for one, two in pairs})
    batch = 3 + size // 4
    rollout = make_rollout(
        stages=(Stage(24, count=1), Stage(12, 0.25, at_once=3), Stage(12, 1, at_once=batch)),
        name=f"seed-{seed}",
        pairs=pairs,
        abort_above_share=chance.choice((0, 0.1, 0.2)),
        activation_hours=chance.choice((0.25, 1, 1.5)),
    )
    return Case(rollout, tuple(plants.values()), start, _random_faults(chance))


def _names(count: int) -> list[str]:
    return [f"p{number:04d}" for number in range(count)]


def _random_plant(chance: random.Random, name: str, start: datetime) -> Plant:
    days = tuple(day for day in DAYS if chance.random() < 0.5) or ("sun",)
    clock = f"{chance.randrange(24):02d}:{chance.choice((0, 30)):02d}"
    freezes = []
    if chance.random() < 0.3:
        first = start.date() + timedelta(days=chance.randrange(-3, 20))
        last = first + timedelta(days=chance.randrange(0, 10))
        freezes.append(Freeze(first.isoformat(), last.isoformat()))
    return make_plant(
        name,
        timezone=chance.choice(ZONES),
        windows=(Window(clock, exact(chance.choice((2, 4, 8))), days),),
        freezes=tuple(freezes),
        safety=chance.random() < 0.02,
    )


def _random_faults(chance: random.Random) -> Faults:
    return Faults(
        offline=chance.choice((0, 0, 0.1, 0.4)),
        outages=chance.choice((0, 0, 0.3)),
        flapping=chance.choice((0, 0.2)),
        lost_reports=chance.choice((0, 0.3)),
        slow_health_hours=chance.choice((0, 0, 6)),
        clock_skew_minutes=chance.choice((0, 5)),
        late_steps_hours=chance.choice((0, 4, 8, 12)),
        report_hours=chance.choice((0, 4, 8)),
        bad_release=chance.random() < 0.1,
        bad_after_days=chance.choice((*[None] * 8, 6, 15)),
        fails_gate=chance.choice((0, 0, 0, 0, 0.05, 0.5)),
        fails_later=chance.choice((0, 0, 0, 0, 0.05, 0.5)),
    )
