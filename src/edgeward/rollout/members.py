"""Which plants belong to which stage; the order is the same on every machine."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence

from edgeward.rollout.rollout import Plant, Rollout


def taking_part(rollout: Rollout, plants: Iterable[Plant]) -> tuple[Plant, ...]:
    """The plants that the rollout is for."""
    if not rollout.plants and not rollout.labels:
        return tuple(plants)
    named = set(rollout.plants)
    return tuple(
        plant
        for plant in plants
        if (not named or plant.name in named) and plant.has(rollout.labels)
    )


def stage_of(rollout: Rollout, plants: Sequence[Plant]) -> Mapping[str, int]:
    """The stage of each plant that takes part; safety functions are in none of them."""
    left = sorted(
        (each for each in plants if not each.safety), key=lambda each: _turn(rollout, each)
    )
    total = len(left)
    stages: dict[str, int] = {}
    for number, stage in enumerate(rollout.stages):
        if stage.count is not None:
            chosen = [plant for plant in left if plant.has(stage.labels)][: stage.count]
        elif stage.share is not None:
            chosen = left[: max(0, math.ceil(stage.share * total) - len(stages))]
        else:
            chosen = [plant for plant in left if plant.has(stage.labels)]
        if number == len(rollout.stages) - 1:
            chosen = left
        stages.update({plant.name: number for plant in chosen})
        left = [plant for plant in left if plant.name not in stages]
    return stages


def _turn(rollout: Rollout, plant: Plant) -> bytes:
    """Mixed, so that the same plants are not always the first; the same in every run."""
    return hashlib.sha256(f"{rollout.name}\0{plant.name}".encode()).digest()
