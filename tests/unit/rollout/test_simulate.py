"""Rollouts over made-up fleets keep their promises, whatever goes wrong; a seed reproduces one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from edgeward.rollout.simulate import simulate
from edgeward.rollout.world import Faults
from tests.unit.rollout.fleets import START, make_case, make_plant, make_rollout
from tests.unit.rollout.judge import broken_promises, later_by_the_dark

IN_CI = 200
IN_SOAK = 10_000


@pytest.mark.parametrize("seeds", [range(first, first + 20) for first in range(0, IN_CI, 20)])
def test_promises(seeds: range) -> None:
    check(seeds, most=40)


@pytest.mark.soak
@pytest.mark.parametrize("seeds", [range(first, first + 250) for first in range(0, IN_SOAK, 250)])
def test_promises_at_length(seeds: range) -> None:
    """Over fleets of 10 to 1,000 plants."""
    check(seeds, most=1000)


def check(seeds: range, most: int) -> None:
    """A seed and `most` make a rollout that breaks a promise again."""
    broken = {seed: broken_promises(make_case(seed, most), seed) for seed in seeds}
    assert not any(broken.values()), {seed: each for seed, each in broken.items() if each}


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


def test_no_mixed_fleet_waits_for_its_dark_plants() -> None:
    """Whose calendars differ: the last within reach is ready as if all were, but for an hour or
    two of chance; and in one case in some sixty another order of them costs a day or two."""
    later = [later_by_the_dark(make_case(seed), seed) for seed in range(60)]
    assert sum(each > timedelta(hours=2) for each in later) <= 1
    assert max(later) < timedelta(days=2)


def test_a_seed_is_reproducible() -> None:
    case = make_case(7)
    runs = [simulate(case.rollout, case.plants, case.start, 7, case.faults) for _ in range(2)]
    assert runs[0] == runs[1]
