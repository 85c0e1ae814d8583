from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from edgeward.declare.editor_schema import editor_schema, file_name, render
from edgeward.declare.load import load
from edgeward.declare.schemas import SOURCES, plain, schema
from tests.unit.declare.declaring import CASES, ROOT


def properties(part: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, dict):
        for key, below in part.get("properties", {}).items():
            yield f"{path}.{key}", below
        for key, below in part.items():
            yield from properties(below, f"{path}.{key}")
    elif isinstance(part, list):
        for below in part:
            yield from properties(below, path)


@pytest.mark.parametrize("kind", SOURCES)
def test_every_key_has_a_title_and_a_description(kind: str) -> None:
    bare = [
        path
        for path, part in properties(schema(kind))
        if not (part.get("title") and len(part.get("description", "")) > 15)
    ]
    assert bare == []


@pytest.mark.parametrize("kind", SOURCES)
def test_every_pattern_is_said_in_words_and_every_plausible_range_has_a_reason(kind: str) -> None:
    for path, part in properties(schema(kind)):
        assert "pattern" not in part or "x-expects" in part, path
        assert "x-plausible" not in part or "x-plausible-because" in part, path


@pytest.mark.parametrize("kind", SOURCES)
def test_the_editor_schema_is_valid_self_contained_and_up_to_date(kind: str) -> None:
    written = (ROOT / "docs" / "schema" / file_name(kind)).read_text(encoding="utf-8")
    assert written == render(kind)
    assert "$ref" not in written
    Draft202012Validator.check_schema(json.loads(written))


@pytest.mark.parametrize("path", sorted((CASES / "accept").glob("*.yaml")), ids=lambda p: p.stem)
def test_an_editor_accepts_what_edgeward_accepts(path: Any) -> None:
    tree = load(path.read_bytes(), path.name).tree
    assert tree is not None
    document = plain(tree)
    errors = list(Draft202012Validator(editor_schema(document["kind"])).iter_errors(document))
    assert [error.message[:200] for error in errors] == []
