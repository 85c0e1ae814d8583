"""The files of the catalog, shipped and own, each read once as long as it does not change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from edgeward.declare.catalog import Entry
from edgeward.declare.chain import check_chains
from edgeward.declare.evidence import FOLDER as EVIDENCE
from edgeward.declare.figures import check_figures
from edgeward.declare.load import Parsed, load
from edgeward.declare.nodes import Node, problem
from edgeward.declare.schemas import plain
from edgeward.declare.text import MAX_BYTES
from edgeward.declare.validate import validate
from edgeward.digest import digest
from edgeward.errors import Problem
from edgeward.site import Layer

_KINDS = {
    "device_classes": "DeviceClass",
    "models": "Model",
    "prices": "PriceList",
    "ranges": "Ranges",
    "changes": "ChangeMenu",
    "use_cases": "UseCaseTemplate",
}
_LAYERS: dict[str, Layer] = {"Fleet": "fleet", "UseCaseTemplate": "template"}
_SHOWN = len("sha256:") + 12


@dataclass(frozen=True, slots=True)
class Shelf:
    """The valid entries of a catalog, by kind and name, and what is wrong with the others."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def read_shelf(own: Path, shipped: Path) -> Shelf:
    """The shipped catalog with a repository's own laid over it; they may be the same folder."""
    problems: list[Problem] = []
    entries = {(entry.kind, entry.name): entry for entry in _entries(shipped, problems)}
    if own.is_dir() and own.resolve() != shipped.resolve():
        for entry in _entries(own, problems):
            key = (entry.kind, entry.name)
            wrong = _overlay_problem(entry, entries.get(key))
            if wrong is not None:
                problems.append(wrong)
                continue
            entries[key] = entry
    chosen = tuple(entries[key] for key in sorted(entries))
    models = {entry.name: entry.tree for entry in chosen if entry.kind == "Model"}
    return Shelf(chosen, (*problems, *_priced_twice(chosen), *check_chains(models)))


def read_file(path: Path, shown: str, kind: str, problems: list[Problem]) -> Node | None:
    """A valid file as a tree; None where it is not there or where something is wrong with it."""
    if not path.is_file():
        return None
    stamp = path.stat()
    parsed = _checked(path, shown, kind, stamp.st_mtime_ns, stamp.st_size)
    problems.extend(parsed.problems)
    return None if parsed.problems else parsed.tree


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, one more than is allowed at most."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


@lru_cache(maxsize=1024)
def _checked(path: Path, shown: str, kind: str, _changed: int, _size: int) -> Parsed:
    try:
        parsed = load(read_bytes(path), shown, _LAYERS.get(kind, "catalog"))
    except OSError as error:
        return Parsed(None, (Problem(shown, 0, 0, "", f"cannot be read: {error.strerror}"),))
    if parsed.tree is None:
        return parsed
    found = (*parsed.problems, *validate(parsed.tree, kind))
    return Parsed(parsed.tree, found or tuple(check_figures(parsed.tree)))


def _entries(folder: Path, problems: list[Problem]) -> Iterator[Entry]:
    for path in sorted(folder.rglob("*.y*ml")):
        if path.parent == folder / EVIDENCE:
            continue  # read where a run of a model names it
        # The same name in a wheel as in the source tree, so that output does not tell them apart.
        shown = f"sites/catalog/{path.relative_to(folder).as_posix()}"
        kind = _KINDS.get(path.parent.name)
        if kind is None or path.parent.parent != folder or path.suffix != ".yaml":
            where = ", ".join(f"{name}/" for name in _KINDS)
            message = f"is not read: a catalog file is called <name>.yaml and is in one of {where}"
            problems.append(Problem(shown, 0, 0, "", message.rstrip("/")))
            continue
        tree = read_file(path, shown, kind, problems)
        if tree is None:
            continue
        name = tree.items["name"]
        if name.value == path.stem:
            yield Entry(kind, path.stem, tree)
        else:
            message = f"the file is called `{path.name}`: give both one name"
            problems.append(problem(name, "name", message))


def _overlay_problem(entry: Entry, shipped: Entry | None) -> Problem | None:
    """None also for a copy of what is shipped, as in a checkout of edgeward itself."""
    if shipped is not None and plain(entry.tree) == plain(shipped.tree):
        return None
    replaces = entry.tree.items.get("replaces")
    wanted = None if shipped is None else f"{entry.name}@{digest(plain(shipped.tree))[:_SHOWN]}"
    if (replaces.value if replaces is not None else None) == wanted:
        return None
    if wanted is None:
        message = f"no shipped entry is called `{entry.name}`: remove `replaces`"
    else:
        message = f"`{entry.name}` is shipped already: choose another name, or compare the two and"
        message += f" write `replaces: {wanted}`"
    return problem(replaces or entry.tree.items["name"], "replaces", message)


def _priced_twice(entries: tuple[Entry, ...]) -> Iterator[Problem]:
    first: dict[tuple[str | None, str], Node] = {}
    for entry in entries:
        prices = entry.tree.get("prices") if entry.kind == "PriceList" else None
        for node in prices.members if prices is not None else ():
            item = node.items["item"]
            before = first.setdefault((entry.tree.word("region"), item.text), item)
            if before is not item:
                message = f"`{item.text}` has a price already, at {before.origin}: keep one"
                yield problem(item, f"prices.{item.text}", message)
