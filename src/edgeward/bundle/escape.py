"""What may stand in a rendered file: plain words as they are, free text after a filter, no more.

A template writes `{{ word }}` for a name, a path or a whole number, and `{{ sentence | text }}`
for what a person wrote. In JSON and YAML `{{ value | json }}` writes any value, quoted where it is
text, and `{{ sentence | comment }}` what stands behind a `#`. Anything else is refused, so nothing
that a declaration says can become a directive.
"""

from __future__ import annotations

import html
import json
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any, Literal, Self

from jinja2 import Undefined

from edgeward.figures import format_number

Format = Literal[
    "mosquitto", "nftables", "systemd", "shell", "json", "compose", "otelcol", "prometheus", "html"
]

_WORD = re.compile(r"[A-Za-z0-9_/][A-Za-z0-9_.:/@+=-]{0,199}")
_NOT_NFT_TEXT = re.compile(r"[^A-Za-z0-9 _.,:;/@+()=-]")
_JSON = json.JSONEncoder(ensure_ascii=False)
_REMEMBERED = 8192
_TEXT_LIMIT = 200
_NFT_TEXT_LIMIT = 120  # libnftnl keeps a comment of at most 128 bytes


class UnsafeValue(ValueError):
    """A value that cannot be written in the format that it would land in."""


class Escaped(str):
    """Text that a filter made safe for the format at hand; `harmless` is something of its kind."""

    __slots__ = ("harmless",)
    harmless: str

    def __new__(cls, text: str, harmless: str = "text") -> Self:
        self = super().__new__(cls, text)
        self.harmless = harmless
        return self


@cache
def filters(form: Format) -> Mapping[str, Callable[[Any], Escaped]]:
    """The filters of a template in this format; `text` and `comment` take text only.

    They remember what they wrote: a fleet says the same few thousand words over and over.
    """
    if form in _TEXT_FILTERS:
        return {"text": _remember(_TEXT_FILTERS[form])}
    if form not in _SCALAR_TEXT:
        return {}
    write = _SCALAR_TEXT[form]
    return {
        "comment": _remember(lambda text: Escaped(_one_line(text))),
        "json": _remember(lambda value: _scalar(value, write)),
    }


def write_value(value: object) -> str:
    """What Jinja puts in place of an expression. Raises UnsafeValue."""
    if type(value) is Escaped:
        return value
    if type(value) is str:
        return _word(value)
    if isinstance(value, Undefined):
        return str(value)  # raises, and names the variable
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise UnsafeValue(f"{_shown(value)} is not a plain word of letters, digits and _ . : / @ + = -")


def write_placeholder(value: object) -> str:
    """A harmless value of the same kind, for the file that the real one is compared with."""
    written = write_value(value)
    if isinstance(value, Escaped):
        return value.harmless
    return "1" if isinstance(value, int) else "/word" if written.startswith("/") else "word"


def _remember(write: Callable[[Any], Escaped]) -> Callable[[Any], Escaped]:
    return lru_cache(maxsize=_REMEMBERED, typed=True)(write)


@lru_cache(maxsize=_REMEMBERED)
def _word(value: str) -> str:
    if _WORD.fullmatch(value):
        return value
    raise UnsafeValue(f"{_shown(value)} is not a plain word of letters, digits and _ . : / @ + = -")


def _one_line(sentence: str) -> str:
    """Without line breaks, control and direction characters; a backslash could join lines."""
    spaced = " ".join(sentence[: 4 * _TEXT_LIMIT].replace("\\", "/").split())
    if not (spaced.isascii() and spaced.isprintable()):
        spaced = "".join(char for char in spaced if not unicodedata.category(char).startswith("C"))
    return spaced.strip()[:_TEXT_LIMIT].strip()


def _mosquitto_text(sentence: str) -> Escaped:
    return Escaped(_one_line(sentence))


def _nftables_text(sentence: str) -> Escaped:
    return Escaped(_NOT_NFT_TEXT.sub("_", _one_line(sentence))[:_NFT_TEXT_LIMIT])


def _systemd_text(sentence: str) -> Escaped:
    return Escaped(_one_line(sentence).replace("%", "%%"))


def _html_text(value: str | float | None) -> Escaped:
    """For people: a number with few digits, and what nobody knows as such."""
    if value is None:
        return Escaped("unknown")
    if isinstance(value, str):
        return Escaped(html.escape(_one_line(value)))
    return Escaped(str(value) if isinstance(value, int) else format_number(value))


def _no_expansion(sentence: str) -> str:
    """Compose and the collector replace `$NAME`; a doubled dollar sign is one."""
    return _one_line(sentence).replace("$", "$$")


def _no_template(sentence: str) -> str:
    """Prometheus runs what stands in braces as a program of its own."""
    return _one_line(sentence).replace("{", "(").replace("}", ")")


def _quoted(text: str) -> Escaped:
    """As a JSON string, which YAML reads alike: no control character and no backslash is left."""
    return Escaped(_JSON.encode(text), '"text"')


def _scalar(value: object, write: Callable[[str], str]) -> Escaped:
    if value is None or isinstance(value, bool):
        return Escaped(json.dumps(value), json.dumps(value))
    if isinstance(value, (int, float)):
        if not math.isfinite(value):
            raise UnsafeValue(f"{value} is not a number that a file can hold")
        plain = int(value) if value == int(value) else value
        return Escaped(json.dumps(plain), "1.5" if isinstance(plain, float) else "1")
    if isinstance(value, str):
        return _quoted(write(value))
    if isinstance(value, (tuple, list)):
        members = [_scalar(member, write) for member in value]
        harmless = ", ".join(member.harmless for member in members)
        return Escaped(f"[{', '.join(members)}]", f"[{harmless}]")
    raise UnsafeValue(f"{_shown(value)} is no text, number, list, true, false or null")


def _shown(value: object) -> str:
    shown = ascii(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."


_TEXT_FILTERS: Mapping[Format, Callable[[str], Escaped]] = {
    "mosquitto": _mosquitto_text,
    "nftables": _nftables_text,
    "systemd": _systemd_text,
    "html": _html_text,
}
_SCALAR_TEXT: Mapping[Format, Callable[[str], str]] = {
    "json": _one_line,
    "compose": _no_expansion,
    "otelcol": _no_expansion,
    "prometheus": _no_template,
}
