"""The reference of a kind of file, for people who look a key up: made from its schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from edgeward.declare.nodes import join
from edgeward.declare.schemas import ITEM, Schema, child, required, schema

# Keys that take what another kind takes.
_LIKE = {("Fleet", "defaults"): "Site"}
_BOUNDS = {
    "minimum": "at least",
    "exclusiveMinimum": "above",
    "maximum": "at most",
    "exclusiveMaximum": "below",
}
_WORDS = {
    "string": "text",
    "boolean": "true or false",
    "integer": "whole number",
    "number": "number",
    "object": "map",
    "array": "list",
}
_HEAD = "| key | what it is | value |\n| --- | --- | --- |\n"


def format_page(kind: str) -> str:
    """In Markdown: a table of what stands at the top, then one for each key that holds more."""
    whole = schema(kind)
    flat, deep = [], []
    for key, part in whole.get("properties", {}).items():
        rows = [] if (kind, key) in _LIKE else list(_rows_below(part, ""))
        flat.append(_row(key, part, key in required(whole), _LIKE.get((kind, key), "")))
        if rows:
            deep.append(f"\n## {key}\n\n{_HEAD}{''.join(rows)}")
    said = f"{whole.get('description', '')}\n\n" if whole.get("description") else ""
    return f"# {kind}\n\n{said}{_HEAD}{''.join(flat)}{''.join(deep)}"


def _rows_below(part: Schema, path: str) -> Iterator[str]:
    for key in _keys(part):
        below = child(part, key)
        if below is not None:
            yield _row(join(path, key), below, key in required(part))
            yield from _rows_below(below, join(path, key))
    for keyword in ("items", "additionalProperties"):
        if isinstance(part.get(keyword), dict):
            yield from _rows_below(part[keyword], join(path, ITEM) if path else "")


def _keys(part: Schema) -> list[str]:
    """All that a map may have; the schema lists some only under a condition."""
    faces = (part, part.get("then", {}), part.get("else", {}))
    return list(dict.fromkeys(key for face in faces for key in face.get("properties", {})))


def _row(path: str, part: Schema, needed: bool, like: str = "") -> str:
    what = " ".join(str(part.get("description", part.get("title", ""))).split())
    value = f"any key of a {like}" if like else say_value(part)
    cells = (f"`{path}`", what, f"{value}; needed" if needed else value)
    return f"| {' | '.join(each.replace('|', chr(92) + '|') for each in cells)} |\n"


def say_value(part: Schema) -> str:
    """What a value may be, in words."""
    if "x-expects" in part:
        return str(part["x-expects"])
    if "const" in part:
        return _code(part["const"])
    if "enum" in part:
        return ", ".join(map(_code, part["enum"]))
    for keyword in ("anyOf", "oneOf"):
        if keyword in part and "properties" not in part:
            return " or ".join(dict.fromkeys(say_value(each) for each in part[keyword]))
    return _typed(part)


def _typed(part: Schema) -> str:
    kinds = part.get("type", "object" if "properties" in part else "string")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    words = " or ".join(_WORDS[each] for each in kinds if each in _WORDS)
    bounds = [f"{said} {part[key]:,}" for key, said in _BOUNDS.items() if key in part]
    return f"{words} {' and '.join(bounds)}".strip()


def _code(value: Any) -> str:
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
