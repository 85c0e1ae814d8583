"""Reads a rendered file again, down to the directives that it has.

A file is compared with one rendered from the same template with harmless values in it: whatever
a declaration says, both must have the same directives in the same places.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import yaml

from edgeward.bundle.escape import Format

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
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


def _read_shell(text: str) -> Iterator[Directive]:
    """Scripts whose quotes end on their line."""
    for line in _lines(text):
        words = shlex.split(line, comments=True) if line.lstrip()[:1] != "#" else []
        if words:
            yield Directive("", words[0], len(words))


def _read_json(text: str) -> Iterator[Directive]:
    """Which kind of value stands where. Names may be the declaration's, so their order counts."""
    try:
        yield from _walk_json(json.loads(text, object_pairs_hook=_Pairs), "")
    except RecursionError as error:
        raise ValueError("nested too deep") from error


class _Pairs(list[tuple[str, Any]]):
    """The members of an object with their names, doubled ones too."""


def _walk_json(value: object, place: str) -> Iterator[Directive]:
    yield Directive(place, type(value).__name__, len(value) if isinstance(value, list) else 0)
    if isinstance(value, _Pairs):
        for number, (_, member) in enumerate(value):
            yield from _walk_json(member, f"{place}/{number}")
    elif isinstance(value, list):
        for number, member in enumerate(value):
            yield from _walk_json(member, f"{place}/{number}")


def _read_yaml(text: str) -> Iterator[Directive]:
    """The shape of the document: where a map, a list or which kind of scalar stands.

    As in JSON, the order of the names counts.
    """
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise ValueError(str(error).splitlines()[0]) from error
    if node is not None:
        yield from _walk_yaml(node, "")


def _walk_yaml(node: yaml.Node, place: str) -> Iterator[Directive]:
    size = len(node.value) if isinstance(node, yaml.CollectionNode) else 0
    yield Directive(place, node.tag, size)
    if isinstance(node, yaml.MappingNode):
        for number, (key, value) in enumerate(node.value):
            yield Directive(f"{place}/{number}", key.tag)
            yield from _walk_yaml(value, f"{place}/{number}")
    elif isinstance(node, yaml.SequenceNode):
        for number, member in enumerate(node.value):
            yield from _walk_yaml(member, f"{place}/{number}")


def _read_html(text: str) -> Iterator[Directive]:
    if "\0" in text:
        raise ValueError("a zero byte")
    page = _Page()
    page.feed(text)
    page.close()
    return iter(page.found)


class _Page(HTMLParser):
    """Collects the tags of a page, with their attributes' names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Directive] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(Directive(tag, " ".join(name for name, _ in attrs), len(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(Directive(tag, "/"))

    def handle_comment(self, data: str) -> None:  # noqa: ARG002
        self.found.append(Directive("", "<!--"))


def _lines(text: str) -> list[str]:
    if "\r" in text or "\0" in text:
        raise ValueError("a carriage return or a zero byte")
    return text.split("\n")


_READERS: Mapping[Format, Callable[[str], Iterator[Directive]]] = {
    "mosquitto": _read_mosquitto,
    "nftables": _read_nftables,
    "systemd": _read_systemd,
    "shell": _read_shell,
    "json": _read_json,
    "compose": _read_yaml,
    "otelcol": _read_yaml,
    "prometheus": _read_yaml,
    "html": _read_html,
}
