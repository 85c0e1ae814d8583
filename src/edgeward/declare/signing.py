"""For how long what is signed of a release is good, from `releases/keys.yaml`; no keys are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from edgeward.declare.document import read_document
from edgeward.declare.nodes import Node
from edgeward.declare.numbers import number

KEYS_FILE = "releases/keys.yaml"
_PLANTS = "plants"
_HOURS_PER_DAY = 24


@dataclass(frozen=True, slots=True)
class Signing:
    """Days by role, and by plant where one has keys of its own."""

    roles: Mapping[str, float]
    plants: Mapping[str, float]

    def shortest(self, site: str) -> tuple[str, float]:
        """What a plant needs that is good for the shortest, and the hours to count on.

        Roles are signed anew past half of their time, so a plant may be left with that half.
        """
        days = {f"roles.{name}": each for name, each in self.roles.items() if name != _PLANTS}
        own = site in self.plants
        plant = f"{_PLANTS}.{site}" if own else f"roles.{_PLANTS}"
        days[plant] = self.plants[site] if own else self.roles[_PLANTS]
        role, least = min(days.items(), key=lambda each: each[1])
        return role, least * _HOURS_PER_DAY / 2


def read_signing(root: Path) -> Signing | None:
    """None where the repository signs no releases.

    Raises InvalidDeclaration with all that is wrong with the file.
    """
    if not (root / KEYS_FILE).is_file():
        return None
    tree = read_document(root / KEYS_FILE, KEYS_FILE, "ReleaseKeys")
    return Signing(_days(tree.items["roles"]), _days(tree.get("plants")))


def _days(node: Node | None) -> Mapping[str, float]:
    items = node.items.items() if node is not None else ()
    return {name: number(each.get("days")) or 1 for name, each in items}
