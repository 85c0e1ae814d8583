"""The same words as plain text and as Markdown that a forge shows.

Declared text may come from a stranger's change: in Markdown it can neither format, link, mention
anybody, open a tag nor give a command; in both forms it stays on its line.
"""

from __future__ import annotations

import re
from typing import Protocol

from edgeward.report.text import printable

_LONGEST = 400
_SPECIAL = re.compile(r"([\\`*\[\]|~^])")
_LONE_UNDERSCORE = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}
_ACTIVE = re.compile(r"(?<=[@#])(?=\S)|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=GH)(?=-\d)", re.IGNORECASE)
_BREAK = "<!-- -->"
"""Shows as nothing, and keeps a forge from seeing a mention, a reference or an address."""


class Mark(Protocol):
    """`say` is for sentences, `code` for paths and names, `strong` for words that lead a line."""

    def say(self, text: str) -> str: ...

    def code(self, text: str) -> str: ...

    def strong(self, text: str) -> str: ...


class Plain:
    """For a terminal."""

    def say(self, text: str) -> str:
        return _shorten(text)

    def code(self, text: str) -> str:
        return _shorten(text)

    def strong(self, text: str) -> str:
        return _shorten(text)


class Markdown:
    """For GitHub and GitLab."""

    def say(self, text: str) -> str:
        escaped = "".join(_ENTITIES.get(char, char) for char in _shorten(text))
        escaped = _SPECIAL.sub(r"\\\1", escaped)
        escaped = _LONE_UNDERSCORE.sub(r"\\_", escaped)
        return _ACTIVE.sub(_BREAK, escaped.replace("&#36;", "\0")).replace("\0", "&#36;")

    def code(self, text: str) -> str:
        plain = _shorten(text)
        return self.say(text) if "`" in plain or "|" in plain or not plain else f"`{plain}`"

    def strong(self, text: str) -> str:
        return f"**{self.say(text)}**"


def _shorten(text: str) -> str:
    shown = " ".join(printable(text).split())
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
