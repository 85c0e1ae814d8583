"""Which mutants are noticed: refused when compiled, or given another verdict on a case."""

from __future__ import annotations

import json
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from edgeward.errors import NotEvaluated
from edgeward.policy.build import stage_sources
from edgeward.policy.cases import Case, read_cases, run_cases
from edgeward.policy.engine import Engine, open_engine
from edgeward.policy.lint import lint_rule
from edgeward.policy.opa import run_opa
from edgeward.policy.rule import Rule
from edgeward.policy.rule_set import RuleSet, load_rules
from edgeward.policy.syntax import Module
from edgeward.policy.thresholds import load_thresholds
from tests.mutation.mutants import Mutant, library_mutants, mutants_of

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"
SURVIVORS = Path(__file__).with_name("survivors.yaml")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`killed_by` is compiler, lint or a case; None is a mutant that nobody noticed."""

    rule: str
    mutant: str
    killed_by: str | None

    @property
    def id(self) -> str:
        return f"{self.rule}: {self.mutant}"


def known_survivors() -> Mapping[str, str]:
    """The mutants that may live, each with its reason."""
    found: Mapping[str, str] = yaml.safe_load(SURVIVORS.read_text(encoding="utf-8")) or {}
    return found


def changed_rules(base: str = "HEAD") -> set[str]:
    """The ids of the rules whose file or cases differ from those of `base`, also uncommitted."""
    listed: set[str] = set()
    for command in (
        ["git", "diff", "--name-only", base, "--", "policies", "tests/cases"],
        ["git", "ls-files", "--others", "--exclude-standard", "policies", "tests/cases"],
    ):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        listed |= set(done.stdout.splitlines())
    rules = {".".join(p.split("/")[1:3]) for p in listed if p.startswith("policies/")}
    return rules | {p.split("/")[3] for p in listed if p.count("/") >= 4}


def try_mutants(wanted: set[str] | None, opa: Path) -> Iterator[Outcome]:
    """Make the mutants of these rules, or of all and of the library, and see who notices."""
    rule_set = load_rules(ROOT)
    thresholds = load_thresholds(ROOT, {})
    cases = read_cases(CASES)
    library = {name: text for name, text in rule_set.sources.items() if name.startswith("lib/")}
    for rule in rule_set.rules:
        if wanted is None or rule.id in wanted:
            text = rule_set.sources[_file_of(rule)]
            own = [case for case in cases if case.rule == rule.id]
            mutants = list(mutants_of(rule, text, thresholds))
            yield from _try_rule(rule, mutants, own, library, opa)
    if wanted is None:
        yield from _try_library(rule_set, cases, library, opa)


def _try_rule(
    rule: Rule,
    mutants: Sequence[Mutant],
    cases: Sequence[Case],
    library: Mapping[str, str],
    opa: Path,
) -> Iterator[Outcome]:
    """All mutants of a rule become one module, each under a package of its own."""
    named = {f"{rule.id}_m{number}": mutant for number, mutant in enumerate(mutants)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = {_mutant_file(i): _renamed(each, i) for i, each in named.items()}
        stage_sources({**sources, **library}, folder, opa)
        refused = _refused(named, rule, folder, opa)
        left = [each for each in named if each not in refused]
        for each in refused:
            (folder / "policies" / _mutant_file(each)).unlink()
        engine = _engine(rule.category, left, folder, opa)
    for each, mutant in named.items():
        killed_by = refused.get(each)
        if killed_by is None:
            alive = replace(rule, id=each, applies_when=mutant.applies_when)
            killed_by = _first_difference(alive, cases, engine)
        yield Outcome(rule.id, mutant.name, killed_by)


def _refused(named: Mapping[str, Mutant], rule: Rule, folder: Path, opa: Path) -> dict[str, str]:
    """The mutants that OPA's strict check with schemas, or the rules about the rules, refuse."""
    done = subprocess.run(
        [
            *(opa, "check", "--strict", "--max-errors", "0", "--format", "json"),
            *("--schema", "schema.json", "--capabilities", "capabilities.json", "policies"),
        ],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    report: dict[str, Any] = json.loads(done.stderr or done.stdout or b"{}")
    files = {error["location"]["file"] for error in report.get("errors", ())}
    refused = {}
    for each in named:
        path = folder / "policies" / _mutant_file(each)
        if f"policies/{_mutant_file(each)}" in files:
            refused[each] = "compiler"
            continue
        tree = run_opa(
            *(opa, "parse", "--format", "json", "--json-include", "locations", str(path)),
            folder=folder,
        )
        module = Module(_mutant_file(each), json.loads(tree))
        if lint_rule(replace(rule, id=each), module):
            refused[each] = "lint"
    return refused


def _engine(category: str, names: Sequence[str], folder: Path, opa: Path) -> Engine:
    if not names:
        return open_engine(RuleSet((), {}, {}))
    entrypoints = [f"edgeward/{name.replace('.', '/')}" for name in names]
    run_opa(
        *(opa, "build", "-t", "wasm", "--capabilities", "capabilities.json", "-o", "b.tar.gz"),
        *(argument for entrypoint in entrypoints for argument in ("-e", entrypoint)),
        "policies",
        folder=folder,
    )
    with tarfile.open(folder / "b.tar.gz") as bundle:
        content = bundle.extractfile("/policy.wasm")
        assert content is not None
        code = content.read()
    return open_engine(RuleSet((), {category: partial(bytes, code)}, {}))


def _first_difference(rule: Rule, cases: Sequence[Case], engine: Engine) -> str | None:
    for case in cases:
        try:
            (answer,) = run_cases(rule, [case], partial(load_thresholds, ROOT), engine)
        except NotEvaluated:
            return "not evaluated"
        if not answer.as_expected:
            return case.name
    return None


def _try_library(
    rule_set: RuleSet, cases: Sequence[Case], library: Mapping[str, str], opa: Path
) -> Iterator[Outcome]:
    """A mutant of the library is tried with a rule that uses it."""
    for name, text in library.items():
        if name.endswith("_test.rego"):
            continue
        package = ".".join(("data.edgeward.lib", name.split("/")[1]))
        users = [r for r in rule_set.rules if package in rule_set.sources[_file_of(r)]]
        for what, changed in library_mutants(name, text):
            rule = users[0]
            own = [case for case in cases if case.rule == rule.id]
            whole = Mutant(rule.id, what, rule_set.sources[_file_of(rule)], rule.applies_when)
            (outcome,) = _try_rule(rule, [whole], own, {**library, name: changed}, opa)
            yield Outcome("lib", what, outcome.killed_by)


def _renamed(mutant: Mutant, name: str) -> str:
    return re.sub(r"^package \S+$", f"package edgeward.{name}", mutant.text, flags=re.MULTILINE)


def _file_of(rule: Rule) -> str:
    category, name = rule.id.split(".")
    return f"{category}/{name}/{name}.rego"


def _mutant_file(name: str) -> str:
    category, rule = name.split(".")
    return f"{category}/{rule}/{rule}.rego"
