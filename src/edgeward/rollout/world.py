"""Plants in virtual time that misbehave; a step knows of them what they report.

Everything random follows from the seed.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from edgeward.rollout.members import taking_part
from edgeward.rollout.rollout import Plant, Rollout
from edgeward.rollout.state import PlantState, Report, RolloutState

_STEP = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Faults:
    """Shares of plants or of steps; all zero is a world in which nothing goes wrong.

    `outages`: plants that are out of reach for some days. `bad_release`: the new one has the bad
    share of events; `bad_after_days`: only after so many. `fails_gate`: plants whose own health
    gate refuses it. `fails_later`: plants that turn sick some hours after. `late_steps_hours`: how
    much later than hourly a step may come, where CI has much to do. `report_hours`: how long a
    plant is quiet that has nothing new to say; else it reports before every step.
    """

    offline: float = 0
    outages: float = 0
    flapping: float = 0
    lost_reports: float = 0
    slow_health_hours: float = 0
    clock_skew_minutes: float = 0
    late_steps_hours: float = 0
    report_hours: float = 0
    bad_release: bool = False
    bad_after_days: float | None = None
    fails_gate: float = 0
    fails_later: float = 0


@dataclass(frozen=True, slots=True)
class Switch:
    """A plant that switched, with the window that it did so in, by true time."""

    plant: str
    release: int
    at: datetime
    window: tuple[datetime, datetime]


@dataclass(slots=True)
class _Host:
    """One plant as it is, which the step only knows from its reports."""

    release: int
    offline: bool
    outage: tuple[datetime, datetime] | None
    flapping: bool
    skew: timedelta
    fails_gate: bool
    fails_after: timedelta | None
    may_be_away: bool
    given: PlantState | None = None
    since: datetime | None = None
    failed: set[int] = field(default_factory=set)
    counted: datetime | None = None
    quiet_until: datetime | None = None
    """Has nothing new to say until then."""
    events: int = 0
    bad: int = 0


class World:
    def __init__(
        self,
        rollout: Rollout,
        plants: Sequence[Plant],
        start: datetime,
        seed: int,
        faults: Faults,
    ) -> None:
        self._start = start
        self._every = timedelta(hours=faults.report_hours)
        self._rollout, self._faults, self._chance = rollout, faults, random.Random(seed)
        self.switches: list[Switch] = []
        self.hosts = {plant.name: self._host(start) for plant in taking_part(rollout, plants)}
        self.near = [each for each in self.hosts.items() if not each[1].offline]
        self._late: list[tuple[datetime, str, Report]] = []

    def _host(self, start: datetime) -> _Host:
        chance, faults = self._chance, self._faults
        since = start + timedelta(hours=chance.uniform(0, 300))
        dark = (since, since + timedelta(hours=chance.uniform(12, 120)))
        later = timedelta(hours=chance.uniform(1, 48))
        outage = dark if chance.random() < faults.outages else None
        flapping = chance.random() < faults.flapping
        return _Host(
            release=self._rollout.back_to,
            offline=chance.random() < faults.offline,
            outage=outage,
            flapping=flapping,
            may_be_away=flapping or outage is not None,
            skew=timedelta(minutes=chance.uniform(-1, 1) * faults.clock_skew_minutes),
            fails_gate=chance.random() < faults.fails_gate,
            fails_after=later if chance.random() < faults.fails_later else None,
        )

    def advance(self, state: RolloutState, now: datetime) -> datetime:
        """Until the next step, whose time it says, plants fetch and switch in their windows."""
        late = self._faults.late_steps_hours
        until = now + _STEP + timedelta(hours=self._chance.uniform(0, late) if late else 0)
        for name, host in self.near:
            if not (host.may_be_away and self._is_away(host, now)):
                host.given = state.plants.get(name)
            if host.given is not None and host.given.window is not None:
                self._switch(name, host, host.given, now, until)
        return until

    def report(self, now: datetime, known: Mapping[str, Report]) -> Mapping[str, Report]:
        """What arrives now and is newer than known; late, lost and missing is the world's."""
        lost, slow = self._faults.lost_reports, self._faults.slow_health_hours
        sent = [
            (name, self._describe(host, now))
            for name, host in self.near
            if (host.quiet_until is None or host.quiet_until <= now)
            and not (host.may_be_away and self._is_away(host, now))
            and not (lost and self._chance.random() < lost)
        ]
        if not slow:
            return dict(sent)
        late = [
            *self._late,
            *((now + timedelta(hours=self._chance.uniform(0, slow)), *each) for each in sent),
        ]
        self._late = [each for each in late if each[0] > now]
        found: dict[str, Report] = {}
        for arrives, name, report in late:
            before = found.get(name) or known.get(name)
            if arrives <= now and (before is None or before.at < report.at):
                found[name] = report
        return found

    def _switch(
        self, name: str, host: _Host, given: PlantState, now: datetime, until: datetime
    ) -> None:
        wanted = self._wanted(host, given)
        if wanted is None or given.window is None:
            return
        start, end = given.window
        # Within an hour of when it may, by the clock of the box; the window is what it believes in.
        needed = timedelta(hours=self._rollout.activation_hours)
        first, last = max(now, start - host.skew), end - needed - host.skew
        at = first + self._chance.random() * min(last - first, _STEP)
        if first > last or at >= until:
            return
        host.quiet_until = at + needed
        self.switches.append(Switch(name, wanted, at, given.window))
        if wanted == self._rollout.release and host.fails_gate:
            host.failed.add(wanted)
            return
        host.release, host.since, host.counted, host.events, host.bad = wanted, at, at, 0, 0

    def _wanted(self, host: _Host, given: PlantState) -> int | None:
        """The release that is published for the plant, None where it has it."""
        new = given.phase in ("assigned", "running")
        wanted = self._rollout.release if new else self._rollout.back_to
        return wanted if wanted != host.release and wanted not in host.failed else None

    def _count(self, host: _Host, now: datetime) -> None:
        """Events since the last count; those of the old release are nobody's concern."""
        gate = self._rollout.gate
        if host.release != self._rollout.release or host.counted is None:
            return
        share = gate.bad_share if self._is_bad(now) else gate.usual_share
        events = round(gate.events_per_hour * (now - host.counted).total_seconds() / 3600)
        host.counted = now
        host.events += events
        host.bad += self._binomial(events, share)

    def _is_bad(self, now: datetime) -> bool:
        after = self._faults.bad_after_days
        late = after is not None and now > self._start + timedelta(days=after)
        return self._faults.bad_release or late

    def _binomial(self, events: int, share: float) -> int:
        """A draw of bad events: normal where they are many, else as Poisson has them."""
        mean = events * share
        if mean > 30:
            return min(events, max(0, round(self._chance.gauss(mean, (mean * (1 - share)) ** 0.5))))
        draw, bad, least = self._chance.random, 0, math.exp(-mean)
        product = draw()
        while product > least:
            product, bad = product * draw(), bad + 1
        return min(bad, events)

    def _describe(self, host: _Host, now: datetime) -> Report:
        self._count(host, now)
        new = host.release == self._rollout.release
        fails = host.since + host.fails_after if new and host.since and host.fails_after else None
        sick = fails is not None and now > fails
        host.quiet_until = now + self._every
        if fails is not None and not sick:
            host.quiet_until = min(host.quiet_until, fails)
        return Report(
            at=now,
            release=host.release,
            healthy=not sick,
            failed=frozenset(host.failed),
            events=host.events,
            bad=host.bad,
            outcome=True,
        )

    def _is_away(self, host: _Host, now: datetime) -> bool:
        if host.outage is not None and host.outage[0] <= now <= host.outage[1]:
            return True
        return host.flapping and self._chance.random() < 0.5
