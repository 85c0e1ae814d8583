"""A plant varied: its numbers by path and how far they may go, and parts added or left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from edgeward.catalog import Catalog
from edgeward.declare.assumptions import read_assumptions, settable
from edgeward.declare.nodes import Node, find, walk
from edgeward.declare.numbers import number
from edgeward.declare.plant import PlantSource, bind_site, numbers_of, with_value
from edgeward.declare.references import check_references
from edgeward.declare.schemas import ITEM, Schema, schema
from edgeward.declare.validate import validate
from edgeward.errors import Problem, UsageError
from edgeward.quantity import Quantity
from edgeward.site import Site

_DEVICE_KEYS = ("name", "class", "tier")
_NAMED = ("devices", "streams", "use_cases")
_SECTIONS = ("connectivity", "lan", "assets", "devices", "streams", "use_cases")


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and the most that a number may be; `whole` where it counts something.

    `most` is None where only its unit limits it; `plausible` where somebody said what is.
    """

    least: float
    most: float | None
    whole: bool
    plausible: tuple[float, float] | None


def number_paths(source: PlantSource) -> tuple[str, ...]:
    """Where the plant has numbers: those that it states, then those that it assumes."""
    stated = [
        path
        for path, node in walk(source.tree)
        if path.partition(".")[0] in _SECTIONS and number(node) is not None
    ]
    listed = source.tree.get("assumptions")
    assumed = [each.word("at") or "" for each in (listed.members if listed else ())]
    named = (path for path in assumed if path.partition(".")[0] in _SECTIONS)
    return tuple(path for path in dict.fromkeys((*stated, *named)) if _single(source, path))


def with_devices(source: PlantSource, devices: tuple[tuple[str, str, str], ...]) -> PlantSource:
    """The plant with more devices, each as its name, class and tier."""
    if not devices:
        return source
    here = source.tree.origin
    listed = source.tree.items.get("devices") or Node([], here)
    added = [
        Node({key: Node(word, here) for key, word in zip(_DEVICE_KEYS, each, strict=True)}, here)
        for each in devices
    ]
    items = {**source.tree.items, "devices": listed._replace(value=[*listed.members, *added])}
    return replace(source, tree=source.tree._replace(value=items))


def with_use_cases(source: PlantSource, names: frozenset[str]) -> PlantSource:
    """The plant as if it had only these use cases."""
    listed = source.tree.items["use_cases"]
    kept = [each for each in listed.members if each.word("name") in names]
    items = {**source.tree.items, "use_cases": listed._replace(value=kept)}
    at = source.tree.items.get("assumptions")
    if at is not None:
        prefixes = tuple(f"use_cases.{name}." for name in names)
        about = [
            each
            for each in at.members
            if (word := each.word("at") or "").startswith(prefixes)
            or not word.startswith("use_cases.")
        ]
        items["assumptions"] = at._replace(value=about)
    return replace(source, tree=source.tree._replace(value=items))


def bind_again(
    source: PlantSource, catalog: Catalog, site: Site, values: Mapping[str, float | str]
) -> Site:
    """What `bind_site` makes of the source with these values, from what it made without them.

    Only the parts that the values are in are read again.
    """
    tree = source.tree
    for path, value in values.items():
        tree = with_value(tree, path, value)
    sections = {path.partition(".")[0] for path in values}
    named = {".".join(path.split(".")[:2]) for path in values}
    items = {key: tree.items[key] for key in {*sections, "assumptions"} if key in tree.items}
    for section in sections & set(_NAMED):
        kept = [
            each for each in items[section].members if f"{section}.{each.word('name')}" in named
        ]
        items[section] = items[section]._replace(value=kept)
    part = bind_site(replace(source, tree=tree._replace(value=items)), catalog, values)
    changed = {key: getattr(part, key) for key in sections}
    for section in sections & set(_NAMED):
        again = {each.name: each for each in changed[section]}
        before = getattr(site, section)
        changed[section] = tuple(again.get(each.name, each) for each in before)
    return replace(site, assumptions=part.assumptions, **changed)


def number_at(source: PlantSource, catalog: Catalog, path: str) -> Quantity:
    """What is known of the number at a path, also of one that the plant does not mention."""
    assumed = read_assumptions(source.tree, catalog.ranges)
    numbers = numbers_of(source.tree, assumed, catalog)
    return numbers.read(find(source.tree, path), path, _pattern(path))


def limits_at(source: PlantSource, path: str) -> Limits:
    """What the schema says of a number. `UsageError` where no number can be."""
    part = settable(source.tree, path)
    if isinstance(part, str):
        raise UsageError(f"{path}: {part}")
    least = part["minimum"] if "minimum" in part else part.get("exclusiveMinimum") or 0.0
    plausible = part.get("x-plausible")
    return Limits(
        least=float(least),
        most=float(part["maximum"]) if "maximum" in part else None,
        whole=part.get("type") == "integer",
        plausible=(float(plausible[0]), float(plausible[1])) if plausible else None,
    )


def check_values(
    source: PlantSource, catalog: Catalog, values: Mapping[str, float | str]
) -> Iterator[str]:
    """What is wrong with new values at paths, a sentence each.

    `UsageError` for a path that no plant file could set.
    """
    tree = source.tree
    for path, value in values.items():
        tree = with_value(tree, path, value)
    before = set(_problems(source.tree, source.name, catalog))
    for problem in _problems(tree, source.name, catalog):
        if problem not in before:
            yield f"{problem.path}: {problem.message}"


def _problems(tree: Node, name: str, catalog: Catalog) -> Iterator[Problem]:
    return chain(validate(tree, "Site"), check_references(tree, catalog, name))


def _single(source: PlantSource, path: str) -> bool:
    part = settable(source.tree, path)
    return isinstance(part, dict) and bool({"number", "integer"} & _types(part))


def _types(part: Schema) -> set[str]:
    kinds = part.get("type", ())
    return {kinds} if isinstance(kinds, str) else set(kinds)


def _pattern(path: str) -> str:
    """The path with `*` for every list item and every key of a free map."""
    part, steps = schema("Site"), []
    for step in path.split("."):
        known = part.get("properties", {}).get(step)
        steps.append(step if known else ITEM)
        part = known or part.get("items") or part.get("additionalProperties") or {}
        part = part if isinstance(part, dict) else {}
    return ".".join(steps)
