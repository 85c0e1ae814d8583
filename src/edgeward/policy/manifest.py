"""What is kept beside the compiled rules: their metadata, and digests of sources and modules."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edgeward.errors import NotEvaluated
from edgeward.finding import Severity
from edgeward.policy.rule import Reference, Rule
from edgeward.policy.sources import digest

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """`opa` is the version that compiled; `sources` and `modules` are digests by name."""

    opa: str
    sources: Mapping[str, str]
    modules: Mapping[str, str]
    rules: tuple[Rule, ...]


def manifest_bytes(manifest: Manifest) -> bytes:
    text = json.dumps(dataclasses.asdict(manifest), indent=1, sort_keys=True, ensure_ascii=False)
    return f"{text}\n".encode()


def read_manifest(folder: Path) -> Manifest:
    """Raises NotEvaluated where there is none or it is damaged."""
    try:
        stored = json.loads((folder / MANIFEST).read_bytes())
        rules = tuple(_rule(rule) for rule in stored["rules"])
        return Manifest(stored["opa"], stored["sources"], stored["modules"], rules)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotEvaluated(f"{folder / MANIFEST}: no usable manifest of rules: {error}") from error


def read_module(folder: Path, category: str, expected: str) -> bytes:
    """The bytes of a module; raises NotEvaluated where they are not those that were compiled."""
    path = folder / f"{category}.wasm"
    try:
        code = path.read_bytes()
    except OSError as error:
        raise NotEvaluated(f"{path}: cannot be read: {error.strerror}") from error
    if digest(code) != expected:
        raise NotEvaluated(f"{path}: is not what was compiled from the rules; its digest differs")
    return code


def _rule(stored: Mapping[str, Any]) -> Rule:
    lists = {name: tuple(stored[name]) for name in ("needs", "thresholds")}
    lists["related_resources"] = tuple(Reference(**link) for link in stored["related_resources"])
    conditions = {path: tuple(wanted) for path, wanted in stored["applies_when"].items()}
    severity = Severity(stored["severity"])
    return Rule(**{**stored, **lists, "applies_when": conditions, "severity": severity})
