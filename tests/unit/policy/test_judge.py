from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgeward.errors import NotEvaluated
from edgeward.policy.cases import make_subject
from edgeward.policy.engine import Engine
from edgeward.policy.fact_types import fact_types
from edgeward.policy.judge import judge
from edgeward.policy.metadata import parse_rule
from edgeward.policy.rule import Rule
from edgeward.policy.rule_set import RuleSet
from edgeward.quantity import exact
from edgeward.verdict import Outcome, Verdict
from tests.unit.policy.rego import make_rule


class Answering:
    """An engine that gives the same document whatever it is asked, and keeps the rows."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.rows: list[dict[str, Any]] = []

    def evaluate(self, rule: Rule, rows: bytes, _: Mapping[str, Any]) -> dict[str, Any]:
        self.rows = json.loads(rows)[rule.subject]
        return self.document


def _rule(rule_set: RuleSet, name: str) -> Rule:
    return next(rule for rule in rule_set.rules if rule.id == name)


def _verdict(
    rule_set: RuleSet, name: str, facts: Mapping[str, Any], engine: Engine, thresholds: Any
) -> Verdict:
    rule = _rule(rule_set, name)
    subject = make_subject(rule.subject, facts)
    return judge([rule], {rule.subject: [subject]}, thresholds, engine)[0]


def test_a_rule_sees_only_what_it_needs(rule_set: RuleSet) -> None:
    engine = Answering({"pass": []})
    _verdict(
        *(rule_set, "placement.latency_fits"),
        {"latency.bound_ms": 9, "latency.budget_ms": 60, "authority": "actuates"},
        *(engine, {}),
    )
    assert engine.rows == [{"id": "0", "latency": {"bound_ms": 9, "budget_ms": 60}}]


def test_subjects_that_look_the_same_to_a_rule_share_a_row(rule_set: RuleSet) -> None:
    engine = Answering({"pass": ["0"]})
    rule = _rule(rule_set, "placement.latency_fits")
    facts = {"latency.bound_ms": 9, "latency.budget_ms": 60}
    subjects = [make_subject("candidate", {**facts, "id": name}) for name in ("a", "b")]
    verdicts = judge([rule], {"candidate": subjects}, {}, engine)
    assert len(engine.rows) == 1
    assert [(v.subject, v.outcome) for v in verdicts] == [("a", "pass"), ("b", "pass")]


def test_an_overload_is_more_than_any_budget(
    rule_set: RuleSet, engine: Engine, thresholds: Any
) -> None:
    facts = {"latency.bound_ms": float("inf"), "latency.budget_ms": 1e9}
    verdict = _verdict(rule_set, "placement.latency_fits", facts, engine, thresholds)
    assert verdict.outcome is Outcome.FAIL


def test_an_unknown_names_the_number_and_what_the_stated_values_give(
    rule_set: RuleSet, engine: Engine, thresholds: Any
) -> None:
    facts = {"latency.bound_ms": [20, 45, 90], "latency.budget_ms": 60}
    verdict = _verdict(rule_set, "placement.latency_fits", facts, engine, thresholds)
    assert (verdict.outcome, verdict.stated) == (Outcome.UNKNOWN, Outcome.PASS)
    assert verdict.rests_on == {"latency.bound_ms"}


def test_without_a_stated_value_nothing_is_said_of_it(
    rule_set: RuleSet, engine: Engine, thresholds: Any
) -> None:
    facts = {"latency.bound_ms": [20, 90], "latency.budget_ms": 60}
    verdict = _verdict(rule_set, "placement.latency_fits", facts, engine, thresholds)
    assert (verdict.outcome, verdict.stated) == (Outcome.UNKNOWN, None)


def test_a_number_of_which_nothing_is_known_is_not_shown_to_the_rule(rule_set: RuleSet) -> None:
    rule = _rule(rule_set, "placement.latency_fits")
    engine = Answering({"pass": []})
    subject = make_subject("candidate", {"latency.budget_ms": [0, float("inf")]})
    (verdict,) = judge([rule], {"candidate": [subject]}, {}, engine)
    assert engine.rows == []
    assert (verdict.outcome, verdict.stated) == (Outcome.UNKNOWN, None)


def test_an_unbounded_number_with_a_stated_value_says_what_that_gives(
    rule_set: RuleSet, engine: Engine, thresholds: Any
) -> None:
    facts = {"latency.bound_ms": [2.5, 5, float("inf")], "latency.budget_ms": 60}
    verdict = _verdict(rule_set, "placement.latency_fits", facts, engine, thresholds)
    assert (verdict.outcome, verdict.stated) == (Outcome.UNKNOWN, Outcome.PASS)


def test_a_choice_that_nobody_made_points_to_where_it_is_declared(
    rule_set: RuleSet, engine: Engine, thresholds: Any
) -> None:
    facts = {"use_case": "cap-check", "tier": "cloud", "authority": None}
    verdict = _verdict(rule_set, "placement.actuates_before_wan", facts, engine, thresholds)
    assert verdict.outcome is Outcome.UNKNOWN
    assert verdict.rests_on == {"use_cases.cap-check.authority"}


def test_an_unknown_condition_is_an_unknown_verdict(
    rule_set: RuleSet, engine: Engine, thresholds: Any
) -> None:
    facts = {"use_case": "stop", "criticality": None, "safety.standard_named": False}
    verdict = _verdict(rule_set, "operations.safety_standard_named", facts, engine, thresholds)
    assert verdict.outcome is Outcome.UNKNOWN
    assert verdict.rests_on == {"use_cases.stop.standard"}


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({}, "says nothing of what passes"),
        ({"pass": {"0": True}}, "says nothing of what passes"),
        ({"pass": ["7"]}, "nobody asked about"),
        ({"pass": ["0"], "detail": {"x": {}}}, "nobody asked about"),
    ],
)
def test_an_answer_that_is_none_is_not_a_verdict(
    rule_set: RuleSet, document: dict[str, Any], reason: str
) -> None:
    with pytest.raises(NotEvaluated, match=f"placement.input_reaches.*{reason}"):
        _verdict(rule_set, "placement.input_reaches", {}, Answering(document), {})


def test_a_fact_that_no_stage_computed_is_a_defect(rule_set: RuleSet, engine: Engine) -> None:
    rule = _rule(rule_set, "placement.latency_fits")
    stranger = make_subject("stream", {})
    with pytest.raises(NotEvaluated, match=r"placement.latency_fits: nobody computed.*latency"):
        judge([rule], {"candidate": [stranger]}, {}, engine)


def test_a_kind_of_subject_that_nobody_computed_is_a_defect(
    rule_set: RuleSet, engine: Engine
) -> None:
    with pytest.raises(NotEvaluated, match="kind candidate"):
        judge([_rule(rule_set, "placement.latency_fits")], {}, {}, engine)


def test_an_undefined_threshold_is_a_defect(rule_set: RuleSet, engine: Engine) -> None:
    rule = _rule(rule_set, "placement.compute_sustained")
    subject = make_subject("candidate", {"compute.utilisation": 0.1})
    with pytest.raises(NotEvaluated, match=r"no such threshold: capacity\.utilisation_max"):
        judge([rule], {"candidate": [subject]}, {"capacity": {}}, engine)


_NUMBERS = st.floats(min_value=0, max_value=1000, allow_subnormal=False)


@given(data=st.data())
def test_an_interval_verdict_holds_for_every_point_inside(
    data: st.DataObject, rule_set: RuleSet, engine: Engine, thresholds: Any
) -> None:
    """What both ends agree on, every value between says too: the claim that intervals rest on."""
    rule = data.draw(st.sampled_from([rule for rule in rule_set.rules if _numbers(rule)]))
    facts: dict[str, Any] = {path: values[0] for path, values in rule.applies_when.items()}
    facts |= {p: True for p in rule.needs if p not in _numbers(rule)}
    drawn = {path: sorted(data.draw(st.tuples(_NUMBERS, _NUMBERS))) for path in _numbers(rule)}
    verdict = _verdict(rule_set, rule.id, {**facts, **drawn}, engine, thresholds)
    shares = data.draw(st.lists(st.floats(0, 1), min_size=3, max_size=3))
    points = [
        {
            path: min(low + share * (high - low), high)
            for share, (path, (low, high)) in zip(way, drawn.items(), strict=True)
        }
        for way in itertools.product(shares, repeat=len(drawn))
    ]
    subjects = [make_subject(rule.subject, {**facts, **point}) for point in points]
    found = {v.outcome for v in judge([rule], {rule.subject: subjects}, thresholds, engine)}
    if verdict.outcome is not Outcome.UNKNOWN:
        assert found == {verdict.outcome}


def _numbers(rule: Rule) -> list[str]:
    return [path for path in rule.needs if fact_types(rule.subject)[path] == "number"]


def test_an_exact_number_rests_on_nothing(
    rule_set: RuleSet, engine: Engine, thresholds: Any
) -> None:
    facts = {"latency.bound_ms": 9, "latency.budget_ms": 60}
    verdict = _verdict(rule_set, "placement.latency_fits", facts, engine, thresholds)
    assert verdict.rests_on == frozenset()
    assert verdict.facts == {
        "latency.bound_ms": exact(9),
        "latency.budget_ms": exact(60),
    }


def test_a_rule_that_needs_too_many_inexact_numbers_is_a_defect() -> None:
    needs = [
        *("latency.bound_ms", "latency.median_ms", "latency.budget_ms", "latency.tier_floor_ms"),
        *("link.needed_mbps", "link.available_mbps", "link.bridged_hours"),
    ]
    rule = parse_rule(make_rule("placement.fits", needs=f"[{', '.join(needs)}]"), "fits.rego")
    subject = make_subject("candidate", {path: [0, 1] for path in needs})
    with pytest.raises(NotEvaluated, match=r"placement\.fits: needs more than 6 inexact"):
        judge([rule], {"candidate": [subject]}, {}, Answering({"pass": []}))


def test_ends_that_only_fail_together_leave_it_open(
    rule_set: RuleSet, engine: Engine, thresholds: Any
) -> None:
    """All low and all high both pass: 1 of 2 Mbit/s, 9 of 10; 9 of 2 does not."""
    facts = {"link.needed_mbps": [1, 9], "link.available_mbps": [2, 10]}
    verdict = _verdict(rule_set, "placement.link_carries_volume", facts, engine, thresholds)
    assert verdict.outcome is Outcome.UNKNOWN
    assert verdict.rests_on == {"link.needed_mbps", "link.available_mbps"}
