"""Answers from files: YAML in the shape of a plant or by path, CSV with a plant in each row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edgeward.declare.load import load
from edgeward.declare.nodes import Node, item_name, join
from edgeward.declare.shelf import read_bytes
from edgeward.declare.text import decode
from edgeward.errors import InvalidDeclaration, Problem, UsageError

_NAME = "name"


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as it was given: `value` is text to be read, or a list or map as it stands."""

    path: str
    value: Any
    file: str
    line: int
    column: int


def read_answers(path: Path) -> list[list[Given]]:
    """The answers of a file, a list for each plant that it speaks of.

    Raises UsageError for a file that cannot be read, InvalidDeclaration for what is wrong in it.
    """
    try:
        data = read_bytes(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    if path.suffix.lower() == ".csv":
        return _read_csv(data, str(path))
    if path.suffix.lower() in (".yaml", ".yml"):
        return [_read_yaml(data, str(path))]
    raise UsageError(f"{path}: answers come from .yaml or .csv; save a spreadsheet as CSV (UTF-8)")


def _read_yaml(data: bytes, file: str) -> list[Given]:
    parsed = load(data, file)
    if parsed.tree is None or parsed.problems:
        raise InvalidDeclaration(parsed.problems)
    return list(_leaves(parsed.tree, ""))


def _leaves(node: Node, path: str) -> Iterator[Given]:
    """Every value with its path; a list of things with names is gone into, another is one value."""
    origin = node.origin
    if isinstance(node.value, dict):
        for key, below in node.value.items():
            if path or key not in ("apiVersion", "kind"):
                yield from _leaves(below, join(path, key))
    elif node.members and all(_named(each) for each in node.members):
        for index, item in enumerate(node.members):
            yield from _leaves(item, join(path, item_name(item, index)))
    elif isinstance(node.value, list):
        yield Given(path, _plain(node), origin.file, origin.line, origin.column)
    else:
        text = node.text if node.value is not None else ""
        yield Given(path, text, origin.file, origin.line, origin.column)


def _named(item: Node) -> bool:
    return any(item.word(key) for key in ("name", "kind", "at"))


def _plain(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: _plain(below) for key, below in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(each) for each in node.value]
    return node.value


def _read_csv(data: bytes, file: str) -> list[list[Given]]:
    text = decode(data, file)
    if isinstance(text, Problem):
        raise InvalidDeclaration((text,))
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    header = [cell.strip() for cell in rows[0]] if rows else []
    problems = list(_check_header(header, file))
    plants: list[list[Given]] = []
    for line, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        problems += _check_row(header, row, file, line)
        plants.append(
            [
                Given(path, cell.strip(), file, line, column)
                for column, (path, cell) in enumerate(zip(header, row, strict=False), start=1)
                if path and cell.strip()
            ]
        )
    if not plants and not problems:
        problems.append(Problem(file, 2, 1, "", "no row below the header: a plant takes one row"))
    if problems:
        raise InvalidDeclaration(tuple(problems))
    return plants


def _delimiter(text: str) -> str:
    """Spreadsheets of half of Europe write semicolons."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _check_header(header: list[str], file: str) -> Iterator[Problem]:
    if _NAME not in header:
        message = (
            "no column is called `name`: the first row names what each column is, such as name, "
            "connectivity.tier, devices.line-1.class"
        )
        yield Problem(file, 1, 1, "", message)
    for column, path in enumerate(header, start=1):
        if path and header.index(path) != column - 1:
            first = header.index(path) + 1
            yield Problem(file, 1, column, "", f"`{path}` is column {first} already")


def _check_row(header: list[str], row: list[str], file: str, line: int) -> Iterator[Problem]:
    for column, cell in enumerate(row, start=1):
        path = header[column - 1] if column <= len(header) else ""
        if cell.strip() and not path:
            yield Problem(file, line, column, "", "this column has no name in the first row")
    if _NAME in header:
        at = header.index(_NAME)
        if at >= len(row) or not row[at].strip():
            message = "no name: every row names its plant (a merged cell leaves the others empty)"
            yield Problem(file, line, at + 1, "", message)
