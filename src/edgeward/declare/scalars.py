"""What a plain YAML scalar means: the YAML 1.2 core rules, decimal numbers only.

What YAML 1.1 would have read differently (`no`, `012`, `1:30`) stays text; `surprise` says what to
write where a boolean or a number was wanted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from edgeward.declare.nodes import Scalar

_CONSTANTS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_MAX_DIGITS = 15


class BadScalar(ValueError):
    """A plain scalar that looks like a number that no plant can have."""


def resolve(text: str) -> Scalar:
    """The value of a plain scalar; `BadScalar` for one that is infinite, or too large to keep."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    first = text[0]
    if not (first.isdigit() or first in "+-."):
        return text
    if _INTEGER.fullmatch(text):
        if len(text.lstrip("+-")) > _MAX_DIGITS:
            raise BadScalar("a number of more than 15 digits: write it in quotes if it is text")
        return int(text)
    if _FLOAT.fullmatch(text):
        number = float(text)
        if math.isinf(number):
            raise BadScalar(f"the number {text[:40]} is too large")
        return number
    if _NOT_FINITE.fullmatch(text):
        raise BadScalar(f"{text} is no number that a plant can have: write unknown, or a number")
    return text


def surprise(text: str, wanted: str) -> str | None:
    """Why a text is no `wanted` ("boolean" or "number"), where YAML 1.1 or a habit says it is."""
    if wanted == "boolean":
        meant = _YAML_1_1_BOOLEANS.get(text.lower())
        return f"`{text}` is text here: write {meant}" if meant else None
    for pattern, explain in _NEARLY_NUMBERS:
        if pattern.fullmatch(text):
            return f"`{text}` {explain(text)}"
    return None


def _plain_digits(text: str) -> str:
    return f"is text here: write {text.replace('_', '').replace(',', '')}"


def _without_unit(text: str) -> str:
    number = re.match(r"[-+]?[0-9.]+", text)
    assert number is not None
    return f"is text here: the unit is in the key, write {number[0]} in that unit"


_YAML_1_1_BOOLEANS = {
    **dict.fromkeys(("yes", "on", "y"), "true"),
    **dict.fromkeys(("no", "off", "n"), "false"),
}
_NEARLY_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (
        re.compile(r"[-+]?0[0-9]{1,30}"),
        lambda text: f"has a leading zero: write {int(text)}, or quote it",
    ),
    (
        re.compile(r"[-+]?0(x[0-9a-fA-F]{1,30}|o[0-7]{1,30}|b[01]{1,60})"),
        lambda text: f"is text here: write {int(text, 0)}",
    ),
    (re.compile(r"[-+]?[0-9]+(_[0-9]+)+(\.[0-9]+)?"), _plain_digits),
    (re.compile(r"[-+]?[0-9]{1,3}(,[0-9]{3})+"), _plain_digits),
    (
        re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+"),
        lambda _text: "is text here, not a number: write it in the unit of the key",
    ),
    (re.compile(r"[-+]?[0-9]+(\.[0-9]+)?\s?[a-zA-Z%µ/]{1,12}"), _without_unit),
)
