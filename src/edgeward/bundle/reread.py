"""Reads a rendered file again, down to the directives that it has.

A file is compared with one rendered from the same template with harmless values in it: whatever
a declaration says, both must have the same directives in the same places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from edgeward.bundle.escape import Format

_NFT_TOKEN = re.compile(r'"[^"\n]*"|#[^\n]*|\\\n|\n|[{};]|[^\s{};"#]+|\S')


@dataclass(frozen=True, slots=True)
class Directive:
    """`place` is the section or block that it stands in, `tokens` how many words it has, or 0."""

    place: str
    key: str
    tokens: int = 0


def read_directives(form: Format, text: str) -> tuple[Directive, ...]:
    """Every directive of a file, in order. Raises ValueError for what the format does not have."""
    return tuple(_READERS[form](text))


def _read_mosquitto(text: str) -> Iterator[Directive]:
    """mosquitto.conf and its access lists: a line is a key and its value, `#` starts a comment."""
    for line in _lines(text):
        if line.strip() and not line.startswith("#"):
            key, *values = line.split()
            yield Directive("", key, len(values))


def _read_systemd(text: str) -> Iterator[Directive]:
    section = ""
    for line in _lines(text.replace("\\\n", " ")):
        if not line.strip() or line[0] in "#;":
            continue
        if line.startswith("["):
            section = line
            continue
        key, equals, _ = line.partition("=")
        if not section or not equals:
            raise ValueError(f"not a unit file: {line[:60]!r}")
        yield Directive(section, key.strip())


def _read_nftables(text: str) -> Iterator[Directive]:
    """A statement ends with a line, a semicolon or a brace; braces nest; `#` starts a comment."""
    blocks: list[str] = []
    words: list[str] = []
    for token in _NFT_TOKEN.findall(text):
        if token.startswith("#") or token == "\\\n":
            continue
        if token not in ("\n", ";", "{", "}"):
            words.append(token)
            continue
        if words:
            yield Directive("/".join(blocks), words[0], len(words))
        if token == "{":
            blocks.append(words[0] if words else "")
        elif token == "}":
            if not blocks:
                raise ValueError("a closing brace too many")
            blocks.pop()
        words = []
    if blocks or words:
        raise ValueError("the file ends inside a block or a statement")


def _lines(text: str) -> list[str]:
    if "\r" in text or "\0" in text:
        raise ValueError("a carriage return or a zero byte")
    return text.split("\n")


_READERS: Mapping[Format, Callable[[str], Iterator[Directive]]] = {
    "mosquitto": _read_mosquitto,
    "nftables": _read_nftables,
    "systemd": _read_systemd,
}
