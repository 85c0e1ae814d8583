"""What may stand in a rendered file: plain words as they are, free text after a filter, no more.

A template writes `{{ word }}` for a name, a path or a number, and `{{ sentence | text }}` for what
a person wrote. Anything else is refused, so nothing that a declaration says can become a directive.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Literal

from jinja2 import Undefined

Format = Literal["mosquitto", "nftables", "systemd"]

_WORD = re.compile(r"[A-Za-z0-9_/][A-Za-z0-9_.:/@+=-]{0,199}")
_NOT_NFT_TEXT = re.compile(r"[^A-Za-z0-9 _.,:;/@+()=-]")
_TEXT_LIMIT = 200
_NFT_TEXT_LIMIT = 120  # libnftnl keeps a comment of at most 128 bytes


class UnsafeValue(ValueError):
    """A value that cannot be written in the format that it would land in."""


class Escaped(str):
    """Text that a filter made safe for the format at hand."""

    __slots__ = ()


def filters(form: Format) -> Mapping[str, Callable[[str], Escaped]]:
    """The filters of a template in this format."""
    return {"text": _TEXT_FILTERS[form]}


def write_value(value: object) -> str:
    """What Jinja puts in place of an expression. Raises UnsafeValue."""
    if isinstance(value, Undefined):
        return str(value)  # raises, and names the variable
    if isinstance(value, Escaped):
        return str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str) and _WORD.fullmatch(value):
        return value
    raise UnsafeValue(f"{_shown(value)} is not a plain word of letters, digits and _ . : / @ + = -")


def write_placeholder(value: object) -> str:
    """A harmless value of the same kind, for the file that the real one is compared with."""
    written = write_value(value)
    if isinstance(value, Escaped):
        return "text"
    return "1" if isinstance(value, int) else "/word" if written.startswith("/") else "word"


def _one_line(sentence: str) -> str:
    """Without line breaks, control and direction characters; a backslash could join lines."""
    spaced = " ".join(sentence[: 4 * _TEXT_LIMIT].replace("\\", "/").split())
    kept = "".join(char for char in spaced if not unicodedata.category(char).startswith("C"))
    return kept.strip()[:_TEXT_LIMIT].strip()


def _mosquitto_text(sentence: str) -> Escaped:
    return Escaped(_one_line(sentence))


def _nftables_text(sentence: str) -> Escaped:
    return Escaped(_NOT_NFT_TEXT.sub("_", _one_line(sentence))[:_NFT_TEXT_LIMIT])


def _systemd_text(sentence: str) -> Escaped:
    return Escaped(_one_line(sentence).replace("%", "%%"))


def _shown(value: object) -> str:
    shown = ascii(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."


_TEXT_FILTERS: Mapping[Format, Callable[[str], Escaped]] = {
    "mosquitto": _mosquitto_text,
    "nftables": _nftables_text,
    "systemd": _systemd_text,
}
