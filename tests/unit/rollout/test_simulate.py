"""Rollouts over made-up fleets keep their promises, whatever goes wrong; a seed reproduces one."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from edgeward.rollout.rollout import Plant
from edgeward.rollout.simulate import Faults, Run, Switch, simulate
from tests.unit.rollout.fleets import START, Case, make_case, make_plant, make_rollout

IN_CI = 200
IN_SOAK = 10_000


@pytest.mark.parametrize("seeds", [range(first, first + 20) for first in range(0, IN_CI, 20)])
def test_promises(seeds: range) -> None:
    for seed in seeds:
        check(seed)


@pytest.mark.soak
@pytest.mark.parametrize("seeds", [range(first, first + 500) for first in range(0, IN_SOAK, 500)])
def test_promises_at_length(seeds: range) -> None:
    """A tenth of them over fleets of up to 1,000 plants."""
    for seed in seeds:
        check(seed, large=seed % 10 == 0)


def check(seed: int, large: bool = False) -> None:
    case = make_case(seed, large)
    run = simulate(case.rollout, case.plants, case.start, seed, case.faults)
    for broken in (_outside_window(case, run), _both_of_a_pair(case, run), _stray(case, run)):
        assert not broken, (seed, broken)
    assert len(_after_abort(case, run)) <= _batch(case), (seed, _after_abort(case, run))
    assert not _unfinished(case, run), (seed, _unfinished(case, run))


def _outside_window(case: Case, run: Run) -> list[Switch]:
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


def _both_of_a_pair(case: Case, run: Run) -> list[tuple[Switch, Switch]]:
    """Two that stand in for each other, and switch within the time that a switch takes."""
    takes = timedelta(hours=case.rollout.activation_hours)
    return [
        (one, other)
        for one in run.switches
        if (partners := case.rollout.partners(one.plant))
        for other in run.switches
        if other.plant in partners and abs(one.at - other.at) < takes
    ]


def _stray(case: Case, run: Run) -> list[str]:
    """A safety function is switched by nobody but a person."""
    safe = {plant.name for plant in case.plants if plant.safety}
    return [switch.plant for switch in run.switches if switch.plant in safe]


def _after_abort(case: Case, run: Run) -> list[Switch]:
    """Those that were on their way when it was aborted: one batch at the most."""
    new = case.rollout.release
    ended = run.aborted_at
    return [each for each in run.switches if ended and each.at > ended and each.release == new]


def _batch(case: Case) -> int:
    return max(stage.at_once or 1 for stage in case.rollout.stages)


def _unfinished(case: Case, run: Run) -> list[tuple[str, str]]:
    """Plants within reach that did not get where the rollout ended."""
    wanted = ("running" if run.state.status == "done" else "waiting", "returned", "by_hand")
    assert run.state.status != "running"
    return [
        (name, each.phase)
        for name, each in run.state.plants.items()
        if name not in run.dark and each.phase not in wanted
    ]


def test_a_good_release_reaches_everybody() -> None:
    plants = [make_plant(f"p{number}") for number in range(40)]
    run = simulate(make_rollout(), plants, START)
    assert run.state.status == "done"
    assert {each.phase for each in run.state.plants.values()} == {"running"}
    assert len(run.switches) == 40


def test_a_bad_release_stays_with_the_canary() -> None:
    plants = [make_plant(f"p{number}") for number in range(40)]
    run = simulate(make_rollout(), plants, START, faults=Faults(bad_release=True))
    assert run.state.status == "aborted"
    assert len({switch.plant for switch in run.switches}) == 1
    assert any("rejects are too many" in entry.what for entry in run.state.log)


def test_those_out_of_reach_delay_nobody() -> None:
    """Half of the fleet is dark, and the rest is ready no later than if nobody were."""
    plants = [make_plant(f"p{number}") for number in range(40)]
    alone = simulate(make_rollout(), plants, START)
    run = simulate(make_rollout(), plants, START, seed=3, faults=Faults(offline=0.5))
    assert run.state.status == "done"
    assert 10 < len(run.dark) < 30
    assert len(run.switches) == 40 - len(run.dark)
    assert run.ended <= alone.ended


def test_a_seed_is_reproducible() -> None:
    case = make_case(7)
    runs = [simulate(case.rollout, case.plants, case.start, 7, case.faults) for _ in range(2)]
    assert runs[0] == runs[1]
