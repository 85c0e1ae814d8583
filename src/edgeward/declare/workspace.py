"""A repository: its catalog, its fleet file and its plants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from edgeward.catalog import Catalog
from edgeward.declare.catalog import Entry, bind_catalog
from edgeward.declare.figures import check_figures
from edgeward.declare.load import Parsed, load
from edgeward.declare.nodes import Node, problem
from edgeward.declare.plant import Layers, PlantSource, bind_site, read_plant
from edgeward.declare.schemas import plain
from edgeward.declare.text import MAX_BYTES
from edgeward.declare.validate import validate
from edgeward.declare.wording import did_you_mean, short
from edgeward.errors import Problem, UsageError
from edgeward.shipped import shipped_path
from edgeward.site import Layer, Site

__all__ = [
    "Workspace",
    "bind_site",
    "find_root",
    "load_site",
    "load_source",
    "load_workspace",
    "select_sites",
]

_SHELVES = {
    "device_classes": "DeviceClass",
    "models": "Model",
    "prices": "PriceList",
    "ranges": "Ranges",
    "use_cases": "UseCaseTemplate",
}


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything that the plants of a repository share; `plants` are names, sorted.

    `problems` are those of the catalog and the fleet file; what they are in is left out.
    """

    root: Path
    catalog: Catalog
    plants: tuple[str, ...]
    thresholds: Mapping[str, object]
    approvers: tuple[str, ...]
    problems: tuple[Problem, ...]
    layers: Layers = field(repr=False)


def find_root(start: Path, given: Path | None = None) -> Path:
    """The nearest folder, from `start` upwards, that has `sites/`; `given` must have it itself."""
    if given is not None:
        if not (given / "sites").is_dir():
            raise UsageError(f"{given} has no folder `sites`: give the root of the repository")
        return given.resolve()
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "sites").is_dir():
            return folder
    raise UsageError(f"no folder `sites` in {start} or above it: go there, or give --root")


def load_workspace(root: Path) -> Workspace:
    """Read the catalog, shipped and own, and the fleet file."""
    problems: list[Problem] = []
    entries = _overlaid(root, problems)
    fleet = _read(root / "sites" / "fleet.yaml", root, "Fleet", "fleet", problems)
    catalog = bind_catalog(entries)
    templates = {entry.name: entry.tree for entry in entries if entry.kind == "UseCaseTemplate"}
    thresholds = fleet.get("thresholds") if fleet is not None else None
    approvers = fleet.get("approvers") if fleet is not None else None
    return Workspace(
        root,
        catalog,
        tuple(sorted(path.parent.name for path in (root / "sites").glob("*/site.yaml"))),
        plain(thresholds) if thresholds is not None else {},
        tuple(each.text for each in approvers.members) if approvers is not None else (),
        tuple(problems),
        Layers(catalog, fleet.get("defaults") if fleet is not None else None, templates),
    )


def load_source(workspace: Workspace, name: str) -> PlantSource | tuple[Problem, ...]:
    """Read and check one plant by name."""
    path = workspace.root / "sites" / name / "site.yaml"
    file = _shown(path, workspace.root)
    try:
        data = _bytes(path)
    except OSError as error:
        return (Problem(file, 0, 0, "", f"cannot be read: {error.strerror}"),)
    return read_plant(data, file, name, workspace.layers)


def load_site(workspace: Workspace, name: str) -> Site | tuple[Problem, ...]:
    """One plant by name, or what is wrong with it."""
    source = load_source(workspace, name)
    return source if isinstance(source, tuple) else bind_site(source, workspace.catalog)


def select_sites(workspace: Workspace, selectors: Sequence[str] = ()) -> tuple[str, ...]:
    """The plants meant by names or paths, sorted; all of them where there are no selectors."""
    chosen = {_selected(workspace, each) for each in selectors} or set(workspace.plants)
    if not chosen:
        raise UsageError(f"no plant in {workspace.root / 'sites'}: there is no sites/*/site.yaml")
    return tuple(sorted(chosen))


def _selected(workspace: Workspace, selector: str) -> str:
    if selector in workspace.plants:
        return selector
    path = Path(selector).resolve()
    folder = path.parent if path.name == "site.yaml" else path
    if folder.parent == (workspace.root / "sites").resolve() and folder.name in workspace.plants:
        return folder.name
    hint = did_you_mean(selector, workspace.plants)
    raise UsageError(f"no plant is called `{short(selector)}`: {hint}")


def _overlaid(root: Path, problems: list[Problem]) -> list[Entry]:
    shipped, own = shipped_path("catalog"), root / "sites" / "catalog"
    entries = {(e.kind, e.name): e for e in _entries(shipped, shipped.parents[1], problems)}
    if own.is_dir() and own.resolve() != shipped.resolve():
        for entry in _entries(own, root, problems):
            key = (entry.kind, entry.name)
            if key in entries and "replaces" not in entry.tree.items:
                message = f"`{entry.name}` is shipped already: name it otherwise, or say replaces:"
                problems.append(problem(entry.tree.items["name"], "name", message))
                continue
            entries[key] = entry
    return list(entries.values())


def _entries(folder: Path, root: Path, problems: list[Problem]) -> Iterator[Entry]:
    for shelf, kind in _SHELVES.items():
        for path in sorted((folder / shelf).glob("*.yaml")):
            layer: Layer = "template" if kind == "UseCaseTemplate" else "catalog"
            tree = _read(path, root, kind, layer, problems)
            if tree is None:
                continue
            name = tree.items["name"]
            if name.value != path.stem:
                message = f"the file is called `{path.name}`: give both one name"
                problems.append(problem(name, "name", message))
                continue
            yield Entry(kind, path.stem, tree)


def _read(path: Path, root: Path, kind: str, layer: Layer, problems: list[Problem]) -> Node | None:
    if not path.is_file():
        return None
    stamp = path.stat()
    parsed = _checked(path, _shown(path, root), kind, layer, stamp.st_mtime_ns, stamp.st_size)
    problems.extend(parsed.problems)
    return None if parsed.problems else parsed.tree


@lru_cache(maxsize=1024)
def _checked(path: Path, shown: str, kind: str, layer: Layer, _changed: int, _size: int) -> Parsed:
    """A file of the catalog, read and validated once as long as it does not change."""
    try:
        parsed = load(_bytes(path), shown, layer)
    except OSError as error:
        return Parsed(None, (Problem(shown, 0, 0, "", f"cannot be read: {error.strerror}"),))
    if parsed.tree is None:
        return parsed
    found = (*parsed.problems, *validate(parsed.tree, kind))
    return Parsed(parsed.tree, found or tuple(check_figures(parsed.tree)))


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
