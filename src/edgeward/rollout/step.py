"""One step of a rollout: a pure function of its file, the plants, their reports and the time.

It may be called at any time and any number of times: with the same input a second call changes
nothing. What it decides is published afterwards; a kill in between is made good by the next call.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from edgeward.rollout.calendar import Calendar, make_calendar
from edgeward.rollout.members import stage_of, taking_part
from edgeward.rollout.observe import is_settled, is_silent, may_switch, observe
from edgeward.rollout.rollout import Plant, Rollout
from edgeward.rollout.sample import judge
from edgeward.rollout.state import Entry, Phase, PlantState, Report, RolloutState, Status

_TRIED: tuple[Phase, ...] = ("running", "failed", "returning", "returned")
_UNDER_WAY: tuple[Phase, ...] = ("assigned", "returning")


def begin(rollout: Rollout) -> RolloutState:
    """The state before the first step."""
    return RolloutState(rollout.name, rollout.release)


def step(
    rollout: Rollout,
    plants: Sequence[Plant],
    state: RolloutState,
    reports: Mapping[str, Report],
    now: datetime,
    *,
    calendar: Calendar | None = None,
) -> RolloutState:
    """The next state. `calendar` is for callers with many steps, who keep one."""
    chosen = {plant.name: plant for plant in taking_part(rollout, plants)}
    work = _Work(
        rollout=rollout,
        chosen=chosen,
        reports=reports,
        now=now,
        calendar=calendar or make_calendar(rollout),
        plants={name: each for name, each in state.plants.items() if name in chosen},
        log=list(state.log),
        status=state.status,
        stage=state.stage,
    )
    work.join()
    work.observe()
    reason = work.reason_to_abort()
    if work.status != "aborted" and reason is not None:
        work.status = "aborted"
        work.note(f"aborted: {reason}; going back to {rollout.back_to}")
    if work.status == "aborted":
        work.take_back()
    elif rollout.intent == "running" and _has_begun(rollout, now):
        work.go_on()
    return replace(
        state, status=work.status, stage=work.stage, plants=work.plants, log=tuple(work.log)
    )


def _has_begun(rollout: Rollout, now: datetime) -> bool:
    return rollout.not_before is None or now.date() >= rollout.not_before


@dataclass(slots=True)
class _Work:
    rollout: Rollout
    chosen: Mapping[str, Plant]
    reports: Mapping[str, Report]
    now: datetime
    calendar: Calendar
    plants: dict[str, PlantState]
    log: list[Entry]
    status: Status
    stage: int

    def note(self, what: str) -> None:
        self.log.append(Entry(self.now, what))

    def join(self) -> None:
        """Take in plants that the state does not know: all at first, later the new ones."""
        stages: Mapping[str, int] = {}
        if not self.plants:
            stages = stage_of(self.rollout, tuple(self.chosen.values()))
        for name, plant in self.chosen.items():
            if name not in self.plants:
                phase: Phase = "by_hand" if plant.safety else "waiting"
                last = len(self.rollout.stages) - 1
                self.plants[name] = PlantState(phase, stages.get(name, last), self.now)

    def observe(self) -> None:
        for name, before in self.plants.items():
            after = observe(self.rollout, before, self.reports.get(name), self.now)
            self.plants[name] = after
            if after.phase != before.phase:
                self.note(f"{name}: {after.phase}")

    def reason_to_abort(self) -> str | None:
        """Why what runs must not go on, None where nothing speaks against it."""
        if self.rollout.intent == "aborted":
            return f"asked for in {self.rollout.file}"
        tried = [name for name, each in self.plants.items() if each.phase in _TRIED]
        failed = [name for name in tried if self.plants[name].phase != "running"]
        if len(failed) > self.rollout.abort_above_share * len(tried):
            return f"{len(failed)} of {len(tried)} plants failed ({', '.join(failed[:3])})"
        if self._verdict() == "sick":
            events, bad = self._counted()
            return f"{bad} of {events} {self.rollout.gate.metric} are too many"
        poor = [name for name in self._running() if self.reports[name].outcome is False]
        return f"the result at {poor[0]} is worse than it has to be" if poor else None

    def take_back(self) -> None:
        """Give the old release to all that have the new one, or may still switch to it."""
        for name in self._free(("assigned",)):
            self._move(name, "waiting", self.plants[name].window)
        self._give_old(("running", "failed", "returning"))

    def _give_old(self, phases: Sequence[Phase]) -> None:
        for name in self._free(phases):
            each = self.plants[name]
            if each.phase == "returning" and each.window and self.now <= each.window[1]:
                continue
            opening = self._opening(name)
            if opening is not None and not self._partner_switches(name):
                self._move(name, "returning", opening)

    def go_on(self) -> None:
        self._give_old(("failed", "returning"))
        self._defer_closed()
        self._replace_dark_canaries()
        while self.status == "running" and self._is_passed():
            if self.stage == len(self.rollout.stages) - 1:
                self.status = "done"
                self.note("done: all plants within reach have it")
            else:
                self.stage += 1
                self.note(f"stage {self.stage} begins")
        self._assign()

    def _defer_closed(self) -> None:
        """Plants whose turn it is, but have no opening near, delay nobody: they catch up."""
        for name in self._turn():
            if self._opening(name) is None:
                self.plants[name] = replace(self.plants[name], deferred=True)

    def _assign(self) -> None:
        """Give windows to those whose turn it is, the nearest first, so many at a time."""
        room = self._room()
        if room <= 0:
            return
        found = [(self._opening(name), name) for name in self._turn()]
        for opening, name in sorted((each, name) for each, name in found if each is not None):
            if room > 0 and self._partners_settled(name):
                self._move(name, "assigned", opening)
                room -= 1

    def _turn(self) -> list[str]:
        return [
            name
            for name, each in self.plants.items()
            if each.phase == "waiting"
            and each.stage <= self.stage
            and not is_silent(self.rollout, self.reports.get(name), self.now)
        ]

    def _opening(self, name: str) -> tuple[datetime, datetime] | None:
        return self.calendar(self.chosen[name], self.now)

    def _room(self) -> int:
        """How many more plants may be under way."""
        most = self.rollout.stages[self.stage].at_once or len(self.plants)
        return most - len(self._free(_UNDER_WAY))

    def _partners_settled(self, name: str) -> bool:
        partners = self._partners(name)
        return all(is_settled(self.plants[each], self.reports.get(each)) for each in partners)

    def _partner_switches(self, name: str) -> bool:
        return any(may_switch(self.plants[each], self.now) for each in self._partners(name))

    def _partners(self, name: str) -> list[str]:
        return [each for each in self.rollout.partners(name) if each in self.plants]

    def _free(self, phases: Sequence[Phase]) -> list[str]:
        return [name for name, each in self.plants.items() if each.phase in phases]

    def _move(self, name: str, phase: Phase, window: tuple[datetime, datetime] | None) -> None:
        before = self.plants[name]
        self.plants[name] = PlantState(phase, before.stage, self.now, window)
        until = f" from {window[0]:%Y-%m-%d %H:%M} UTC" if window and phase != "waiting" else ""
        self.note(f"{name}: {phase}{until}")

    def _is_passed(self) -> bool:
        """Whether all of the stage that can be reached ran long enough, and nothing is open."""
        members = [each for each in self.plants.values() if each.stage == self.stage]
        if any(each.phase in ("waiting", "assigned") and not each.deferred for each in members):
            return False
        running = [each for each in members if each.phase == "running"]
        soak = timedelta(hours=self.rollout.stages[self.stage].soak_hours)
        if any(self.now - each.since < soak for each in running):
            return False
        if self.stage > 0:
            return True
        return bool(running) and self._verdict() == "healthy" and self._outcome_is_good()

    def _outcome_is_good(self) -> bool:
        outcomes = [self.reports[name].outcome for name in self._running()]
        return not self.rollout.outcome_required or all(each is True for each in outcomes)

    def _replace_dark_canaries(self) -> None:
        """A canary out of reach, or closed for days, is replaced; it goes with the last stage."""
        if self.stage > 0:
            return
        canaries = {name for name, each in self.plants.items() if each.stage == 0}
        dark = [name for name in self.plants if name in canaries and self.plants[name].deferred]
        spare = self._spare(canaries) if dark else []
        for name, other in zip(dark, spare, strict=False):
            last = len(self.rollout.stages) - 1
            if self.plants[name].phase == "assigned":
                self._move(name, "waiting", self.plants[name].window)
            self.plants[name] = replace(self.plants[name], stage=last, deferred=True)
            self.plants[other] = replace(self.plants[other], stage=0)
            self.note(f"{other} is a canary instead of {name}, which is out of reach or closed")

    def _spare(self, canaries: Set[str]) -> list[str]:
        """Plants that may be a canary too, those first that can begin first."""
        wanted = self.rollout.stages[0].labels
        found = [
            (self._opening(name), name)
            for name in self._free(("waiting",))
            if name not in canaries
            and self.chosen[name].has(wanted)
            and not is_silent(self.rollout, self.reports.get(name), self.now)
        ]
        return [name for _, name in sorted((each, name) for each, name in found if each)]

    def _running(self) -> list[str]:
        return [name for name in self._free(("running",)) if name in self.reports]

    def _counted(self) -> tuple[int, int]:
        found = [self.reports[name] for name in self._running()]
        return sum(each.events for each in found), sum(each.bad for each in found)

    def _verdict(self) -> str | None:
        return judge(self.rollout.gate, *self._counted())
