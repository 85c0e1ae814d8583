"""What pulumi-aws declares about a resource type: its inputs, which are required, their types.

The installed SDK is the source. It is generated from the provider's schema, so what it declares
is what the real provider takes.
"""

from __future__ import annotations

import enum
import importlib
import re
import types
import typing
import warnings
from collections.abc import Awaitable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
from pulumi import _types

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""How the engine sends a value that is not known yet in a preview."""

_TOKEN = re.compile(r"aws:(?P<module>\w+)/\w+:(?P<name>\w+)")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an input, as the engine shows it: `at` is a path such as `rules[0].id`."""

    at: str
    reason: str


def input_problems(type_: str, inputs: Mapping[str, Any]) -> Iterator[Problem]:
    """Unknown inputs, missing required ones and wrong types, at any depth."""
    declaration = _declaration(type_)
    if declaration is None:
        yield Problem("", f"pulumi-aws declares no resource type {type_}")
    else:
        yield from _object_problems("", inputs, declaration)


def provider_problems(inputs: Mapping[str, Any]) -> Iterator[Problem]:
    """The same for the provider's own configuration, of which every value is text on the wire."""
    names = _types.input_type_types(importlib.import_module("pulumi_aws").ProviderArgs)
    for name in sorted(set(inputs) - {*names, "version"}):
        yield Problem(name, f"pulumi-aws declares no configuration {name}")


def _declaration(type_: str) -> type | None:
    token = _TOKEN.fullmatch(type_)
    if token is None:
        return None
    try:
        module = importlib.import_module(f"pulumi_aws.{token['module']}")
    except ModuleNotFoundError:
        return None
    with warnings.catch_warnings():
        # The SDK loads a module when first looked into, and deprecates some of its own.
        warnings.simplefilter("ignore", DeprecationWarning)
        if getattr(getattr(module, token["name"], None), "pulumi_type", None) != type_:
            return None
        # Where an input type took the name first, a resource's own arguments are called InitArgs.
        own = getattr(module, f"{token['name']}InitArgs", None)
        declared: type = own or getattr(module, f"{token['name']}Args")
    return declared


def _object_problems(at: str, value: Mapping[str, Any], declared: type) -> Iterator[Problem]:
    known = _types.input_type_types(declared)
    for name in sorted(set(value) - set(known)):
        yield Problem(_below(at, name), "unknown property")
    for name in sorted(_types._required_property_names(declared) - set(value)):
        yield Problem(_below(at, name), "missing required property")
    for name in sorted(set(value) & set(known)):
        yield from _value_problems(_below(at, name), value[name], known[name])


def _value_problems(at: str, value: Any, hint: Any) -> Iterator[Problem]:
    if value == UNKNOWN:
        return
    members = _members(hint)
    found = [list(_member_problems(at, value, member)) for member in members]
    if all(found):
        yield from min(found, key=len)


def _member_problems(at: str, value: Any, hint: Any) -> Iterator[Problem]:
    origin = typing.get_origin(hint)
    if origin is Sequence:
        if not isinstance(value, list):
            yield Problem(at, f"expected a list, got {_shown(value)}")
        else:
            for index, item in enumerate(value):
                yield from _value_problems(f"{at}[{index}]", item, typing.get_args(hint)[0])
    elif origin is Mapping or _types.is_input_type(hint):
        if not isinstance(value, dict):
            yield Problem(at, f"expected an object, got {_shown(value)}")
        elif origin is Mapping:
            for key, item in sorted(value.items()):
                yield from _value_problems(_below(at, key), item, typing.get_args(hint)[1])
        else:
            yield from _object_problems(at, value, hint)
    elif not _is_scalar(value, hint):
        yield Problem(at, f"expected {hint.__name__}, got {_shown(value)}")


def _is_scalar(value: Any, hint: Any) -> bool:
    if hint is Any:
        return True
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return value in [member.value for member in hint]
    if hint is bool:
        return isinstance(value, bool)
    if hint in (int, float):
        whole = hint is float or (isinstance(value, int | float) and value == int(value))
        return isinstance(value, int | float) and not isinstance(value, bool) and whole
    return isinstance(value, hint)


def _members(hint: Any) -> list[Any]:
    """The plain alternatives of a hint, without what only a program sees: outputs, awaitables."""
    if typing.get_origin(hint) not in (typing.Union, types.UnionType):
        return [hint]
    members = [m for part in typing.get_args(hint) for m in _members(part)]
    plumbing = (Awaitable, pulumi.Output)
    return [
        m
        for m in members
        if m is not type(None)
        and typing.get_origin(m) not in plumbing
        and not typing.is_typeddict(m)
    ]


def _below(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _shown(value: Any) -> str:
    return f"{value!r}"[:60]
