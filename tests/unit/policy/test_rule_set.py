from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from edgeward.errors import NotEvaluated
from edgeward.policy.engine import open_engine
from edgeward.policy.manifest import read_manifest
from edgeward.policy.rule_set import COMPILED, load_rules
from edgeward.shipped import shipped_path
from tests.unit.policy.rego import make_rule


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a rule of its own, and an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    rule = tmp_path / "plant" / "policies" / "placement" / "own" / "own.rego"
    rule.parent.mkdir(parents=True)
    rule.write_text(make_rule("placement.own"))
    return tmp_path / "plant"


def _without_opa(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edgeward.policy.rule_set.find_opa", lambda: None)


def test_a_repository_without_rules_of_its_own_needs_no_opa(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _without_opa(monkeypatch)
    assert load_rules(tmp_path).rules == read_manifest(COMPILED).rules


def test_an_own_rule_is_compiled_beside_the_shipped_ones(opa: Path, repository: Path) -> None:
    rules = load_rules(repository)
    own = next(rule for rule in rules.rules if rule.id == "placement.own")
    rows = b'{"candidate": [{"id": "0", "latency": {"bound_ms": 9, "budget_ms": 5}}]}'
    assert len(rules.rules) == len(read_manifest(COMPILED).rules) + 1
    assert open_engine(rules).evaluate(own, rows, {}) == {"pass": []}


def test_rules_that_were_compiled_once_need_no_opa_again(
    opa: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = load_rules(repository)
    _without_opa(monkeypatch)
    assert load_rules(repository).rules == compiled.rules


def test_an_own_rule_without_opa_is_refused_with_the_reason(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _without_opa(monkeypatch)
    with pytest.raises(NotEvaluated, match=r"policies/placement/own/own.rego: .*no `opa`"):
        load_rules(repository)


def test_a_shipped_rule_cannot_be_replaced(repository: Path) -> None:
    other = repository / "policies" / "placement" / "ram_fits" / "ram_fits.rego"
    other.parent.mkdir()
    other.write_text(make_rule("placement.ram_fits"))
    with pytest.raises(NotEvaluated, match=r"ram_fits\.rego: differs from the shipped file"):
        load_rules(repository)


def test_a_copy_of_the_shipped_rules_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _without_opa(monkeypatch)
    shutil.copytree(shipped_path("policies"), tmp_path / "policies")
    assert load_rules(tmp_path).rules == read_manifest(COMPILED).rules


def test_a_tampered_module_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(COMPILED, tmp_path / "compiled")
    monkeypatch.setattr("edgeward.policy.rule_set.COMPILED", tmp_path / "compiled")
    module = tmp_path / "compiled" / "placement.wasm"
    code = bytearray(module.read_bytes())
    code[-1] ^= 1
    module.write_bytes(code)
    rules = load_rules(tmp_path)
    latency = next(rule for rule in rules.rules if rule.id == "placement.latency_fits")
    with pytest.raises(NotEvaluated, match=r"placement\.wasm: is not what was compiled"):
        open_engine(rules).evaluate(latency, b"{}", {})


def test_a_damaged_manifest_is_not_guessed_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edgeward.policy.rule_set.COMPILED", tmp_path)
    for content in ("", "[]", '{"rules": [{}]}'):
        (tmp_path / "manifest.json").write_text(content)
        with pytest.raises(NotEvaluated, match="no usable manifest"):
            load_rules(tmp_path)
