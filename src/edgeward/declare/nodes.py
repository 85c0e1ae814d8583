"""The tree that a YAML file is read into: every value remembers where it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from edgeward.errors import Problem
from edgeward.site import Origin

Scalar = str | int | float | bool | None

UNKNOWN = "unknown"
"""The text that says of any optional key that nobody knows its value."""

_NAMING_KEYS = ("name", "kind", "at", "rule", "item")
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}")


class Node(NamedTuple):
    """A map, a list or a scalar.

    `text` is a scalar as it was written, for messages; `quoted` says whether it had quotes. `key`
    is where the key of a map's value stands.
    """

    value: dict[str, Node] | list[Node] | Scalar
    origin: Origin
    key: Origin | None = None
    text: str = ""
    quoted: bool = False

    @property
    def items(self) -> dict[str, Node]:
        """The entries of a map; nothing for anything else."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def members(self) -> list[Node]:
        """The items of a list; nothing for anything else."""
        return self.value if isinstance(self.value, list) else []

    @property
    def is_unknown(self) -> bool:
        return self.value == UNKNOWN

    def get(self, dotted: str) -> Node | None:
        """The value under keys joined by dots, None where there is none or it is unknown."""
        node: Node | None = self
        for key in dotted.split("."):
            node = node.items.get(key) if node is not None else None
        return None if node is None or node.is_unknown else node

    def word(self, dotted: str) -> str | None:
        """The text under a dotted key, None where there is none."""
        node = self.get(dotted)
        return node.value if node is not None and isinstance(node.value, str) else None


def item_name(item: Node, index: int) -> str:
    """How a list item is called in a path: by its name, or what stands for one, or its index."""
    for key in _NAMING_KEYS:
        named = item.items.get(key)
        if named is not None and isinstance(named.value, str) and _NAME.fullmatch(named.value):
            return named.value
    return str(index)


def join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def walk(node: Node, path: str = "") -> Iterator[tuple[str, Node]]:
    """Every value below `node` with its dotted path, in the order of the file."""
    if isinstance(node.value, dict):
        children = [(key, child) for key, child in node.value.items()]
    elif isinstance(node.value, list):
        children = [(item_name(item, index), item) for index, item in enumerate(node.value)]
    else:
        return
    for key, child in children:
        below = join(path, key)
        yield below, child
        yield from walk(child, below)


def find(node: Node, path: str) -> Node | None:
    """The value at a dotted path; None where there is none."""
    found: Node | None = node
    for step in path.split("."):
        found = _step(found, step) if found is not None else None
    return found


def set_at(node: Node, path: str, value: Node) -> Node:
    """The tree with the value at a dotted path set; maps on the way are made, lists are not."""
    step, _, rest = path.partition(".")
    if isinstance(node.value, list):
        items = [
            (set_at(item, rest, value) if rest else value) if item_name(item, i) == step else item
            for i, item in enumerate(node.value)
        ]
        return node._replace(value=items)
    below = node.items.get(step)
    if rest:
        base = below if below is not None and not below.is_unknown else Node({}, value.origin)
        value = set_at(base, rest, value)
    return node._replace(value={**node.items, step: value})


def _step(node: Node, step: str) -> Node | None:
    if isinstance(node.value, dict):
        return node.value.get(step)
    items = enumerate(node.members)
    return next((item for i, item in items if item_name(item, i) == step), None)


def problem(node: Node, path: str, message: str, at_key: bool = False) -> Problem:
    """A problem that points at a value, or at the key in front of it."""
    origin = node.key if at_key and node.key is not None else node.origin
    return problem_at(origin, path, message)


def problem_at(origin: Origin, path: str, message: str) -> Problem:
    """A problem in a terminal's words: what a terminal would obey or hide is written as a code."""
    return Problem(origin.file, origin.line, origin.column, _visible(path), _visible(message))


def _visible(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text)
