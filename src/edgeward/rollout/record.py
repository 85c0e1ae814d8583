"""States of rollouts as files, and what follows from them for plants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from edgeward.errors import UsageError
from edgeward.inventory.compare import latest
from edgeward.inventory.reported import Reported
from edgeward.rollout.read import FOLDER, list_rollouts, load_rollout
from edgeward.rollout.rollout import Rollout
from edgeward.rollout.state import Report, RolloutState, read_state, write_state
from edgeward.rollout.step import begin
from edgeward.write import write_file_atomically


def state_path(root: Path, name: str) -> Path:
    return root / FOLDER / "state" / f"{name}.json"


def load_state(root: Path, rollout: Rollout) -> RolloutState:
    """The last state; that before the first step where there is none, or one of another release.

    Raises UsageError for a file that is damaged, or is of another rollout.
    """
    path = state_path(root, rollout.name)
    state = read_state(path.read_bytes()) if path.is_file() else begin(rollout)
    if state.rollout != rollout.name:
        raise UsageError(
            f"{path}: is the state of {state.rollout}, not of {rollout.name}: restore it"
        )
    return state if state.release == rollout.release else begin(rollout)


def active_rollouts(
    root: Path, plants: tuple[str, ...]
) -> tuple[tuple[Rollout, RolloutState], ...]:
    """Every rollout that has begun, with its last state."""
    found = []
    for name in list_rollouts(root):
        rollout, _tree = load_rollout(root, name, plants)
        if state_path(root, name).is_file():
            found.append((rollout, load_state(root, rollout)))
    return tuple(found)


def save_state(root: Path, state: RolloutState) -> None:
    write_file_atomically(state_path(root, state.rollout), write_state(state))


def plant_reports(
    reported: Iterable[Reported], metric: str, release: int, now: datetime
) -> Mapping[str, Report]:
    """One report a plant: as old as its oldest, healthy if all boxes are.

    A report from the future is left out. A plant whose boxes differ in release has none of them.
    """
    boxes: dict[str, list[Reported]] = defaultdict(list)
    for each in latest(reported, now).values():
        boxes[each.site].append(each)
    return {site: _together(found, metric, release) for site, found in boxes.items()}


def releases_under_way(
    rollouts: Iterable[tuple[Rollout, RolloutState]],
) -> Mapping[str, frozenset[int]]:
    """The releases that a plant may have while a rollout goes over it."""
    found: dict[str, frozenset[int]] = {}
    for rollout, state in rollouts:
        both = frozenset({rollout.release, rollout.back_to})
        for name, each in state.plants.items():
            if state.status == "running" or each.phase not in ("running", "returned"):
                found[name] = found.get(name, frozenset()) | both
    return found


def _together(boxes: list[Reported], metric: str, release: int) -> Report:
    releases = {each.release for each in boxes}
    counted = [(each.counters or {}).get(metric, (0, 0)) for each in boxes]
    outcomes = [each.outcome for each in boxes if each.outcome is not None]
    failed = {int(slot.partition("-")[0]) for each in boxes for slot in each.failed}
    return Report(
        at=min(each.at for each in boxes),
        release=releases.pop() if len(releases) == 1 else None,
        healthy=all(each.healthy for each in boxes),
        failed=frozenset(failed & {release}),
        events=sum(events for events, _bad in counted),
        bad=sum(bad for _events, bad in counted),
        outcome=all(outcomes) if outcomes else None,
    )
