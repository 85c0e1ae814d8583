"""One plant, from its merged tree to a `Site`; again with other values, without reading a file."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from edgeward.catalog import Catalog
from edgeward.declare.assumptions import (
    Assumed,
    check_assumptions,
    make_room,
    read_assumptions,
    settable,
)
from edgeward.declare.bind import Place, bind
from edgeward.declare.load import MAX_PROBLEMS, load
from edgeward.declare.nodes import Node, find, set_at, walk
from edgeward.declare.numbers import Numbers
from edgeward.declare.references import check_references
from edgeward.declare.resolve import resolve
from edgeward.declare.scalars import resolve as resolve_scalar
from edgeward.declare.schemas import defaults, plausible
from edgeward.declare.validate import validate
from edgeward.errors import Problem, UsageError
from edgeward.quantity import Quantity, between
from edgeward.site import Origin, Site, Stream

_NOTHING: Mapping[str, float | str] = MappingProxyType({})
_LINK_KEYS = tuple(
    f"connectivity.{key}"
    for key in (
        "uplink_mbps",
        "downlink_mbps",
        "share_for_ml",
        "rtt_p99_ms",
        "typical_outage_minutes",
        "worst_outage_hours",
        "outages_per_month",
        "usd_per_gb",
        "usd_per_minute",
    )
)
_LAN_KEYS = ("lan.rtt_p99_ms", "lan.mbps")


@dataclass(frozen=True, slots=True)
class PlantSource:
    """A plant that was read and found valid: its merged tree, to bind as often as needed."""

    name: str
    file: str
    tree: Node
    origins: Mapping[str, Origin]


@dataclass(frozen=True, slots=True)
class Layers:
    """What a repository lays under every plant."""

    catalog: Catalog
    fleet_defaults: Node | None
    templates: Mapping[str, Node]


def read_plant(
    data: bytes, file: str, folder: str, layers: Layers
) -> PlantSource | tuple[Problem, ...]:
    """Read one plant file; all its problems where it has any, in the order of the file."""
    parsed = load(data, file)
    if parsed.tree is None:
        return parsed.problems
    problems = (*parsed.problems, *validate(parsed.tree, "Site"))
    if problems:
        return _in_order(problems)
    return complete_plant(parsed.tree, file, folder, layers)


def complete_plant(
    declared: Node, file: str, folder: str, layers: Layers
) -> PlantSource | tuple[Problem, ...]:
    """A plant from a tree that answers its schema: merged with what lies under it, and checked."""
    tree, problems = resolve(declared, layers.fleet_defaults, layers.templates)
    assumed = read_assumptions(tree, layers.catalog.ranges)
    problems = (
        *problems,
        *islice(check_references(tree, layers.catalog, folder), MAX_PROBLEMS),
        *islice(check_assumptions(tree, assumed, layers.catalog.ranges), MAX_PROBLEMS),
    )
    if problems:
        return _in_order(problems)
    tree = make_room(tree, assumed)
    origins = {path: node.origin for path, node in walk(tree)}
    return PlantSource(folder, file, tree, MappingProxyType(origins))


def bind_site(
    source: PlantSource, catalog: Catalog, overrides: Mapping[str, float | str] = _NOTHING
) -> Site:
    """The plant as values.

    `overrides` sets some declaration paths to exact values for this once; assumptions on them are
    dropped. `UsageError` for a path that no plant file could set.
    """
    tree = source.tree
    for path, value in overrides.items():
        tree = with_value(tree, path, value)
    assumed = tuple(
        each
        for each in read_assumptions(tree, catalog.ranges)
        if each.assumption.at not in overrides
    )
    site = bind(
        Site,
        tree,
        Place("", "", numbers_of(tree, assumed, catalog)),
        file=source.file,
        origins=source.origins,
        assumptions=tuple(each.assumption for each in assumed),
    )
    return dataclasses.replace(site, streams=tuple(map(_with_whole_size, site.streams)))


def with_value(tree: Node, path: str, value: float | str) -> Node:
    """The tree with one value set. `UsageError` for a path that no plant file could set."""
    part = settable(tree, path)
    if isinstance(part, str):
        raise UsageError(f"{path}: {part}")
    before = find(tree, path)
    origin = before.origin if before is not None else tree.origin
    text = str(value)
    exact = resolve_scalar(text) if isinstance(value, str) and "enum" not in part else value
    if part.get("type") == "string":
        exact = text
    return set_at(tree, path, Node(exact, origin, None, text))


def numbers_of(tree: Node, assumed: tuple[Assumed, ...], catalog: Catalog) -> Numbers:
    """How the numbers of a plant are read that its file does not state."""
    intervals = {each.assumption.at: each.quantity for each in assumed}
    return Numbers(
        defaults("Site"),
        plausible("Site"),
        {path: interval for path, interval in intervals.items() if interval is not None},
        _network_bounds(tree.word("connectivity.tier"), catalog),
    )


def _network_bounds(tier: str | None, catalog: Catalog) -> dict[str, Quantity]:
    """What the kind of link says of numbers that are not known, without a stated value."""
    names = {path: path.replace(".", f".{tier}.", 1) for path in _LINK_KEYS}
    names |= {path: path for path in _LAN_KEYS}
    return {
        path: between(catalog.ranges[name].low, catalog.ranges[name].high, path)
        for path, name in names.items()
        if name in catalog.ranges
    }


def _with_whole_size(stream: Stream) -> Stream:
    """What leaves as it is, is as large as the item, unless the file says otherwise."""
    leaves = stream.leaves
    if leaves is None or leaves.form not in ("raw", "exceptions") or leaves.kb.bounded:
        return stream
    return dataclasses.replace(stream, leaves=dataclasses.replace(leaves, kb=stream.kb))


def _in_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    # What one `like:` takes over from another is wrong once, where it is written.
    first = {(each.file, each.line, each.column, each.message): each for each in problems[::-1]}
    ordered = sorted(first.values(), key=lambda each: (each.file, each.line, each.column))
    return tuple(ordered[:MAX_PROBLEMS])
