"""One answer, from text to the value that the schema asks for at that place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from edgeward.declare.load import load
from edgeward.declare.nodes import UNKNOWN
from edgeward.declare.schemas import Schema, plain
from edgeward.declare.wording import did_you_mean
from edgeward.onboard.units import NUMBER, BadAnswer, read_number

DO_NOT_KNOW = ("?", "unknown", "don't know", "i don't know", "dont know", "no idea", "nobody knows")
_YES_NO = {
    **dict.fromkeys(("yes", "y", "true", "ja", "j"), True),
    **dict.fromkeys(("no", "n", "not", "false", "nein"), False),
}
_SPAN = re.compile(rf"({NUMBER})\s*([^0-9\s-]*)\s*(?:to|-|–|…)\s*({NUMBER})\s*(\S*)")
_OPC_UA = re.compile(r"\bopc[ -]?ua\b", re.IGNORECASE)
_BETWEEN = ("over", "by", "via", "using", "with", "on", "at", "port")
_STATED_SPAN = re.compile(r"(?P<stated>[^(]+)\((?P<span>[^)]+)\)")


@dataclass(frozen=True, slots=True)
class Answer:
    """`value` is `unknown`, or what goes into the file; `span` is what it may be at the outside,
    `source` a range of the catalog that says so, `one_of` the words that it may be. `asked` is
    false where nobody was asked."""

    value: Any
    span: tuple[float, float] | None = None
    source: str | None = None
    one_of: tuple[str, ...] = ()
    asked: bool = True

    @property
    def known(self) -> bool:
        return bool(self.value != UNKNOWN)


NOT_KNOWN = Answer(UNKNOWN)
NOT_ASKED = Answer(UNKNOWN, asked=False)


def read_answer(text: str, part: Schema, key: str) -> Answer:
    """Read `text` as the schema `part` of the value at `key` wants it.

    A number may have a unit, be a range (`20 to 80`), or a value with a range (`50 (20 to 80)`).
    Raises BadAnswer.
    """
    text = text.strip()
    if text.lower() in DO_NOT_KNOW:
        return NOT_KNOWN
    kinds = part.get("type", "string")
    kinds = {kinds} if isinstance(kinds, str) else {*kinds}
    if {"number", "integer"} & kinds:
        return _number(text, part, key, "string" in kinds)
    return Answer(_word(text, part, kinds))


def _word(text: str, part: Schema, kinds: set[str]) -> Any:
    if "boolean" in kinds or isinstance(part.get("const"), bool):
        return _yes_or_no(text)
    if "enum" in part or "const" in part:
        return _choose(text, part.get("enum", [part.get("const")]))
    if "array" in kinds:
        return _list(text, part.get("items", {}))
    return _structure(text) if "object" in kinds else text


def _number(text: str, part: Schema, key: str, or_text: bool) -> Answer:
    whole = part.get("type") == "integer"
    split = _STATED_SPAN.fullmatch(text)
    span = _span(split["span"] if split else text, key)
    try:
        if split is None and span is not None:
            return Answer(UNKNOWN, span)
        value = read_number(split["stated"] if split else text, key)
    except BadAnswer:
        if or_text:
            return Answer(text)
        raise
    if whole and value != int(value):
        raise BadAnswer(f"`{text}`: a whole number is meant")
    return Answer(_tidy(value), span)


def _span(text: str, key: str) -> tuple[float, float] | None:
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        return None
    low, low_unit, high, high_unit = found.groups()
    least, most = read_number(f"{low} {low_unit or high_unit}", key), None
    most = read_number(f"{high} {high_unit}", key)
    if least >= most:
        raise BadAnswer(f"`{text}`: the smaller number comes first, as in 20 to 80")
    return least, most


def _tidy(value: float) -> int | float:
    return int(value) if value == int(value) and abs(value) < 1e15 else value


def _choose(text: str, choices: list[Any]) -> Any:
    wanted = re.sub(r"[\s-]+", "_", text.lower())
    for choice in choices:
        if wanted == str(choice).lower():
            return choice
    begun = [each for each in choices if str(each).lower().startswith(wanted)]
    if len(begun) == 1:
        return begun[0]
    raise BadAnswer(f"`{text}` is none of the choices: {did_you_mean(wanted, map(str, choices))}")


def _yes_or_no(text: str) -> bool:
    word = re.split(r"[\s,.;]", text.lower(), maxsplit=1)[0]
    if word not in _YES_NO:
        raise BadAnswer(f"`{text}`: type yes or no, or ? if nobody knows")
    return _YES_NO[word]


def _list(text: str, items: Schema) -> list[Any]:
    if text.startswith("["):
        found = _structure(text)
        return found if isinstance(found, list) else [found]
    entries = [each.strip() for each in text.split(";" if "properties" in items else ",")]
    if "properties" in items:
        return [_by_position(each, items) for each in entries if each]
    return [read_answer(each, items, "").value for each in entries if each]


def _by_position(text: str, items: Schema) -> dict[str, Any]:
    """`plc-2 opcua 4840` by the first keys that the schema lists: to, protocol, port."""
    keys = list(items["properties"])
    words = [word for word in _OPC_UA.sub("opcua", text).split() if word.lower() not in _BETWEEN]
    if len(words) > len(keys):
        order = ", ".join(key.replace("_", " ") for key in keys)
        raise BadAnswer(f"`{text}`: one word for each of {order}; a ; parts several")
    parts = items["properties"]
    return {
        key: read_answer(word, parts[key], key).value
        for key, word in zip(keys, words, strict=False)
    }


def _structure(text: str) -> Any:
    parsed = load(text.encode(), "answer")
    if parsed.tree is None or parsed.problems:
        why = parsed.problems[0].message if parsed.problems else "nothing is there"
        raise BadAnswer(f"`{text}`: {why}")
    return plain(parsed.tree)
