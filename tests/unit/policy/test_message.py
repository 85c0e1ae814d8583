from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pytest

from edgeward.policy.cases import make_subject
from edgeward.policy.message import format_facts, locate, render_message
from edgeward.policy.metadata import parse_rule
from edgeward.quantity import Quantity, exact, unknown
from edgeward.verdict import Fact, Outcome, Verdict
from tests.unit.policy.rego import make_rule

RULE = parse_rule(
    make_rule("placement.fits", message='"{latency.bound_ms} of {latency.budget_ms} ms"'), "x"
)


def _render(facts: Mapping[str, Fact]) -> str:
    verdict = Verdict(RULE.id, "a", Outcome.FAIL, Outcome.FAIL, facts, frozenset())
    return render_message(RULE, verdict)


@pytest.mark.parametrize(
    ("bound", "text"),
    [
        (exact(0.1 + 0.2), "0.3 of 60 ms"),
        (Quantity(8, 44, 20), "8 to 44 of 60 ms"),
        (unknown("x"), "unknown of 60 ms"),
        (exact(60.0004), "60.0004 of 60 ms"),
        (exact(float("inf")), "unbounded of 60 ms"),
    ],
)
def test_numbers_are_written_as_people_read_them(bound: Quantity, text: str) -> None:
    assert _render({"latency.bound_ms": bound, "latency.budget_ms": exact(60)}) == text


def test_money_has_two_significant_digits() -> None:
    values = {"usd_per_month": exact(1234.5), "latency.bound_ms": exact(1234.5)}
    assert format_facts(values) == {"usd_per_month": "1,200", "latency.bound_ms": "1,230"}


def test_choices_are_words() -> None:
    assert format_facts({"a": True, "b": None, "c": "cloud"}) == {
        "a": "yes",
        "b": "unknown",
        "c": "cloud",
    }


def test_detail_and_thresholds_can_be_named() -> None:
    words = "{detail.most} and {thresholds.capacity.utilisation_max}"
    rule = dataclasses.replace(RULE, message=words)
    detail = {"most": 5, "thresholds.capacity.utilisation_max": 0.8}
    verdict = Verdict(rule.id, "a", Outcome.FAIL, None, {}, frozenset(), detail)
    assert render_message(rule, verdict) == "5 and 0.8"


def test_a_path_is_filled_with_names() -> None:
    assert locate(RULE, make_subject("candidate", {"use_case": "cap-check"})) == (
        "use_cases.cap-check"
    )
