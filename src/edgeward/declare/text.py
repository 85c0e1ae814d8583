"""Bytes to text, and what the YAML parser says of text that it cannot read, in plain English."""

from __future__ import annotations

import re

import yaml

from edgeward.errors import Problem

MAX_BYTES = 1_000_000

_UTF16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"#\x00", b"\x00#")
# Beside control characters: what some programs take for the end of a line and others do not, so
# that line numbers mean the same to all; and what turns the direction of text around, so that a
# reviewer sees what is read.
NOT_TEXT = re.compile(
    "[^\t\n\r\x20-\x7e\u00a0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def decode(data: bytes, file: str) -> str | Problem:
    """The text of a file, without the byte order mark that it may begin with."""
    if len(data) > MAX_BYTES:
        return Problem(file, 0, 0, "", "larger than 1 MB: a declaration is a page or two of text")
    if data.startswith(_UTF16_OR_32):
        return Problem(file, 0, 0, "", "the file is UTF-16 or UTF-32: save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _position(data[: error.start].decode("utf-8", "replace"))
        return Problem(file, line, column, "", "not UTF-8 text: save the file as UTF-8")
    odd = NOT_TEXT.search(text)
    if odd:
        line, column = _position(text[: odd.start()])
        code = f"U+{ord(odd[0]):04X}"
        return Problem(file, line, column, "", f"the control character {code} is here: remove it")
    return text


def syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """Where the parser stopped, and why."""
    what = str(getattr(error, "problem", None) or "it cannot be read")
    mark = getattr(error, "problem_mark", None)
    words = next((words for clue, words in _SYNTAX_WORDS if clue in what), f"not YAML: {what}")
    if words in (_NOT_CLOSED, _NO_END) or mark is None:
        mark = getattr(error, "context_mark", None) or mark
    if mark is None:
        return Problem(file, 0, 0, "", words)
    if "cannot start any token" in what:
        words = _bad_start(text, mark.line, mark.column)
    return Problem(file, mark.line + 1, mark.column + 1, "", words)


def _position(before: str) -> tuple[int, int]:
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(lines), len(lines[-1]) + 1


def _bad_start(text: str, line: int, column: int) -> str:
    found = re.split("\r\n|\r|\n", text)[line][column : column + 1]
    if found == "\t":
        return "a tab stands where YAML wants spaces: indent with spaces"
    return f"a value cannot begin with {found}: put it in quotes"


_NOT_CLOSED = "a `{` or `[` is opened here and not closed, or a comma is missing in it"
_NO_END = "a quote is opened here and never closed"
_SYNTAX_WORDS = (
    ("mapping values are not allowed", "a `: ` stands inside a value: put the value in quotes"),
    ("did not find expected ',' or", _NOT_CLOSED),
    ("did not find expected node content", "a value is missing, or one comma is too many"),
    ("did not find expected key", "the indentation does not fit: line up the keys of one map"),
    ("did not find expected '-'", "the indentation does not fit: line up the items of one list"),
    ("sequence entries are not allowed", "a list begins on the line of its key: start a new line"),
    ("could not find expected ':'", "a key without a `:` after it, or a text over two lines"),
    ("found unexpected end of stream", _NO_END),
    ("found unknown escape", "a backslash in double quotes: use single quotes, or write it twice"),
)
