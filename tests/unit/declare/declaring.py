"""What the tests of this room share: a repository in a folder, and what one plant file comes to."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from edgeward.declare.figures import check_figures
from edgeward.declare.load import load
from edgeward.declare.plant import PlantSource, bind_site, read_plant
from edgeward.declare.schemas import SOURCES
from edgeward.declare.validate import validate
from edgeward.declare.workspace import Workspace, load_workspace
from edgeward.errors import Problem
from edgeward.site import Site

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases" / "declarations"
HEAD = "apiVersion: edgeward/v1alpha1\nkind: Site\nname: plant\n"


@cache
def workspace() -> Workspace:
    return load_workspace(ROOT)


def declare(data: bytes | str) -> Site | tuple[Problem, ...]:
    """What a plant file in a folder `plant` comes to, with the catalog of this repository."""
    data = data if isinstance(data, bytes) else data.encode()
    source = read_plant(data, "site.yaml", "plant", workspace().layers)
    return source if isinstance(source, tuple) else bind_site(source, workspace().catalog)


def site(body: str) -> Site:
    """The plant of a body without its envelope."""
    found = declare(HEAD + body)
    assert isinstance(found, Site), [str(each) for each in found]
    return found


def source(body: str) -> PlantSource:
    found = read_plant((HEAD + body).encode(), "site.yaml", "plant", workspace().layers)
    assert isinstance(found, PlantSource), [str(each) for each in found]
    return found


def problems_of(path: Path) -> tuple[Problem, ...]:
    """What is wrong with a case, read as the kind that it says it is; a plant without a kind."""
    data = path.read_bytes()
    tree = load(data, path.name).tree
    kind = tree.word("kind") if tree is not None else None
    if tree is not None and kind in SOURCES and kind != "Site":
        return validate(tree, kind) or tuple(check_figures(tree))
    found = declare(data)
    return found if isinstance(found, tuple) else ()
