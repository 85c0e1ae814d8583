"""A rollout in virtual time, by the same step as the real one, on plants that misbehave.

Everything random follows from the seed. With no faults the simulation is the plan: what each
plant does when, if all goes well.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from edgeward.rollout.calendar import make_calendar
from edgeward.rollout.rollout import Plant, Rollout
from edgeward.rollout.state import PlantState, Report, RolloutState
from edgeward.rollout.step import begin, step

_STEP = timedelta(hours=1)
_LONGEST = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Faults:
    """Shares of plants or of hours; all zero is a world in which nothing goes wrong.

    `bad_release`: the new one has the bad share of events. `fails_gate`: plants whose own health
    gate refuses it. `fails_later`: plants that turn sick some hours after.
    """

    offline: float = 0
    flapping: float = 0
    lost_reports: float = 0
    slow_health_hours: float = 0
    clock_skew_minutes: float = 0
    bad_release: bool = False
    fails_gate: float = 0
    fails_later: float = 0


@dataclass(frozen=True, slots=True)
class Switch:
    """A plant that switched, with the window that it did so in, by true time."""

    plant: str
    release: int
    at: datetime
    window: tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Run:
    state: RolloutState
    switches: tuple[Switch, ...]
    dark: frozenset[str]
    """Plants that were never within reach."""
    ended: datetime
    aborted_at: datetime | None = None


@dataclass(slots=True)
class _Host:
    """One plant as it is, which the step only knows from its reports."""

    release: int
    offline: bool
    flapping: bool
    skew: timedelta
    fails_gate: bool
    fails_after: timedelta | None
    given: PlantState | None = None
    since: datetime | None = None
    busy_until: datetime | None = None
    failed: set[int] = field(default_factory=set)
    events: int = 0
    bad: int = 0


def simulate(
    rollout: Rollout,
    plants: Sequence[Plant],
    start: datetime,
    seed: int = 0,
    faults: Faults | None = None,
) -> Run:
    """Step every hour until nothing is left to do, for 120 days at the most."""
    world = _World(rollout, plants, seed, faults or Faults())
    calendar = make_calendar(rollout)
    state, now, aborted = begin(rollout), start, None
    reports: dict[str, Report] = {}
    while now < start + _LONGEST:
        for name, report in world.report(now).items():
            if name not in reports or reports[name].at < report.at:
                reports[name] = report
        state = step(rollout, plants, state, reports, now, calendar=calendar)
        if state.status == "aborted" and aborted is None:
            aborted = now
        if not _has_work(state, world):
            break
        world.advance(state, now)
        now += _STEP
    dark = frozenset(name for name, host in world.hosts.items() if host.offline)
    return Run(state, tuple(world.switches), dark, now, aborted)


def _has_work(state: RolloutState, world: _World) -> bool:
    if state.status == "running":
        return True
    still = ("waiting", "assigned") if state.status == "done" else ("running",)
    open_ = (*still, "failed", "returning")
    return any(
        each.phase in open_ and not world.hosts[name].offline for name, each in state.plants.items()
    )


class _World:
    def __init__(
        self, rollout: Rollout, plants: Sequence[Plant], seed: int, faults: Faults
    ) -> None:
        self._rollout, self._faults, self._chance = rollout, faults, random.Random(seed)
        self.switches: list[Switch] = []
        self.hosts = {plant.name: self._host() for plant in plants}
        self._late: list[tuple[datetime, str, Report]] = []

    def _host(self) -> _Host:
        chance, faults = self._chance, self._faults
        later = timedelta(hours=chance.uniform(1, 48))
        return _Host(
            release=self._rollout.back_to,
            offline=chance.random() < faults.offline,
            flapping=chance.random() < faults.flapping,
            skew=timedelta(minutes=chance.uniform(-1, 1) * faults.clock_skew_minutes),
            fails_gate=chance.random() < faults.fails_gate,
            fails_after=later if chance.random() < faults.fails_later else None,
        )

    def advance(self, state: RolloutState, now: datetime) -> None:
        """An hour passes: plants fetch, switch in their windows and count events."""
        for name, host in self.hosts.items():
            if not self._is_away(host):
                host.given = state.plants.get(name)
            self._switch(name, host, now)
            self._count(host)

    def report(self, now: datetime) -> Mapping[str, Report]:
        """What arrives now: late, lost and missing reports are the world's."""
        for name, host in self.hosts.items():
            busy = host.busy_until is not None and now < host.busy_until
            if (
                not busy
                and not self._is_away(host)
                and self._chance.random() >= self._faults.lost_reports
            ):
                delay = self._chance.uniform(0, self._faults.slow_health_hours)
                self._late.append((now + timedelta(hours=delay), name, self._describe(host, now)))
        due = [each for each in self._late if each[0] <= now]
        self._late = [each for each in self._late if each[0] > now]
        return {name: report for _at, name, report in sorted(due, key=lambda each: each[2].at)}

    def _switch(self, name: str, host: _Host, now: datetime) -> None:
        wanted = self._wanted(host)
        if wanted is None or host.given is None or host.given.window is None:
            return
        start, end = host.given.window
        # Some time within the hour, by the clock of the box; the window is what it believes in.
        at = now + timedelta(minutes=self._chance.uniform(0, 59))
        needed = timedelta(hours=self._rollout.activation_hours)
        if not start <= at + host.skew <= end - needed:
            return
        host.busy_until = at + needed
        self.switches.append(Switch(name, wanted, at, host.given.window))
        if wanted == self._rollout.release and host.fails_gate:
            host.failed.add(wanted)
            return
        host.release, host.since, host.events, host.bad = wanted, at, 0, 0

    def _wanted(self, host: _Host) -> int | None:
        """The release that is published for the plant, None where it has it."""
        if host.given is None:
            return None
        new = host.given.phase in ("assigned", "running")
        wanted = self._rollout.release if new else self._rollout.back_to
        return wanted if wanted != host.release and wanted not in host.failed else None

    def _count(self, host: _Host) -> None:
        gate = self._rollout.gate
        new = host.release == self._rollout.release
        share = gate.bad_share if new and self._faults.bad_release else gate.usual_share
        events = round(gate.events_per_hour)
        host.events += events
        host.bad += self._binomial(events, share)

    def _binomial(self, events: int, share: float) -> int:
        """A draw of bad events: normal where they are many, else as Poisson has them."""
        mean = events * share
        if mean > 30:
            return min(events, max(0, round(self._chance.gauss(mean, (mean * (1 - share)) ** 0.5))))
        bad, left = 0, mean - self._chance.expovariate(1)
        while left > 0:
            bad, left = bad + 1, left - self._chance.expovariate(1)
        return min(bad, events)

    def _describe(self, host: _Host, now: datetime) -> Report:
        sick = (
            host.release == self._rollout.release
            and host.fails_after is not None
            and host.since is not None
            and now - host.since > host.fails_after
        )
        return Report(
            at=now,
            release=host.release,
            healthy=not sick,
            failed=frozenset(host.failed),
            events=host.events,
            bad=host.bad,
            outcome=True,
        )

    def _is_away(self, host: _Host) -> bool:
        return host.offline or (host.flapping and self._chance.random() < 0.5)
