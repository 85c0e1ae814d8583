"""Which plants a change can touch: those that depend on a file that differs from a commit.

It never misses one, and may name one too many: a plant depends on what it, the fleet file or a
template that it uses names, on the prices of its region, and on all rules, thresholds, ranges and
template packs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from edgeward.catalog import Catalog
from edgeward.declare.catalog import bind_catalog
from edgeward.declare.code_owners import PLACES
from edgeward.declare.load import load
from edgeward.declare.nodes import Node, walk
from edgeward.declare.shelf import read_shelf
from edgeward.declare.signing import KEYS_FILE
from edgeward.declare.workspace import OF_A_VERSION, Workspace
from edgeward.git import changed_files, checked_out
from edgeward.shipped import SOURCE_TREE, reading, shipped_path

_CATALOG = "sites/catalog"
_OF_ALL = ("sites/fleet.yaml", KEYS_FILE, *PLACES)
"""With the rules and ranges, what every plant depends on."""
_NAMED = ("device_classes", "models", "use_cases")


def touched_plants(workspace: Workspace, ref: str) -> tuple[str, ...]:
    """The plants, sorted, that may come out otherwise than with the commit `ref`.

    Raises UsageError where there is no git or no such commit.
    """
    root, plants = workspace.root, workspace.plants
    paths = (*OF_A_VERSION, "src", "stacks", "Pulumi.yaml")
    changed = [PurePosixPath(each) for each in changed_files(root, ref, paths)]
    if any(_is_of_all(root, each) for each in changed):
        return plants
    own = {_owner(each) for each in changed}
    texts = {name: _read(root / "sites" / name / "site.yaml") for name in plants}
    touched = own & set(plants)
    names = {each.stem for each in changed if _section(each) in _NAMED}
    if names:
        names = _close(workspace, names)
        if _words(workspace.layers.fleet_defaults) & names:
            return plants
        mentions = _mentions(names)
        touched |= {name for name, text in texts.items() if mentions(text)}
    if any(_section(each) == "prices" for each in changed):
        pays = _payers(root, ref, workspace.catalog)
        touched |= {name for name, text in texts.items() if pays(_region(workspace, text))}
    return tuple(sorted(touched))


def _is_of_all(root: Path, path: PurePosixPath) -> bool:
    if path.parts[0] == "policies":
        return path.suffix in (".rego", ".yaml") and not path.name.endswith("_test.rego")
    if path.parts[0] == "src":
        return (root / SOURCE_TREE).is_file()  # of edgeward itself
    if path.parts[0] == "rollouts":
        return len(path.parts) == 2 and path.suffix == ".yaml"  # not what a step writes
    if path.parts[0] in ("templates", "stacks", "Pulumi.yaml"):
        return path.suffix != ".md" and not _owner(path)
    return path.as_posix() in _OF_ALL or _section(path) == "ranges"


def _owner(path: PurePosixPath) -> str:
    """The name of the plant whose file it is; empty for anything else."""
    if path.parts[0] == "sites" and len(path.parts) > 2 and path.suffix != ".md":
        return path.parts[1]
    of_stack = path.parent.as_posix() == "stacks/config" and path.name.startswith("Pulumi.")
    return path.stem.removeprefix("Pulumi.") if of_stack else ""


def _section(path: PurePosixPath) -> str:
    """The folder of a catalog file; empty for anything else."""
    return path.parts[2] if path.as_posix().startswith(f"{_CATALOG}/") else ""


def _close(workspace: Workspace, names: set[str]) -> set[str]:
    """With the models and templates that name them, as a plant need not name what those do."""
    models = workspace.catalog.models.values()
    named = {model.name: {run.class_name for run in model.runs} for model in models}
    for name, tree in workspace.layers.templates.items():
        named.setdefault(name, set()).update(_words(tree))
    while more := {name for name, words in named.items() if words & names} - names:
        names = names | more
    return names


def _words(tree: Node | None) -> set[str]:
    return {node.text for _, node in walk(tree)} if tree is not None else set()


def _mentions(names: Iterable[str]) -> Callable[[bytes], bool]:
    """Whether a file names one of the names; one with escapes in it may name anything."""
    words = "|".join(re.escape(each) for each in sorted(names))
    pattern = re.compile(rf"\\|(?<![\w-])(?:{words})(?![\w-])".encode())
    return lambda text: pattern.search(text) is not None


def _payers(root: Path, ref: str, catalog: Catalog) -> Callable[[str | None], bool]:
    """Whether a plant in a region may pay something else than it would with the prices of `ref`."""
    with checked_out(root, ref, (_CATALOG, SOURCE_TREE)) as folder, reading(folder):
        shelf = read_shelf(folder / _CATALOG, shipped_path("catalog"))
        before = bind_catalog(shelf.entries)
    if shelf.problems or _price_sources(before) != _price_sources(catalog):
        return lambda _region: True
    return lambda region: before.prices_in(region) != catalog.prices_in(region)


def _price_sources(catalog: Catalog) -> Mapping[str, object]:
    return {at: each for at, each in catalog.sources.items() if at.startswith("prices.")}


def _region(workspace: Workspace, text: bytes) -> str | None:
    trees = (load(text, "").tree, workspace.layers.fleet_defaults)
    stated = (tree.word("cloud.region") for tree in trees if tree is not None)
    return next(filter(None, stated), None)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def chunks(names: Iterable[str], most: int) -> Iterator[tuple[str, ...]]:
    """The names in at most so many groups of about the same size."""
    listed = tuple(names)
    groups = min(most, len(listed))
    for number in range(groups):
        yield listed[number * len(listed) // groups : (number + 1) * len(listed) // groups]
