"""Sentences for people who never open YAML."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from edgeward.decision import Term
from edgeward.quantity import Quantity, exact, unknown
from edgeward.report.explain import explain_fallback, explain_placement
from edgeward.use_case import Absent
from tests.samples import CAP_CHECK, PLACEMENT, SITE


def test_the_fallback_says_its_price_in_the_currency_of_the_plant() -> None:
    absent = Absent("human", exact(4), exact(60), exact(210), "two people check", "stop")
    assert explain_fallback(absent, "human", "EUR") == (
        "Without a prediction, people take over: two people check. This can last 4 h, then: stop. "
        "It costs 210 EUR an hour."
    )


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        (
            (),
            "valve energised it takes 58 ms by what is stated or assumed, not all of it measured;",
        ),
        (
            ("placement.latency_fits",),
            "it takes 58 ms by what is stated or assumed, but 1 to 2,000 ms is possible; the",
        ),
    ],
)
def test_a_time_that_may_be_too_long_is_not_said_as_if_it_were_sure(rules, says):
    ledger = replace(PLACEMENT.ledger, bound_ms=Quantity(1, 2000, 58))
    placement = replace(PLACEMENT, ledger=ledger, stated_rules=rules)
    assert says in explain_placement(SITE, CAP_CHECK, placement)


def test_of_a_time_without_an_end_the_longest_part_with_one_is_named():
    terms = (
        Term("queueing", unknown("a"), unknown("a"), "derived"),
        Term("inference", Quantity(1, 1930, 26), exact(26), "assumed"),
        Term("pre-processing", Quantity(1, 20, 5), exact(5), "assumed"),
    )
    ledger = replace(PLACEMENT.ledger, bound_ms=Quantity(2, math.inf, 31), terms=terms)
    placement = replace(PLACEMENT, ledger=ledger, stated_rules=("placement.latency_fits",))
    said = explain_placement(SITE, CAP_CHECK, placement)
    assert "Nobody measured whether it is fast enough from " in said
    assert "or assumed, but inference alone may take 1 to 1,930 ms; the action can wait" in said
