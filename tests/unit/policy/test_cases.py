from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from edgeward.policy.cases import Case, case_faults, make_subject, read_cases
from edgeward.policy.engine import Engine
from edgeward.policy.judge import judge
from edgeward.policy.message import render_message
from edgeward.policy.rule import Rule
from edgeward.policy.rule_set import RuleSet
from edgeward.policy.thresholds import load_thresholds
from edgeward.verdict import Verdict

ROOT = Path(__file__).parents[3]
CASES = read_cases(ROOT / "tests" / "cases")


@pytest.fixture(scope="session")
def rules(rule_set: RuleSet) -> Mapping[str, Rule]:
    return {rule.id: rule for rule in rule_set.rules}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_gets_the_verdict_that_its_file_states(
    case: Case, rules: Mapping[str, Rule], engine: Engine
) -> None:
    rule = rules[case.rule]
    assert case_faults(rule, case) == []
    verdict = _judge(case, rule, engine)
    assert verdict.outcome is case.expected
    assert "{" not in render_message(rule, verdict)


def test_every_rule_has_a_case_that_it_accepts_and_one_that_it_rejects(
    rules: Mapping[str, Rule],
) -> None:
    for side in ("accept", "reject"):
        assert {c.rule for c in CASES if c.name.startswith(side)} == set(rules)


def test_an_opa_server_gives_the_same_verdicts(
    rules: Mapping[str, Rule], engine: Engine, opa_server: Engine
) -> None:
    for case in CASES:
        rule = rules[case.rule]
        assert _judge(case, rule, opa_server) == _judge(case, rule, engine), case.name


def _judge(case: Case, rule: Rule, engine: Engine) -> Verdict:
    thresholds: Mapping[str, Any] = load_thresholds(ROOT, case.thresholds)
    subject = make_subject(rule.subject, case.facts)
    (verdict,) = judge([rule], {rule.subject: [subject]}, thresholds, engine)
    return verdict
