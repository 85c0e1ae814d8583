"""The same rules on the same rows in plain OPA and in conftest, for comparison.

A plant becomes one JSON file: for each rule, the rows that edgeward asked its own engine about.
One generated Rego file turns each rule into the `deny` that both tools look for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from edgeward.policy.rule import Rule

_ADAPTER = """
deny contains message if {{
	asked := input["{id}"]
	passed := data.{package}.pass with input as asked
	some row in asked.{subject}
	not row.id in passed
	message := sprintf("{id} %v", [row.id])
}}
"""


def write_plain(
    folder: Path,
    rules: Iterable[Rule],
    sources: Mapping[str, str],
    thresholds: Mapping[str, Any],
    plants: Iterable[Mapping[str, Any]],
) -> list[Path]:
    """Write rules, adapter, thresholds and one file per plant under `folder`; the plant files."""
    for name, text in sources.items():
        _write(folder / "rules" / name, text)
    denials = [
        _ADAPTER.format(id=r.id, package=r.entrypoint.replace("/", "."), subject=r.subject)
        for r in rules
    ]
    _write(folder / "rules" / "main.rego", "package main\n\nimport rego.v1\n" + "".join(denials))
    _write(folder / "rules" / "data.json", json.dumps({"thresholds": thresholds}))
    files = []
    for number, plant in enumerate(plants):
        files.append(folder / "plants" / f"{number:04}.json")
        _write(files[-1], json.dumps(plant))
    return files


def opa_eval(opa: Path, folder: Path, file: Path) -> list[str]:
    """The command that judges one plant with `opa eval`."""
    return [
        *(str(opa), "eval", "--data", str(folder / "rules")),
        *("--input", str(file), "data.main.deny"),
    ]


def opa_exec(opa: Path, folder: Path, files: Iterable[Path]) -> list[str]:
    """The command that judges many plants with `opa exec`, which reads the rules once."""
    rules = str(folder / "rules")
    return [str(opa), "exec", "--decision", "main/deny", "--bundle", rules, *map(str, files)]


def conftest_test(conftest: Path, folder: Path, files: Iterable[Path]) -> list[str]:
    """The command that judges many plants with conftest."""
    rules = folder / "rules"
    return [
        *(str(conftest), "test", "--no-color", "--output", "json"),
        *("--policy", str(rules), "--data", str(rules / "data.json"), *map(str, files)),
    ]


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
