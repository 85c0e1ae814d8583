"""A rollout in virtual time, by the same step as the real one, on plants that misbehave.

Everything random follows from the seed. With no faults the simulation is the plan: what each
plant does when, if all goes well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from edgeward.rollout.calendar import make_calendar
from edgeward.rollout.rollout import Plant, Rollout
from edgeward.rollout.state import Report, RolloutState
from edgeward.rollout.step import begin, step
from edgeward.rollout.world import Faults, Switch, World

_LONGEST = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Run:
    state: RolloutState
    switches: tuple[Switch, ...]
    dark: frozenset[str]
    """Plants that were never within reach."""
    ended: datetime
    releases: Mapping[str, int]
    """What runs at the end, whatever the step believes."""
    aborted_at: datetime | None = None


Watch = Callable[[datetime, Mapping[str, Report], RolloutState], None]
"""Is told of every step: its time, the reports that were new to it, and what it published."""


def simulate(
    rollout: Rollout,
    plants: Sequence[Plant],
    start: datetime,
    seed: int = 0,
    faults: Faults | None = None,
    *,
    watch: Watch | None = None,
) -> Run:
    """Step every hour until nothing is left to do, for 120 days at the most."""
    world = World(rollout, plants, start, seed, faults or Faults())
    calendar = make_calendar(rollout)
    state, now, aborted = begin(rollout), start, None
    reports: dict[str, Report] = {}
    while now < start + _LONGEST:
        arrived = world.report(now, reports)
        reports.update(arrived)
        state = step(rollout, plants, state, reports, now, calendar=calendar)
        if watch is not None:
            watch(now, arrived, state)
        if state.status == "aborted" and aborted is None:
            aborted = now
        if not _has_work(state, world):
            break
        now = world.advance(state, now)
    dark = frozenset(name for name, host in world.hosts.items() if host.offline)
    releases = {name: host.release for name, host in world.hosts.items()}
    return Run(state, tuple(world.switches), dark, now, releases, aborted)


def _has_work(state: RolloutState, world: World) -> bool:
    """Whether a plant within reach is not where the rollout is, or does not know it yet."""
    if state.status == "running":
        return True
    open_ = ("failed", "returning", *(("waiting", "assigned") if state.status == "done" else ()))
    return any(
        state.plants[name].phase in open_
        or (state.status == "aborted" and host.release == state.release)
        for name, host in world.near
    )
