"""The calendar of a rollout, and how it ends in trials: both by the step that is taken for real."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from edgeward.rollout.members import taking_part
from edgeward.rollout.rollout import Plant, Rollout
from edgeward.rollout.sample import events_expected, events_needed
from edgeward.rollout.simulate import simulate
from edgeward.rollout.world import Faults

_USUAL = Faults(offline=0.1, flapping=0.1, lost_reports=0.1, slow_health_hours=2)


def plan_lines(rollout: Rollout, plants: Sequence[Plant], now: datetime) -> Iterator[str]:
    """A line for each plant: its stage, and the window that it is given if all goes well."""
    run = simulate(rollout, plants, now)
    zones = {plant.name: ZoneInfo(plant.timezone) for plant in plants}
    yield f"{rollout.name}: release {rollout.release}, back to {rollout.back_to}"
    needed = events_needed(rollout.gate)
    expected = events_expected(rollout.gate, rollout.stages[0])
    yield f"canary: {expected} events in its soak, {needed} needed"
    for switch in run.switches:
        zone = zones[switch.plant]
        start, end = (each.astimezone(zone) for each in switch.window)
        stage = run.state.plants[switch.plant].stage
        yield (
            f"  stage {stage}  {start:%a %Y-%m-%d %H:%M} to {end:%a %H:%M} {zone.key}  "
            f"{switch.plant}"
        )
    planned = {switch.plant for switch in run.switches}
    for plant in taking_part(rollout, plants):
        if plant.safety:
            yield f"  by hand  {plant.name}: has a safety function; a named person activates"
        elif plant.name not in planned:
            yield f"  later    {plant.name}: no window within the plan; it catches up"
    yield f"ends {run.ended:%Y-%m-%d %H:%M} UTC if all goes well"


def simulation_lines(
    rollout: Rollout,
    plants: Sequence[Plant],
    now: datetime,
    seeds: Sequence[int],
    bad_release: bool = False,
) -> Iterator[str]:
    """How often it ends how, and after how many days; each seed can be run again."""
    faults = replace(_USUAL, bad_release=bad_release)
    runs = [simulate(rollout, plants, now, seed, faults) for seed in seeds]
    for status, count in sorted(Counter(run.state.status for run in runs).items()):
        days = sorted((run.ended - now).days for run in runs if run.state.status == status)
        reached = sorted(
            len({each.plant for each in run.switches if each.release == rollout.release})
            for run in runs
            if run.state.status == status
        )
        yield (
            f"{status}: {count} of {len(runs)}, after {days[0]} to {days[-1]} days, "
            f"on {reached[0]} to {reached[-1]} of {len(plants)} plants"
        )
