"""A scenario: a facility as a plant would declare it, and how many of them there are."""

from __future__ import annotations

from dataclasses import dataclass

from edgeward.declare.document import read_document
from edgeward.declare.nodes import Node
from edgeward.declare.numbers import number
from edgeward.declare.plant import PlantSource, complete_plant
from edgeward.declare.wording import did_you_mean, short
from edgeward.declare.workspace import Workspace
from edgeward.errors import InvalidDeclaration, UsageError

_ENVELOPE = ("apiVersion", "name")
_UP_TO = 10


@dataclass(frozen=True, slots=True)
class Scenario:
    """`source` is one facility; `up_to` is how many times of today's fleet is looked at."""

    name: str
    title: str
    facilities: int
    up_to: int
    source: PlantSource


def list_scenarios(workspace: Workspace) -> tuple[str, ...]:
    """The names of the scenarios of a repository, sorted."""
    folder = workspace.root / "sites" / "scenarios"
    return tuple(sorted(path.stem for path in folder.glob("*.yaml")))


def load_scenario(workspace: Workspace, name: str) -> Scenario:
    """Read and check one scenario; raises InvalidDeclaration with all that is wrong with it.

    UsageError where there is none of that name.
    """
    known = list_scenarios(workspace)
    if name not in known:
        raise UsageError(f"no scenario is called `{short(name)}`: {did_you_mean(name, known)}")
    path = workspace.root / "sites" / "scenarios" / f"{name}.yaml"
    file = path.relative_to(workspace.root).as_posix()
    tree = read_document(path, file, "Scenario")
    site = tree.items["site"]
    named = {key: tree.items[key] for key in _ENVELOPE}
    kind = Node("Site", site.origin, None, "Site")
    plant = site._replace(value={**named, "kind": kind, **site.items})
    source = complete_plant(plant, file, name, workspace.layers)
    if not isinstance(source, PlantSource):
        raise InvalidDeclaration(source)
    return Scenario(
        name=name,
        title=tree.word("title") or name,
        facilities=int(number(tree.get("facilities")) or 1),
        up_to=int(number(tree.get("up_to")) or _UP_TO),
        source=source,
    )
