"""From a tree to frozen dataclasses, driven by their type hints.

A field is read from the key of its own name; `_KEYS` lists the few that are spelled otherwise in
a file, `_READERS` the values that need more than their type to be read.
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from edgeward.catalog import MenuChange, Run
from edgeward.declare.nodes import Node, item_name, join
from edgeward.declare.numbers import Numbers
from edgeward.declare.schemas import ITEM
from edgeward.quantity import Quantity, exact
from edgeward.site import Arrives, Batch, Device, Flow, Freeze, Leaves, Link, Stream
from edgeward.use_case import Latency, Regulation, UseCase

T = TypeVar("T")


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: its path, the pattern of that path, and how its numbers are read."""

    path: str
    pattern: str
    numbers: Numbers

    def below(self, key: str) -> Place:
        """The place under a key, which may be several joined by dots."""
        return Place(join(self.path, key), join(self.pattern, key), self.numbers)

    def item(self, name: str) -> Place:
        return Place(join(self.path, name), join(self.pattern, ITEM), self.numbers)

    def quantity(self, node: Node | None) -> Quantity:
        return self.numbers.read(node, self.path, self.pattern)


Reader = Callable[[Node | None, Place], Any]

_KEYS: dict[tuple[type, str], str] = {
    (Device, "class_name"): "class",
    (Run, "class_name"): "class",
    (Flow, "source"): "from",
    (Link, "source"): "from",
    (Freeze, "since"): "from",
    (Freeze, "until"): "to",
    (Latency, "start"): "from",
    (Latency, "end"): "to",
    (Leaves, "form"): "as",
    (MenuChange, "source"): "from",
    (Regulation, "risk"): "class",
    (UseCase, "runs_every"): "runs.every",
    (UseCase, "rollback"): "rollback.when",
    (UseCase, "rollback_to"): "rollback.to",
}
_MS = {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}
_ARRIVAL_KINDS: dict[str, Literal["periodic", "free_running", "batch", "random"]] = {
    "every_ms": "periodic",
    "every": "periodic",
    "free_running": "free_running",
    "batch": "batch",
    "random_per_hour": "random",
}
_DURATION = re.compile(r"([0-9]+)(ms|s|min|h|d|w)")


def bind(cls: Callable[..., T], node: Node | None, place: Place, **given: object) -> T:
    """A frozen dataclass from a map; `given` are the fields that no file declares."""
    values = dict(given)
    for field, key, reader in _plan(cls):
        if field not in given:
            values[field] = reader(raw(node, key), place.below(key))
    return cls(**values)


def raw(node: Node | None, dotted: str) -> Node | None:
    """The node under a dotted key, also one that says unknown; None where the key is absent."""
    for key in dotted.split("."):
        node = node.items.get(key) if node is not None else None
    return node


def milliseconds(duration: str) -> float:
    """A duration such as 1h or 500ms, which the schema has checked, in milliseconds."""
    found = _DURATION.fullmatch(duration)
    assert found is not None
    return float(int(found[1]) * _MS[found[2]])


@cache
def _plan(cls: Any) -> tuple[tuple[str, str, Reader], ...]:
    hints = get_type_hints(cls)
    return tuple(
        (field.name, _KEYS.get((cls, field.name), field.name), _reader(cls, field, hints))
        for field in dataclasses.fields(cls)
    )


def _reader(cls: type, field: dataclasses.Field[Any], hints: Mapping[str, Any]) -> Reader:
    special = _READERS.get((cls, field.name))
    if special is not None:
        return special
    read = _by_type(hints[field.name])
    default = field.default
    if default is dataclasses.MISSING or default is None or default == ():
        return read
    return lambda node, place: default if _absent(node) else read(node, place)


def _by_type(hint: Any) -> Reader:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = _by_type(next(each for each in arguments if each is not type(None)))
        return lambda node, place: None if _absent(node) else inner(node, place)
    if origin is tuple:
        return _tuple_of(arguments[0])
    if origin is Mapping:
        return _map_of(arguments[1])
    return _single(hint)


def _single(hint: Any) -> Reader:
    if hint is Quantity:
        return lambda node, place: place.quantity(node)
    if dataclasses.is_dataclass(hint):
        make: Any = hint
        return lambda node, place: bind(make, node, place)
    assert hint in (str, bool) or get_origin(hint) is Literal, hint
    return lambda node, _place: None if node is None else node.value


def _absent(node: Node | None) -> bool:
    return node is None or node.is_unknown


def _tuple_of(hint: Any) -> Reader:
    read = _by_type(hint)

    def read_items(node: Node | None, place: Place) -> tuple[Any, ...]:
        members = node.members if node is not None else []
        named = ((item_name(item, index), item) for index, item in enumerate(members))
        return tuple(read(item, place.item(name)) for name, item in named)

    return read_items


def _map_of(hint: Any) -> Reader:
    read = _by_type(hint)

    def read_entries(node: Node | None, place: Place) -> dict[str, Any]:
        entries = node.items if node is not None else {}
        return {key: read(value, place.item(key)) for key, value in entries.items()}

    return read_entries


def _arrives(node: Node | None, place: Place) -> Arrives | None:
    items = node.items if node is not None else {}
    kind = next((kind for key, kind in _ARRIVAL_KINDS.items() if key in items), None)
    if node is None or kind is None:
        return None

    def number(key: str) -> Quantity:
        return place.below(key).quantity(items.get(key))

    every = node.word("every")
    period = exact(milliseconds(every)) if every else number("every_ms")
    return Arrives(
        kind,
        period_ms=period if kind == "periodic" else None,
        phase="synchronised" if node.word("phase") == "synchronised" else "random",
        batch=Batch(number("batch"), number("per_day")) if kind == "batch" else None,
        per_hour=number("random_per_hour") if kind == "random" else None,
    )


def _late_allowed(node: Node | None, place: Place) -> Quantity:
    if node is not None and isinstance(node.value, str) and not node.is_unknown:
        late, _, of = node.value.partition(" in ")
        node = node._replace(value=int(late) / int(of))
    return place.quantity(node)


_READERS: dict[tuple[type, str], Reader] = {
    (Stream, "arrives"): _arrives,
    (Latency, "late_allowed"): _late_allowed,
}
