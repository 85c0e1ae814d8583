"""Which facts a subject has, and what kind of value each is, read from the subject types."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal

from edgeward.quantity import Quantity
from edgeward.subjects import SUBJECT_TYPES

FactType = Literal["number", "text", "yes_no"]

_PLAIN: dict[type, FactType] = {Quantity: "number", str: "text", bool: "yes_no"}
_JSON_TYPES: dict[FactType, str] = {"number": "number", "text": "string", "yes_no": "boolean"}


@cache
def fact_types(subject: str) -> Mapping[str, FactType]:
    """The facts of a kind of subject by dotted path, such as `latency.bound_ms`."""
    return dict(_facts_of(SUBJECT_TYPES[subject], ""))


def input_schema() -> dict[str, Any]:
    """The JSON Schema of what rules see: every kind of subject as a list of rows with an id."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            subject: {"type": "array", "items": _row_schema(fact_types(subject))}
            for subject in sorted(SUBJECT_TYPES)
        },
    }


def nest(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Dotted paths to nested objects: `{"a.b": 1}` gives `{"a": {"b": 1}}`."""
    tree: dict[str, Any] = {}
    for path, value in facts.items():
        *parents, leaf = path.split(".")
        branch = tree
        for parent in parents:
            branch = branch.setdefault(parent, {})
        branch[leaf] = value
    return tree


def _facts_of(owner: type, prefix: str) -> Iterator[tuple[str, FactType]]:
    hints = typing.get_type_hints(owner)
    for field in dataclasses.fields(owner):
        kind = _without_none(hints[field.name])
        if dataclasses.is_dataclass(kind) and kind is not Quantity:
            yield from _facts_of(kind, f"{prefix}{field.name}.")
        else:
            yield f"{prefix}{field.name}", _PLAIN[kind]


def _without_none(hint: Any) -> type:
    if isinstance(hint, types.UnionType):
        (hint,) = (part for part in typing.get_args(hint) if part is not types.NoneType)
    return typing.cast(type, hint)


def _row_schema(facts: Mapping[str, FactType]) -> dict[str, Any]:
    return _object_schema(nest({path: {"type": _JSON_TYPES[t]} for path, t in facts.items()}))


def _object_schema(tree: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            key: value if isinstance(value.get("type"), str) else _object_schema(value)
            for key, value in tree.items()
        },
    }
