"""The schemas that editors read, in docs/schema: one self-contained file for each kind.

`python -m edgeward.declare.editor_schema` writes them; with `--check` it fails where one is stale.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from edgeward.declare.nodes import UNKNOWN
from edgeward.declare.schemas import SOURCES, Schema, schema
from edgeward.write import OutputFile

_FOLDER = Path("docs/schema")
_KEPT_OUTSIDE = ("title", "description")


def editor_schema(kind: str) -> Schema:
    """The schema of a kind as an editor needs it: every optional key may also say `unknown`."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_for_editors(schema(kind))}


def render(kind: str) -> str:
    return json.dumps(editor_schema(kind), indent=1, ensure_ascii=False) + "\n"


def file_name(kind: str) -> str:
    return SOURCES[kind].replace(".yaml", ".schema.json")


def schema_files() -> tuple[OutputFile, ...]:
    """All of them, by their names."""
    return tuple(OutputFile(file_name(kind), render(kind).encode()) for kind in SOURCES)


def main(arguments: list[str]) -> int:
    """Write the files, or with --check name the stale ones; 1 where there are any."""
    stale = [kind for kind in SOURCES if _read(_FOLDER / file_name(kind)) != render(kind)]
    for kind in stale:
        path = _FOLDER / file_name(kind)
        if "--check" in arguments:
            sys.stderr.write(f"{path} is stale: run python -m edgeward.declare.editor_schema\n")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(render(kind), encoding="utf-8", newline="\n")
    return 1 if stale and "--check" in arguments else 0


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _for_editors(part: Any) -> Any:
    if isinstance(part, list):
        return [_for_editors(item) for item in part]
    if not isinstance(part, dict):
        return part
    kept = {key: _for_editors(value) for key, value in part.items() if not key.startswith("x-")}
    if "properties" in part:
        kept["properties"] = {
            key: _for_editors(value)
            if key in part.get("required", ())
            else _or_unknown(_for_editors(value))
            for key, value in part["properties"].items()
        }
    return kept


def _or_unknown(part: Schema) -> Schema:
    outside = {key: part[key] for key in _KEPT_OUTSIDE if key in part}
    inside = {key: value for key, value in part.items() if key not in _KEPT_OUTSIDE}
    return {**outside, "anyOf": [inside, {"const": UNKNOWN}]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
