"""What breaks a schema, in plain English with how to fix it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any, NamedTuple

from edgeward.declare.nodes import Node
from edgeward.declare.scalars import surprise

_TYPE_WORDS = {
    "number": "a number",
    "integer": "a whole number",
    "string": "text",
    "boolean": "true or false",
    "array": "a list",
    "object": "a map of keys",
}
_SHOWN = 30


class Breach(NamedTuple):
    """A keyword of a schema that a value breaks: what the keyword says, and all of its schema."""

    keyword: str
    limit: Any
    schema: dict[str, Any]
    instance: Any
    message: str


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """The nearest choice as a question; the choices, where none is near and they are few."""
    known = sorted(choices)
    near = get_close_matches(word[:100].lower(), known, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    if not known:
        return "there are none"
    more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    return f"there is {', '.join(known[:_SHOWN])}{more}"


def unknown_key(key: str, known: list[str], elsewhere: tuple[str, ...]) -> str:
    """`known` are the keys of the map that it is in, `elsewhere` the maps that have such a key."""
    if elsewhere and not get_close_matches(key, known, n=1, cutoff=0.8):
        places = " or ".join(place.replace(".*", "") or "the top" for place in elsewhere[:3])
        return f"`{key}` does not belong here: it is a key of {places}"
    return f"unknown key `{short(key)}`: {did_you_mean(key, known)}"


def short(text: str) -> str:
    """At most 60 characters of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57] + "..."


def got(node: Node) -> str:
    """What stands in the file, as a phrase."""
    if isinstance(node.value, dict):
        return "a map"
    if isinstance(node.value, list):
        return "a list"
    if node.value is None:
        return "nothing"
    if isinstance(node.value, str):
        return f"the text {json.dumps(node.value[:60], ensure_ascii=False)}"
    kind = "" if isinstance(node.value, bool) else "the number "
    return f"{kind}{short(node.text)}"


def explain(breach: Breach, node: Node) -> str:
    """One error of the schema, as `what, how to fix`."""
    words = _WORDS.get(breach.keyword)
    if words is None:
        return f"does not fit, got {got(node)}: see the description of the key in docs/schema"
    return words(breach, node)


def _wrong_type(breach: Breach, node: Node) -> str:
    wanted = breach.limit
    wanted = [wanted] if isinstance(wanted, str) else list(wanted)
    expected = breach.schema.get("x-expects") or " or ".join(_TYPE_WORDS[each] for each in wanted)
    if node.value is None:
        return f"expected {expected}, got nothing: write it, or unknown, or remove the key"
    if isinstance(node.value, str):
        for kind in ("number", "boolean"):
            if kind in wanted or (kind == "number" and "integer" in wanted):
                hint = surprise(node.value, kind)
                if hint:
                    return f"expected {expected}: {hint}"
    if isinstance(node.value, str) and node.quoted and {"number", "integer"} & {*wanted}:
        bare = bool(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", node.value))
        if bare:
            return f"expected {expected}, got {got(node)}: remove the quotes"
    if "string" in wanted and not isinstance(node.value, dict | list):
        return f'expected {expected}, got {got(node)}: put it in quotes, "{short(node.text)}"'
    if wanted == ["array"]:
        return f"expected a list, got {got(node)}: put it in brackets, [ ]"
    return f"expected {expected}, got {got(node)}"


def _missing(breach: Breach, _node: Node) -> str:
    absent = [key for key in breach.limit if key not in breach.instance]
    # The library reports each missing key by itself, in order; the message names the one meant.
    key = next((key for key in absent if repr(key) in breach.message), absent[0])
    expected = breach.schema.get("properties", {}).get(key, {})
    value = f", as `{key}: {expected['const']}`" if "const" in expected else ""
    return f"`{key}` is missing: add it{value}"


def _choice(breach: Breach, node: Node) -> str:
    choices = [str(each) for each in breach.limit]
    if isinstance(node.value, str):
        near = get_close_matches(node.value[:100].lower(), choices, n=len(choices), cutoff=0.0)
        choices = near + [each for each in choices if each not in near]
    return f"expected one of {', '.join(choices)}; got {got(node)}"


def _constant(breach: Breach, node: Node) -> str:
    wanted = breach.limit
    return f"expected {str(wanted).lower() if wanted is True else wanted}, got {got(node)}"


def _shape(breach: Breach, node: Node) -> str:
    return f"expected {breach.schema.get('x-expects', 'another text')}; got {got(node)}"


def _bound(words: str) -> Callable[[Breach, Node], str]:
    def explain_bound(breach: Breach, node: Node) -> str:
        limit = breach.limit
        if breach.keyword == "exclusiveMinimum" and limit == 0:
            return (
                f"expected a number above 0, got {short(node.text)}: write unknown if nobody knows"
            )
        if breach.keyword == "minimum" and limit == 0:
            return f"expected 0 or more, got {short(node.text)}"
        return f"expected {words} {limit:g}, got {short(node.text)}"

    return explain_bound


def _length(breach: Breach, node: Node) -> str:
    limit: Any = breach.limit
    if breach.keyword in ("minLength", "minProperties"):
        return "is empty: write it, or unknown, or remove the key"
    if breach.keyword == "maxLength":
        return f"longer than {limit} characters: say it in fewer words"
    if breach.keyword == "minItems":
        return f"expected {limit} items or more, got {len(node.members)}"
    return f"expected {limit} items at most, got {len(node.members) or len(node.items)}"


_WORDS: dict[str, Callable[[Breach, Node], str]] = {
    "type": _wrong_type,
    "required": _missing,
    "enum": _choice,
    "const": _constant,
    "pattern": _shape,
    "format": _shape,
    "minimum": _bound("at least"),
    "maximum": _bound("at most"),
    "exclusiveMinimum": _bound("more than"),
    "exclusiveMaximum": _bound("less than"),
    **dict.fromkeys(
        ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
        _length,
    ),
}
