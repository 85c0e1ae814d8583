"""Template packs: which files a box gets, from which template, readable by which program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from edgeward.bundle.escape import Format
from edgeward.declare.load import load
from edgeward.declare.nodes import Node, problem
from edgeward.declare.schemas import plain
from edgeward.declare.validate import validate
from edgeward.digest import digest
from edgeward.errors import InvalidDeclaration, Problem
from edgeward.shipped import shipped_path

PACK_FILE = "pack.yaml"
ROOT = "root"
_SHOWN = len("sha256:") + 12


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file of a pack. With `each`, one file for each member of that list of the context:
    the template sees it as `item`, and `{name}` in the path is its name. `owner` is a user and
    its group."""

    template: str
    path: str
    mode: int
    format: Format
    each: str | None = None
    owner: str = ROOT


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """A pack with its templates' text; `digest` is over all of it and stands for its version.

    No `runtimes` means every box that runs Linux; `settings` are numbers that the templates see.
    """

    name: str
    summary: str
    context: str
    files: tuple[PackFile, ...]
    check: str
    templates: Mapping[str, str]
    digest: str
    replaces: str | None = None
    runtimes: tuple[str, ...] = ()
    settings: Mapping[str, int] = field(default_factory=dict)

    def suits(self, runtime: str) -> bool:
        return not self.runtimes or runtime in self.runtimes


def open_packs(root: Path) -> tuple[Pack, ...]:
    """The shipped packs with those of a repository. Raises InvalidDeclaration as `load_packs`."""
    return load_packs(shipped_path("templates"), root / "templates")


def load_packs(shipped: Path, own: Path | None = None) -> tuple[Pack, ...]:
    """The packs of two folders, by name; a pack of `own` may replace the shipped one.

    Raises InvalidDeclaration with every problem of every pack.
    """
    problems: list[Problem] = []
    packs = {pack.name: pack for pack in _read_folder(shipped, problems)}
    if own is not None and own.is_dir() and own.resolve() != shipped.resolve():
        for pack in _read_folder(own, problems):
            problems += _check_overlay(pack, packs.get(pack.name), own)
            packs[pack.name] = pack
    if problems:
        raise InvalidDeclaration(tuple(problems))
    return tuple(packs[name] for name in sorted(packs))


def _read_folder(folder: Path, problems: list[Problem]) -> Iterable[Pack]:
    for file in sorted(folder.glob(f"*/{PACK_FILE}")):
        pack = _read_pack(file, problems)
        if pack is not None:
            yield pack


def _read_pack(file: Path, problems: list[Problem]) -> Pack | None:
    name = f"templates/{file.parent.name}/{PACK_FILE}"
    parsed = load(file.read_bytes(), name)
    found = [*parsed.problems, *(_check(parsed.tree, file) if parsed.tree else ())]
    problems += found
    if found or parsed.tree is None:
        return None
    raw = plain(parsed.tree)
    sources = {entry["template"]: file.with_name(entry["template"]) for entry in raw["files"]}
    templates = {key: source.read_text("utf-8") for key, source in sorted(sources.items())}
    return Pack(
        name=raw["name"],
        summary=raw["summary"],
        context=raw["context"],
        files=tuple(_pack_file(entry) for entry in raw["files"]),
        check=raw["check"],
        templates=templates,
        digest=digest([{**raw, "replaces": None}, templates]),
        replaces=raw.get("replaces"),
        runtimes=tuple(raw.get("runtimes", ())),
        settings=raw.get("settings", {}),
    )


def _check(tree: Node, file: Path) -> Iterable[Problem]:
    problems = validate(tree, "TemplatePack")
    if problems:
        return problems
    return _check_folder(tree, file)


def _check_folder(tree: Node, file: Path) -> Iterator[Problem]:
    name = tree.items["name"]
    if name.value != file.parent.name:
        yield problem(name, "name", f"write {file.parent.name}, the name of the folder")
    for index, entry in enumerate(tree.items["files"].members):
        template = entry.items["template"]
        if not file.with_name(str(template.value)).is_file():
            yield problem(
                template, f"files.{index}.template", "there is no such file in the folder"
            )


def _check_overlay(pack: Pack, shipped: Pack | None, own: Path) -> Iterable[Problem]:
    """Nothing for a copy of the shipped pack, as in a checkout of edgeward itself."""
    wanted = f"{pack.name}@{shipped.digest[:_SHOWN]}" if shipped else None
    if pack.replaces != wanted and (shipped is None or pack.digest != shipped.digest):
        says = f"write replaces: {wanted}" if wanted else "remove it: no shipped pack has this name"
        file = str(own / pack.name / PACK_FILE)
        yield Problem(file, 1, 1, "replaces", f"{says}, once you have compared the two")


def _pack_file(entry: Mapping[str, str]) -> PackFile:
    return PackFile(
        template=entry["template"],
        path=entry["path"],
        mode=int(entry["mode"], 8),
        format=cast(Format, entry["format"]),
        each=entry.get("each"),
        owner=entry.get("owner", ROOT),
    )
