"""Is a tree what its schema says? Each error becomes a `Problem` that a plant engineer can fix."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from edgeward.declare.load import MAX_PROBLEMS
from edgeward.declare.nodes import UNKNOWN, Node, item_name, join, problem
from edgeward.declare.schemas import Schema, child, homes, required, schema
from edgeward.declare.wording import Breach, explain, short, unknown_key
from edgeward.errors import Problem

_TIME_OF_DAY = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
_FORMATS = FormatChecker(formats=())


def validate(tree: Node, kind: str) -> tuple[Problem, ...]:
    """What in the tree breaks the schema of its kind, in the order of the file."""
    document = without_unknown(tree, schema(kind))
    errors = islice(_validator(kind).iter_errors(document), MAX_PROBLEMS)
    found = [each for error in errors for each in _problems(tree, kind, error)]
    return tuple(sorted(found, key=lambda each: (each.line, each.column))[:MAX_PROBLEMS])


def without_unknown(node: Node, part: Schema) -> Any:
    """The tree as plain values; a key that says `unknown` is left out where it is not required."""
    if isinstance(node.value, dict):
        kept = required(part)
        return {
            key: without_unknown(value, child(part, key) or {})
            for key, value in node.value.items()
            if value.value != UNKNOWN or key in kept
        }
    if isinstance(node.value, list):
        items = part.get("items", {})
        return [without_unknown(item, items) for item in node.value]
    return node.value


def _problems(tree: Node, kind: str, error: ValidationError) -> Iterator[Problem]:
    node, path = _walk_to(tree, error)
    breach = _breach(error)
    if breach.keyword == "additionalProperties":
        known = list(breach.schema.get("properties", ()))
        for key in islice((key for key in breach.instance if key not in known), 20):
            stray = node.items[key]
            elsewhere = homes(kind).get(key, ())
            message = unknown_key(key, known, elsewhere)
            yield problem(stray, join(path, short(key)), message, at_key=True)
        return
    yield problem(node, path, explain(breach, node))


def _breach(error: Any) -> Breach:
    value, part = error.validator_value, error.schema
    return Breach(str(error.validator), value, part, error.instance, error.message)


def _walk_to(tree: Node, error: ValidationError) -> tuple[Node, str]:
    node, path = tree, ""
    for step in error.absolute_path:
        if isinstance(step, int):
            node = node.members[step]
            path = join(path, item_name(node, step))
        else:
            node = node.items[step]
            path = join(path, step)
    return node, path


def _match_whole(
    _validator: Validator, pattern: str, instance: object, _schema: object
) -> Iterator[ValidationError]:
    # `$` also matches before a trailing newline in Python; in the editor's JavaScript it does not.
    if isinstance(instance, str) and not _compiled(pattern).search(instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\$\Z", r"\\Z", pattern))


@cache
def _validator(kind: str) -> Validator:
    checker: Any = extend(Draft202012Validator, {"pattern": _match_whole})  # type: ignore[no-untyped-call]
    validator: Validator = checker(schema(kind), format_checker=_FORMATS)
    return validator


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


@_FORMATS.checks("date", raises=ValueError)
def _is_date(instance: object) -> bool:
    if not isinstance(instance, str):
        return True
    return bool(_DATE.fullmatch(instance)) and bool(date.fromisoformat(instance))


@_FORMATS.checks("time-of-day")
def _is_time_of_day(instance: object) -> bool:
    return not isinstance(instance, str) or bool(_TIME_OF_DAY.fullmatch(instance))


@_FORMATS.checks("time-zone")
def _is_time_zone(instance: object) -> bool:
    # A machine without a time zone database cannot tell; the shape of the name must do there.
    if not isinstance(instance, str):
        return True
    return instance in _time_zones() if _time_zones() else "/" in instance or instance == "UTC"
