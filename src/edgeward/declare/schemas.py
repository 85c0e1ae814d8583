"""The hand-written JSON Schemas (2020-12), read once and with their references written out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from edgeward.declare.load import load
from edgeward.declare.nodes import Node, join

Schema = dict[str, Any]

SOURCES = {
    "Site": "site.yaml",
    "Fleet": "fleet.yaml",
    "DeviceClass": "device_class.yaml",
    "Model": "model.yaml",
    "PriceList": "price_list.yaml",
    "Ranges": "ranges.yaml",
    "ChangeMenu": "change_menu.yaml",
    "UseCaseTemplate": "use_case_template.yaml",
    "TemplatePack": "template_pack.yaml",
    "Scenario": "scenario.yaml",
    "ReleaseKeys": "release_keys.yaml",
    "Rollout": "rollout.yaml",
}
ITEM = "*"
"""What stands for any list item, and for any key of a free map, in a pattern of a path."""


@cache
def schema(kind: str) -> Schema:
    """The schema of a kind, without references; shared, so never to be changed."""
    compiled = _written_out(_source(SOURCES[kind]), SOURCES[kind])
    assert isinstance(compiled, dict)
    return compiled


@cache
def plausible(kind: str) -> Mapping[str, tuple[float, float]]:
    """The ranges that bound a number which a file leaves unknown, by the pattern of its path."""
    found = ((path, part.get("x-plausible")) for path, part in _parts(schema(kind), ""))
    return {path: (float(pair[0]), float(pair[1])) for path, pair in found if pair}


@cache
def defaults(kind: str) -> Mapping[str, float]:
    """The values that a number has where a file does not give it, by the pattern of its path."""
    found = ((path, part.get("x-default")) for path, part in _parts(schema(kind), ""))
    return {path: float(value) for path, value in found if value is not None}


def child(part: Schema, key: str) -> Schema | None:
    """The schema of the value under a key of a map, None where the key is not allowed."""
    for face in _faces(part):
        known = face.get("properties", {}).get(key) or face.get("additionalProperties")
        if isinstance(known, dict):
            return known
    return None


def required(part: Schema) -> frozenset[str]:
    """The keys that a map must have."""
    return frozenset(key for face in _faces(part) for key in face.get("required", ()))


@cache
def homes(kind: str) -> Mapping[str, tuple[str, ...]]:
    """In which maps of a kind each key is known, by pattern."""
    found: dict[str, list[str]] = {}
    for path, _part in _parts(schema(kind), ""):
        where, _, key = path.rpartition(".")
        found.setdefault(key, []).append(where)
    return {key: tuple(sorted(set(places))) for key, places in found.items()}


def _faces(part: Schema) -> tuple[Schema, ...]:
    return (part, part.get("then", {}), part.get("else", {}))


def _parts(part: Schema, path: str) -> Iterator[tuple[str, Schema]]:
    for key, below in part.get("properties", {}).items():
        yield join(path, key), below
        yield from _parts(below, join(path, key))
    for keyword in ("items", "additionalProperties"):
        below = part.get(keyword)
        if isinstance(below, dict):
            yield join(path, ITEM), below
            yield from _parts(below, join(path, ITEM))


@cache
def _source(name: str) -> Any:
    data = files("edgeward.schema").joinpath(name).read_bytes()
    parsed = load(data, name)
    if parsed.tree is None or parsed.problems:
        raise ValueError("; ".join(map(str, parsed.problems)))
    return plain(parsed.tree)


def plain(node: Node) -> Any:
    """A tree as Python's own dicts, lists and scalars."""
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items()}
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return node.value


def _written_out(part: Any, file: str) -> Any:
    if isinstance(part, list):
        return [_written_out(item, file) for item in part]
    if not isinstance(part, dict):
        return part
    if "extends" in part:
        part = _extended(part)
    own = {key: _written_out(value, file) for key, value in part.items() if key != "$ref"}
    if "$ref" not in part:
        return own
    target, _, pointer = part["$ref"].partition("#")
    target = target or file
    found = _source(target)
    for step in pointer.split("/")[1:]:
        found = found[step]
    return _without({**_written_out(found, target), **own})


def _extended(part: Schema) -> Schema:
    base = _source(part["extends"])
    own = {key: value for key, value in part.items() if key != "extends"}
    return {**base, **own, "properties": {**base["properties"], **part["properties"]}}


def _without(part: Schema) -> Schema:
    gone = part.get("x-without", ())
    if not gone:
        return part
    kept = {key: value for key, value in part["properties"].items() if key not in gone}
    required = [key for key in part.get("required", ()) if key not in gone]
    return {**part, "properties": kept, "required": required}
