"""What the state of rollouts says about which release plants are to get, and in which window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from edgeward.declare.workspace import load_workspace
from edgeward.release.assign import Assigned
from edgeward.rollout.read import load_rollout
from edgeward.rollout.record import load_state
from edgeward.rollout.rollout import Rollout
from edgeward.rollout.state import PlantState, RolloutState, instant_text

_NEW = ("assigned", "running")


def assigned_by(root: Path, names: Sequence[str]) -> dict[str, Assigned]:
    """The release of each plant by the last step of these rollouts.

    Raises InvalidDeclaration for a rollout file that is wrong, UsageError for one that is unknown.
    """
    found: dict[str, Assigned] = {}
    plants = load_workspace(root).plants if names else ()
    for name in names:
        rollout, _tree = load_rollout(root, name, plants)
        found |= assigned(rollout, load_state(root, rollout))
    return found


def assigned(rollout: Rollout, state: RolloutState) -> dict[str, Assigned]:
    """Plants that nothing was decided for yet, or that a person activates, are left as they are."""
    return {
        name: Assigned(_release(rollout, each), _windows(each))
        for name, each in state.plants.items()
        if each.window is not None and each.phase != "by_hand"
    }


def _release(rollout: Rollout, plant: PlantState) -> int:
    return rollout.release if plant.phase in _NEW else rollout.back_to


def _windows(plant: PlantState) -> tuple[tuple[str, str], ...]:
    assert plant.window is not None
    start, end = plant.window
    return ((instant_text(start), instant_text(end)),)
