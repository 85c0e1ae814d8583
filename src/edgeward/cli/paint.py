"""Colour on a terminal, and nowhere else: the words are the same without it."""

from __future__ import annotations

import os
import re
import sys

import click

from edgeward.report.wording import STATUS_WORDS
from edgeward.result import Status

_RED, _YELLOW, _GREEN, _CYAN = "red", "yellow", "green", "cyan"
_COLOURS = {
    **dict.fromkeys(STATUS_WORDS.values(), _RED),
    STATUS_WORDS[Status.NOT_READY]: _YELLOW,
    STATUS_WORDS[Status.DECIDED]: _GREEN,
    "error": _RED,
    "warning": _YELLOW,
    "info": _CYAN,
    "fix:": _CYAN,
}
_STATUSES = "|".join(map(re.escape, STATUS_WORDS.values()))
_COLOURED = re.compile(
    rf"^(?P<plant>\S.*: )(?P<status>{_STATUSES})$"
    r"|(?P<place>^ +\S.*?:\d+:\d+ )(?P<severity>error|warning|info)(?= )"
    r"|(?P<indent>^ +)(?P<fix>fix:)",
    re.MULTILINE,
)


def paint(text: str) -> str:
    """The report with its statuses, severities and fixes in colour, if a person reads it."""
    return _COLOURED.sub(_colour, text) if _wants_colour() else text


def _colour(found: re.Match[str]) -> str:
    before, word = (each for each in found.groups() if each is not None)
    return before + click.style(word, fg=_COLOURS[word], bold=True)


def _wants_colour() -> bool:
    """https://no-color.org: any value of NO_COLOR but none says no."""
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
