"""Rules to Wasm modules and what the running edgeward must know of them, by the `opa` program."""

from __future__ import annotations

import json
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edgeward.errors import NotEvaluated
from edgeward.policy.fact_types import input_schema
from edgeward.policy.lint import (
    CAPABILITIES,
    lint_library,
    lint_names,
    lint_rule,
    thresholds_of,
)
from edgeward.policy.manifest import MANIFEST, Manifest, manifest_bytes
from edgeward.policy.metadata import parse_rule, with_thresholds
from edgeward.policy.opa import opa_version, run_opa
from edgeward.policy.rule import Rule
from edgeward.policy.sources import digest, is_rule
from edgeward.policy.syntax import Module
from edgeward.write import write_file_atomically

CHECK = ("check", "--strict", "--schema", "schema.json", "--capabilities", "capabilities.json")


@dataclass(frozen=True, slots=True)
class Compiled:
    """The modules by category, and the manifest that vouches for them."""

    manifest: Manifest
    modules: Mapping[str, bytes]


def compile_rules(sources: Mapping[str, str], opa: Path) -> Compiled:
    """Check, lint and compile rule files; same sources and same `opa`, same bytes.

    Raises NotEvaluated with file and line for anything that a rule must not do.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stage_sources(sources, folder, opa)
        run_opa(opa, *CHECK, "policies", folder=folder)
        rules = _read_rules(sources, folder, opa)
        modules = {
            category: _build(category, rules, folder, opa)
            for category in sorted({rule.category for rule in rules})
        }
    manifest = Manifest(
        opa=opa_version(opa),
        sources={name: digest(text) for name, text in sources.items()},
        modules={category: digest(code) for category, code in modules.items()},
        rules=rules,
    )
    return Compiled(manifest, modules)


def write_compiled(compiled: Compiled, folder: Path) -> None:
    """Write the modules, then the manifest that vouches for them; other modules go."""
    folder.mkdir(parents=True, exist_ok=True)
    for category, code in compiled.modules.items():
        write_file_atomically(folder / f"{category}.wasm", code)
    write_file_atomically(folder / MANIFEST, manifest_bytes(compiled.manifest))
    for path in folder.glob("*.wasm"):
        if path.stem not in compiled.modules:
            path.unlink()


def stage_sources(sources: Mapping[str, str], folder: Path, opa: Path) -> None:
    """Write the files under `folder`, beside the schema and the capabilities that bind them."""
    for name, text in sources.items():
        path = folder / "policies" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "schema.json").write_text(json.dumps(input_schema()))
    known = json.loads(run_opa(opa, "capabilities", "--current", folder=folder))
    known["builtins"] = [b for b in known["builtins"] if b["name"] in CAPABILITIES]
    (folder / "capabilities.json").write_text(json.dumps(known))


def _read_rules(sources: Mapping[str, str], folder: Path, opa: Path) -> tuple[Rule, ...]:
    rules: dict[str, Rule] = {}
    faults = lint_names(list(sources))
    for name, text in sources.items():
        module = Module(name, _parse(name, folder, opa))
        if not is_rule(name):
            faults += lint_library(module)
            continue
        file = f"policies/{name}"
        rule = with_thresholds(parse_rule(text, file), thresholds_of(module), file)
        if rule.id in rules:
            faults.append(f"{file}: the id {rule.id} is used twice")
        faults += lint_rule(rule, module)
        rules[rule.id] = rule
    if faults:
        raise NotEvaluated("\n".join(faults))
    return tuple(rules[name] for name in sorted(rules))


def _parse(name: str, folder: Path, opa: Path) -> dict[str, Any]:
    text = run_opa(
        *(opa, "parse", "--format", "json", "--json-include", "locations", f"policies/{name}"),
        folder=folder,
    )
    tree: dict[str, Any] = json.loads(text)
    return tree


def _build(category: str, rules: tuple[Rule, ...], folder: Path, opa: Path) -> bytes:
    entrypoints = [rule.entrypoint for rule in rules if rule.category == category]
    library = ["policies/lib"] if (folder / "policies" / "lib").is_dir() else []
    run_opa(
        *(opa, "build", "-t", "wasm", "--capabilities", "capabilities.json", "-o", "bundle.tar.gz"),
        *(argument for entrypoint in entrypoints for argument in ("-e", entrypoint)),
        *(f"policies/{category}", *library),
        folder=folder,
    )
    with tarfile.open(folder / "bundle.tar.gz") as bundle:
        member = next(m for m in bundle.getmembers() if m.name.endswith("policy.wasm"))
        content = bundle.extractfile(member)
        assert content is not None  # a regular file
        return content.read()
