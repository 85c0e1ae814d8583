"""How fast the declared rollout may reach the boxes of one plant, for AWS's own agents."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from edgeward.declare.document import read_document
from edgeward.declare.nodes import Node
from edgeward.declare.numbers import number
from edgeward.site import Site

_LEAST_PERCENT = 0.01
"""AWS takes two digits; a share of 0 means that the first failure is one too many."""
_MOST_PER_MINUTE = 1000
"""What a deployment of Greengrass takes."""
_MOST_MINUTES = 10_080
"""A week, the longest that a job of AWS IoT may be in progress."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`failed_percent` of the boxes that tried end it; `per_minute` None is AWS's own."""

    rollout: str
    failed_percent: float
    minutes: int
    per_minute: int | None


def read_pace(root: Path, site: Site) -> Pace | None:
    """Of the rollout with the newest release that the plant is in; None where it is in none.

    Raises InvalidDeclaration for a rollout file that is wrong.
    """
    trees = [tree for tree in _rollouts(root) if _takes_part(tree, site)]
    if not trees:
        return None
    tree = max(trees, key=lambda each: (number(each.get("release")) or 0, each.word("name") or ""))
    per_minute = number(tree.get("boxes_per_minute"))
    return Pace(
        rollout=tree.word("name") or "",
        failed_percent=max(_LEAST_PERCENT, round(100 * _share(tree), 2)),
        minutes=min(_MOST_MINUTES, math.ceil(60 * (number(tree.get("activation_hours")) or 1))),
        per_minute=min(_MOST_PER_MINUTE, int(per_minute)) if per_minute is not None else None,
    )


def _rollouts(root: Path) -> Iterator[Node]:
    for path in sorted((root / "rollouts").glob("*.yaml")):
        yield read_document(path, f"rollouts/{path.name}", "Rollout")


def _takes_part(tree: Node, site: Site) -> bool:
    plants, labels = tree.get("plants"), tree.get("labels")
    named = {each.text for each in plants.members} if plants is not None else {site.name}
    asked = {key: each.text for key, each in labels.items.items()} if labels is not None else {}
    own = site.labels or {}
    return site.name in named and all(own.get(key) == value for key, value in asked.items())


def _share(tree: Node) -> float:
    return number(tree.get("abort_above_share")) or 0
