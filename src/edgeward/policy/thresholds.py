"""Thresholds, what a plant may argue about: `policies/data/`, overridden by the fleet."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from edgeward.errors import InvalidDeclaration, NotEvaluated, Problem
from edgeward.policy.rule import Rule
from edgeward.policy.sources import policy_folders

_TYPES: tuple[tuple[type, str], ...] = (
    *((bool, "yes or no"), (int, "number"), (float, "number")),
    *((str, "text"), (list, "list"), (Mapping, "mapping")),
)
_MOST_BYTES = 1_000_000
_ENVELOPE = {"apiVersion": "edgeward/v1alpha1", "kind": "Thresholds"}


def load_thresholds(
    root: Path, overrides: Mapping[str, Any], file: str = "sites/fleet.yaml"
) -> Mapping[str, Any]:
    """The thresholds by group: the shipped ones, those of the repository, then `overrides`.

    Raises InvalidDeclaration, naming the file, for a threshold that nobody ships or a value of
    another type than the shipped one; `file` is where `overrides` come from.
    """
    shipped, *own = policy_folders(root)
    merged = {name: values for name, values, _ in _read_folder(shipped)}
    for folder in own:
        for name, values, path in _read_folder(folder):
            merged = _override(merged, {name: values}, str(path.relative_to(root)), "")
    return _override(merged, overrides, file, "thresholds.")


def compared_with(rule: Rule, thresholds: Mapping[str, Any]) -> Mapping[str, float | str]:
    """The thresholds that a rule refers to, by path with `thresholds.` before it; lists left out.

    Raises NotEvaluated for one that is not there.
    """
    found = {path: _at(thresholds, path) for path in rule.thresholds}
    missing = sorted(path for path, value in found.items() if value is None)
    if missing:
        raise NotEvaluated(f"{rule.id}: no such threshold: {', '.join(missing)}")
    return {f"thresholds.{p}": v for p, v in found.items() if isinstance(v, int | float | str)}


def _at(thresholds: Mapping[str, Any], path: str) -> Any:
    value: Any = thresholds
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _read_folder(folder: Path) -> Iterator[tuple[str, dict[str, Any], Path]]:
    for path in sorted((folder / "data").glob("*.yaml")):
        if path.stat().st_size > _MOST_BYTES:
            raise _problem(str(path), "", "is larger than 1 MB: a file of thresholds is a page")
        try:
            document = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise _problem(str(path), "", f"not readable as YAML: {error}") from error
        if not isinstance(document, dict):
            raise _problem(str(path), "", "expected a mapping")
        for key, wanted in {**_ENVELOPE, "name": path.stem}.items():
            if document.pop(key, None) != wanted:
                raise _problem(str(path), key, f"expected {wanted}")
        yield path.stem, document, path


def _override(
    shipped: Mapping[str, Any], overrides: Mapping[str, Any], file: str, prefix: str
) -> dict[str, Any]:
    merged = dict(shipped)
    for key, value in overrides.items():
        path = f"{prefix}{key}"
        if key not in shipped:
            known = ", ".join(sorted(shipped))
            raise _problem(file, path, f"no such threshold; there are {known}")
        if isinstance(shipped[key], Mapping) and isinstance(value, Mapping):
            merged[key] = _override(shipped[key], value, file, f"{path}.")
        elif _type_of(value) != _type_of(shipped[key]):
            raise _problem(file, path, f"expected a {_type_of(shipped[key])}, got {value!r}")
        else:
            merged[key] = value
    return merged


def _type_of(value: Any) -> str:
    """What a person would call the type: 1 and 1.0 are numbers, yes and infinity are not."""
    if isinstance(value, float) and not math.isfinite(value):
        return "value"
    for kind, name in _TYPES:
        if isinstance(value, kind):
            return name
    return "value"


def _problem(file: str, path: str, message: str) -> InvalidDeclaration:
    return InvalidDeclaration((Problem(file, 0, 0, path, message),))
