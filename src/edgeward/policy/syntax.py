"""Reading the syntax tree of a Rego file, as `opa parse --format json` gives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Node = Any


@dataclass(frozen=True, slots=True)
class Module:
    """A parsed file: its path under `policies`, and its syntax tree with locations."""

    name: str
    tree: Mapping[str, Node]

    @property
    def rules(self) -> list[Node]:
        definitions: list[Node] = self.tree.get("rules", [])
        return definitions

    @property
    def package(self) -> str:
        return ".".join(part["value"] for part in self.tree["package"]["path"][1:])

    @property
    def imports(self) -> dict[str, list[str]]:
        """What each import makes known, by the name that the file uses."""
        found = {}
        for node in self.tree.get("imports", []):
            path = static_path(node["path"]) or [show(node["path"])]
            found[node.get("alias") or path[-1]] = path
        return found


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    yield node
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        yield from walk(child)


def references(node: Node) -> Iterator[Node]:
    for found in walk(node):
        if isinstance(found, dict) and found.get("type") == "ref":
            yield found


def calls(node: Node) -> Iterator[tuple[str, Node, list[Node]]]:
    """Calls below a node: the name, the name's node, the operands.

    OPA writes them as a term of type `call`, or as an expression of several terms.
    """
    for found in walk(node):
        if not isinstance(found, dict):
            continue
        terms = found.get("value") if found.get("type") == "call" else found.get("terms")
        if isinstance(terms, list) and terms:
            name = ".".join(static_path(terms[0]) or [])
            yield name, terms[0], terms[1:]


def static_path(node: Node) -> list[str] | None:
    """The path of a reference, or None for anything else and where a part is not a fixed name."""
    if not isinstance(node, dict) or node.get("type") != "ref":
        return None
    head, *rest = node["value"]
    if head["type"] != "var" or any(part["type"] != "string" for part in rest):
        return None
    return [head["value"], *(part["value"] for part in rest)]


def head_of(reference: Node) -> str:
    head = reference["value"][0]
    return str(head["value"]) if head["type"] == "var" else ""


def is_variable(node: Node, names: set[str]) -> bool:
    return isinstance(node, dict) and node.get("type") == "var" and node.get("value") in names


def show(reference: Node) -> str:
    parts = [
        part["value"] if isinstance(part["value"], str) else "…" for part in reference["value"]
    ]
    return ".".join(parts)


def line_of(node: Node) -> int:
    return int(node.get("location", {}).get("row", 1))
