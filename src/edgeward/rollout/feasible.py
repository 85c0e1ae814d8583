"""What must hold before a rollout begins; each problem names a place and what to change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from edgeward.declare.nodes import Node, problem
from edgeward.errors import Problem
from edgeward.rollout.members import stage_of, taking_part
from edgeward.rollout.rollout import Plant, Rollout
from edgeward.rollout.sample import events_expected, events_needed
from edgeward.rollout.state import RolloutState
from edgeward.rollout.window import usable
from edgeward.site import Site

_AHEAD = timedelta(days=90)


def check_rollout(
    rollout: Rollout,
    tree: Node,
    plants: Sequence[Plant],
    sites: Mapping[str, Site],
    now: datetime,
) -> tuple[Problem, ...]:
    """All reasons to refuse the rollout; none where it can begin."""
    chosen = taking_part(rollout, plants)
    if not chosen:
        at = tree.get("labels") or tree.items["name"]
        return (problem(at, "labels", "no plant has these labels: nothing would be rolled out"),)
    return (
        *_check_sample(rollout, tree, chosen),
        *_check_windows(rollout, chosen, sites, now),
        *_check_emergency(rollout, tree, chosen, sites),
    )


def check_overlaps(
    rollout: Rollout,
    tree: Node,
    plants: Sequence[Plant],
    others: Sequence[tuple[Rollout, RolloutState]],
) -> Iterator[Problem]:
    """Two rollouts under way must not give a plant two releases; `others` are those under way."""
    ours = {plant.name for plant in taking_part(rollout, plants)}
    for other, state in others:
        shared = sorted(ours & set(state.plants))
        if shared:
            which = ", ".join(shared[:3])
            message = f"{other.file} is under way for {which}: wait for it, or abort it"
            yield problem(tree.items["name"], "name", message)


def _check_sample(rollout: Rollout, tree: Node, chosen: Sequence[Plant]) -> Iterator[Problem]:
    stages = stage_of(rollout, chosen)
    canaries = sum(stage == 0 for stage in stages.values())
    wanted = rollout.stages[0]
    if canaries < (wanted.count or 1):
        message = f"only {canaries} plants may be canaries: ask for fewer, or other labels"
        yield problem(tree.items["canary"].items["plants"], "canary.plants", message)
    needed, expected = events_needed(rollout.gate), events_expected(rollout.gate, wanted)
    if expected < needed:
        each = rollout.gate.events_per_hour * (wanted.count or 1)
        hours = needed / each
        message = (
            f"the canary counts {expected} events in its soak, and the test needs {needed}: "
            f"soak for {hours:.0f} h, or take {hours / wanted.soak_hours:.1f} times the plants"
        )
        yield problem(tree.items["canary"].items["soak_hours"], "canary.soak_hours", message)


def _check_windows(
    rollout: Rollout, chosen: Sequence[Plant], sites: Mapping[str, Site], now: datetime
) -> Iterator[Problem]:
    for plant in chosen:
        if plant.safety or usable(plant, rollout, now, now + _AHEAD):
            continue
        site = sites[plant.name]
        at = site.origin("windows.maintenance")
        message = (
            f"no maintenance window of the next {_AHEAD.days} days has the "
            f"{rollout.activation_hours:g} h that {rollout.name} needs to switch and go back"
        )
        yield Problem(at.file, at.line, at.column, "windows.maintenance", message)


def _check_emergency(
    rollout: Rollout, tree: Node, chosen: Sequence[Plant], sites: Mapping[str, Site]
) -> Iterator[Problem]:
    """Whoever approves it must be who the plants name for that."""
    if rollout.emergency is None:
        return
    who = rollout.emergency.approver
    for plant in chosen:
        cases = sites[plant.name].use_cases
        named = {case.updates.emergency for case in cases if case.updates is not None}
        if who not in named:
            path = "emergency.approver"
            node = tree.items["emergency"].items["approver"]
            yield problem(node, path, f"no use case of {plant.name} names {who} for emergencies")
