from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from edgeward.errors import NotEvaluated
from edgeward.policy.build import compile_rules
from edgeward.policy.engine import Engine
from edgeward.policy.metadata import parse_rule
from edgeward.policy.rule import Rule
from edgeward.policy.rule_set import COMPILED, RuleSet
from edgeward.policy.wasm import WasmEngine
from tests.unit.policy.rego import make_rule

LATENCY = "placement.latency_fits"


@pytest.fixture
def latency(rule_set: RuleSet) -> Rule:
    return next(rule for rule in rule_set.rules if rule.id == LATENCY)


def _rows(count: int) -> bytes:
    facts = {"bound_ms": 59.5, "budget_ms": 60}
    return json.dumps(
        {"candidate": [{"id": str(number), "latency": facts} for number in range(count)]}
    ).encode()


def test_an_input_larger_than_the_modules_first_memory_is_evaluated(
    engine: Engine, latency: Rule
) -> None:
    rows = _rows(40_000)
    assert len(rows) > 2_000_000
    assert len(engine.evaluate(latency, rows, {})["pass"]) == 40_000


def test_one_evaluation_leaves_nothing_behind_for_the_next(engine: Engine, latency: Rule) -> None:
    before = engine.evaluate(latency, _rows(2), {})
    engine.evaluate(latency, _rows(5_000), {})
    assert engine.evaluate(latency, _rows(2), {}) == before
    assert sorted(before["pass"]) == ["0", "1"]


def test_other_thresholds_give_another_answer(engine: Engine, rule_set: RuleSet) -> None:
    rule = next(r for r in rule_set.rules if r.id == "placement.compute_sustained")
    rows = b'{"candidate": [{"id": "0", "compute": {"utilisation": 0.5}}]}'
    for limit, passed in ((0.4, []), (0.6, ["0"]), (0.4, [])):
        thresholds = {"capacity": {"utilisation_max": limit}}
        assert engine.evaluate(rule, rows, thresholds) == {"pass": passed}


def test_a_rule_that_the_module_does_not_have_is_not_evaluated(engine: Engine) -> None:
    stranger = parse_rule(make_rule("placement.stranger"), "stranger.rego")
    with pytest.raises(NotEvaluated, match=r"placement.stranger: .*no entrypoint"):
        engine.evaluate(stranger, _rows(1), {})


def test_a_category_that_nobody_compiled_is_not_evaluated(engine: Engine) -> None:
    stranger = parse_rule(make_rule("poetry.rhymes"), "rhymes.rego")
    with pytest.raises(NotEvaluated, match=r"poetry.rhymes: .*category poetry"):
        engine.evaluate(stranger, _rows(1), {})


def test_input_that_is_not_json_is_not_evaluated_and_the_engine_recovers(
    engine: Engine, latency: Rule
) -> None:
    with pytest.raises(NotEvaluated, match=LATENCY):
        engine.evaluate(latency, b'{"candidate": [', {})
    assert engine.evaluate(latency, _rows(1), {}) == {"pass": ["0"]}


def test_bytes_that_are_no_module_are_not_evaluated(latency: Rule) -> None:
    engine = WasmEngine({"placement": lambda: b"not a module"})
    with pytest.raises(NotEvaluated, match=LATENCY):
        engine.evaluate(latency, _rows(1), {})


def test_a_rule_that_takes_too_long_is_stopped(
    rule_set: RuleSet, latency: Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edgeward.policy.wasm._FUEL_PER_BYTE", 1)
    monkeypatch.setattr("edgeward.policy.wasm._FUEL_BASE", 200_000)
    engine = WasmEngine(rule_set.modules)
    with pytest.raises(NotEvaluated, match=f"{LATENCY}: it did not end"):
        engine.evaluate(latency, _rows(3_000), {})


def test_a_builtin_that_wasm_does_not_bring_is_refused(
    opa: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = frozenset(("eq", "internal.member_2", "opa.runtime", "object.get"))
    monkeypatch.setattr("edgeward.policy.build.CAPABILITIES", allowed)
    monkeypatch.setattr("edgeward.policy.build.lint_rule", lambda *_: [])
    text = make_rule("placement.reads_clock", condition='object.get(opa.runtime(), "env", 1)')
    compiled = compile_rules({"placement/reads_clock/reads_clock.rego": text}, opa)
    engine = WasmEngine({"placement": lambda: compiled.modules["placement"]})
    with pytest.raises(NotEvaluated, match=r"sandbox does not have: opa\.runtime"):
        engine.evaluate(compiled.manifest.rules[0], _rows(1), {})


@pytest.mark.parametrize(
    "environment",
    [
        {"XDG_CACHE_HOME": "/dev/null/cache"},
        {"XDG_CACHE_HOME": "", "HOME": "/dev/null"},
        {"XDG_CACHE_HOME": "relative", "HOME": ""},
    ],
)
def test_without_a_cache_directory_rules_are_compiled_each_time(
    environment: Mapping[str, str], latency: Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    modules = {"placement": (COMPILED / "placement.wasm").read_bytes}
    assert WasmEngine(modules).evaluate(latency, _rows(1), {}) == {"pass": ["0"]}


def test_native_code_is_kept_in_the_users_cache(
    tmp_path: Path, latency: Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    modules: dict[str, Any] = {"placement": (COMPILED / "placement.wasm").read_bytes}
    WasmEngine(modules).evaluate(latency, _rows(1), {})
    assert any(path.is_file() for path in (tmp_path / "edgeward" / "wasmtime").rglob("*"))
