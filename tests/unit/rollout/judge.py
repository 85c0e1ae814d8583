"""Judges a simulated rollout by what the plants did and said; it shares no code with the step.

Calendars are worked out on the plant's wall clock, the threshold from the reports as they arrive,
and what runs at the end is asked of the plants and not of the rollout's state.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from edgeward.rollout.rollout import Plant, Rollout
from edgeward.rollout.simulate import Run, simulate
from edgeward.rollout.state import Report, RolloutState
from edgeward.rollout.world import Faults, Switch
from tests.unit.rollout.fleets import Case, make_case


def broken_promises(case: Case, seed: int) -> list[str]:
    """What went wrong, in words; nothing where all promises hold."""
    return judge(case, seed)[1]


def judge(case: Case, seed: int) -> tuple[Run, list[str]]:
    """The rollout as it went, and what went wrong in it."""
    threshold = Threshold(case.rollout)
    run = simulate(case.rollout, case.plants, case.start, seed, case.faults, watch=threshold.watch)
    found = (
        *(f"outside of a window: {each}" for each in _outside(case, run)),
        *(f"both of a pair: {one} {other}" for one, other in _both_of_a_pair(case, run)),
        *(f"by nobody's hand: {each}" for each in _by_itself(case, run)),
        *(f"more than a batch: {each}" for each in [threshold.too_many] if each),
        *_late_abort(case, run, threshold),
        *_not_there(case, run, threshold),
    )
    return run, list(found)


@dataclass(slots=True)
class Threshold:
    """When the reports were first too bad for going on, and whether too many were asked at once."""

    rollout: Rollout
    crossed: datetime | None = None
    tried: set[str] = field(default_factory=set)
    sick: set[str] = field(default_factory=set)
    counted: dict[str, tuple[int, int]] = field(default_factory=dict)
    too_many: str | None = None
    _total: tuple[int, int] = (0, 0)

    def watch(self, now: datetime, arrived: Mapping[str, Report], state: RolloutState) -> None:
        self._hear(arrived)
        if self.crossed is None and self._is_too_bad():
            self.crossed = now
        asked = sum(each.phase == "assigned" for each in state.plants.values())
        if asked > batch(self.rollout, state.stage):
            self.too_many = f"{asked} asked at {now}, in stage {state.stage}"

    def _hear(self, arrived: Mapping[str, Report]) -> None:
        new = self.rollout.release
        for name, report in arrived.items():
            refused = new in report.failed
            if report.release != new and not refused:
                continue
            self.tried.add(name)
            if refused or not report.healthy:
                self.sick.add(name)
            count = (0, 0) if name in self.sick else (report.events, report.bad)
            before = self.counted.get(name, (0, 0))
            self.counted[name] = count
            events, bad = self._total
            self._total = events + count[0] - before[0], bad + count[1] - before[1]

    def _is_too_bad(self) -> bool:
        if len(self.sick) > self.rollout.abort_above_share * len(self.tried):
            return True
        return self._odds() >= (1 - self.rollout.gate.missed) / self.rollout.gate.false_alarm

    def _odds(self) -> float:
        """How much likelier the counts are with a bad release than with a usual one."""
        (events, bad), gate = self._total, self.rollout.gate
        of_bad = gate.bad_share / gate.usual_share
        of_good = (1 - gate.bad_share) / (1 - gate.usual_share)
        power = bad * math.log2(of_bad) + (events - bad) * math.log2(of_good)
        return math.inf if power > 1000 else 2**power


def batch(rollout: Rollout, stage: int) -> int:
    """How many plants may be on their way at once."""
    each = rollout.stages[stage]
    return each.at_once or each.count or 0


def _outside(case: Case, run: Run) -> list[Switch]:
    plants = {plant.name: plant for plant in case.plants}
    return [each for each in run.switches if not _may_change(plants[each.plant], each.at)]


def _may_change(plant: Plant, at: datetime) -> bool:
    """By the calendar on the plant's wall, worked out in another way than the planner does."""
    zone = ZoneInfo(plant.timezone)
    today = at.astimezone(zone).date()
    if any(each.since <= today.isoformat() <= each.until for each in plant.freezes):
        return False
    for day in (today, today - timedelta(days=1)):
        for window in plant.windows:
            start = datetime.fromisoformat(f"{day}T{window.start}").replace(tzinfo=zone)
            gone = at.timestamp() - start.timestamp()
            if f"{day:%a}".lower() in window.days and 0 <= gone < 3600 * window.duration_hours.low:
                return True
    return False


def _both_of_a_pair(case: Case, run: Run) -> Iterator[tuple[Switch, Switch]]:
    """Two that stand in for each other, and switch within the time that a switch takes."""
    takes = timedelta(hours=case.rollout.activation_hours)
    for pair in case.rollout.pairs:
        one, other = ([each for each in run.switches if each.plant == name] for name in pair)
        yield from ((a, b) for a in one for b in other if abs(a.at - b.at) < takes)


def _by_itself(case: Case, run: Run) -> list[Switch]:
    """A safety function is switched by nobody but a person."""
    safe = {plant.name for plant in case.plants if plant.safety}
    return [switch for switch in run.switches if switch.plant in safe]


def _late_abort(case: Case, run: Run, threshold: Threshold) -> Iterator[str]:
    """Past the threshold those go on that were on their way: one batch at the most."""
    crossed, aborted = threshold.crossed, run.aborted_at
    if (crossed is None) != (aborted is None):
        yield f"too bad at {crossed}, aborted at {aborted}"
    if crossed is None:
        return
    new = case.rollout.release
    after = [each for each in run.switches if each.at > crossed and each.release == new]
    most = batch(case.rollout, run.state.stage)
    if len(after) > most:
        yield f"{len(after)} switched after {crossed}, a batch has {most}"
    if not (case.faults.flapping or case.faults.outages or not after):
        yield f"{after} after {crossed}, though all could be called back"


def _not_there(case: Case, run: Run, threshold: Threshold) -> Iterator[str]:
    """Plants within reach have what the rollout ended with; the rest keeps what it had."""
    if run.state.status == "running":
        yield f"it did not end by {run.ended}"
    new, old = case.rollout.release, case.rollout.back_to
    for plant in case.plants:
        keeps = plant.safety or plant.name in run.dark or plant.name in threshold.sick
        wanted = new if threshold.crossed is None and not keeps else old
        if run.releases[plant.name] != wanted:
            yield f"{plant.name} has {run.releases[plant.name]}, not {wanted}"


def later_by_the_dark(case: Case, seed: int) -> timedelta:
    """How much later the last plant within reach has it than were all plants within reach."""
    dark, light = (
        simulate(case.rollout, case.plants, case.start, seed, Faults(offline=share))
        for share in (0.3, 0)
    )
    reach = [each.at for each in light.switches if each.plant not in dark.dark]
    return max((each.at for each in dark.switches), default=case.start) - max(
        reach, default=case.start
    )


def _at_length(first: int, last: int, most: int) -> int:
    """A line a rollout, for a record of a long run; the seed and `most` make it again."""
    worst = 0
    for seed in range(first, last):
        case = make_case(seed, most)
        run, broken = judge(case, seed)
        worst += bool(broken)
        faults = " ".join(f"{key}={value}" for key, value in asdict(case.faults).items() if value)
        print(
            f"{seed}\t{len(case.plants)}\t{run.state.status}\t{len(run.switches)}\t"
            f"{(run.ended - case.start).days}\t{faults}\t{'; '.join(broken) or 'all hold'}",
            flush=True,
        )
    return worst


if __name__ == "__main__":
    sys.exit(min(1, _at_length(*(int(each) for each in sys.argv[1:]))))
