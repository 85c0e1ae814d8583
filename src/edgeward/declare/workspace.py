"""A repository: its catalog, its fleet file and its plants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from edgeward.catalog import Catalog
from edgeward.declare.catalog import bind_catalog
from edgeward.declare.code_owners import PLACES
from edgeward.declare.evidence import check_evidence
from edgeward.declare.nodes import Node
from edgeward.declare.plant import Layers, PlantSource, bind_site, read_plant
from edgeward.declare.schemas import plain
from edgeward.declare.shelf import read_bytes, read_file, read_shelf
from edgeward.declare.signing import KEYS_FILE
from edgeward.declare.wording import did_you_mean, short
from edgeward.errors import InvalidDeclaration, Problem, UsageError
from edgeward.shipped import SOURCE_TREE, shipped_path
from edgeward.site import Site

__all__ = [
    "OF_A_VERSION",
    "PlantSource",
    "Stock",
    "Workspace",
    "bind_site",
    "find_root",
    "load_site",
    "load_source",
    "load_workspace",
    "open_workspace",
    "read_stock",
    "select_sites",
]

OF_A_VERSION = ("sites", "policies", "templates", "rollouts", KEYS_FILE, *PLACES, SOURCE_TREE)
"""The paths of a commit that are read to decide as it did."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What a repository's catalog, shipped and own, holds, and what is wrong with the rest of it.

    `templates` are the declared halves of use cases, by name.
    """

    catalog: Catalog
    templates: Mapping[str, Node]
    problems: tuple[Problem, ...]


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
    accounts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def speak_for(self, name: str) -> tuple[str, ...]:
        """The forge's accounts that speak for a name; the name itself where none is given."""
        return self.accounts.get(name, (name,))


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


def read_stock(root: Path) -> Stock:
    """Read every file of the catalog."""
    shelf = read_shelf(root / "sites" / "catalog", shipped_path("catalog"))
    templates = {each.name: each.tree for each in shelf.entries if each.kind == "UseCaseTemplate"}
    models = {each.name: each.tree for each in shelf.entries if each.kind == "Model"}
    problems = (*shelf.problems, *check_evidence(root, models))
    return Stock(bind_catalog(shelf.entries), templates, problems)


def load_workspace(root: Path, stock: Stock | None = None) -> Workspace:
    """Read the fleet file, and the catalog if it was not read yet."""
    sites = root / "sites"
    stock = stock or read_stock(root)
    problems = [*stock.problems, *_misnamed(sites)]
    fleet = read_file(sites / "fleet.yaml", "sites/fleet.yaml", "Fleet", problems)
    thresholds = fleet.get("thresholds") if fleet is not None else None
    approvers = fleet.get("approvers") if fleet is not None else None
    defaults = fleet.get("defaults") if fleet is not None else None
    return Workspace(
        root,
        stock.catalog,
        tuple(sorted(path.parent.name for path in sites.glob("*/site.yaml"))),
        plain(thresholds) if thresholds is not None else {},
        tuple(each.text for each in approvers.members) if approvers is not None else (),
        tuple(problems),
        Layers(stock.catalog, defaults, stock.templates),
        _accounts(fleet.get("accounts") if fleet is not None else None),
    )


def open_workspace(root: Path, stock: Stock | None = None) -> Workspace:
    """Raises InvalidDeclaration where the catalog or the fleet file has problems."""
    workspace = load_workspace(root, stock)
    if workspace.problems:
        raise InvalidDeclaration(workspace.problems)
    return workspace


def _accounts(node: Node | None) -> Mapping[str, tuple[str, ...]]:
    items = node.items.items() if node is not None else ()
    return {name: tuple(each.text for each in accounts.members) for name, accounts in items}


def load_source(workspace: Workspace, name: str) -> PlantSource | tuple[Problem, ...]:
    """Read and check one plant by name."""
    path = workspace.root / "sites" / name / "site.yaml"
    file = path.relative_to(workspace.root).as_posix()
    try:
        data = read_bytes(path)
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


def _misnamed(sites: Path) -> Iterator[Problem]:
    for path in sorted(sites.glob("*/site.yml")):
        file = f"sites/{path.parent.name}/site.yml"
        yield Problem(file, 0, 0, "", "is not read: call it site.yaml")


def _selected(workspace: Workspace, selector: str) -> str:
    if selector in workspace.plants:
        return selector
    path = Path(selector).resolve()
    folder = path.parent if path.name == "site.yaml" else path
    if folder.parent == (workspace.root / "sites").resolve() and folder.name in workspace.plants:
        return folder.name
    hint = did_you_mean(selector, workspace.plants)
    raise UsageError(f"no plant is called `{short(selector)}`: {hint}")
