"""Sentences for people who never open YAML."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgeward.quantity import Quantity, exact
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
            "it may take too long: 1 to 2,000 ms, 58 ms by what is stated or assumed, not",
        ),
    ],
)
def test_a_time_that_may_be_too_long_is_not_said_as_if_it_were_sure(rules, says):
    ledger = replace(PLACEMENT.ledger, bound_ms=Quantity(1, 2000, 58))
    placement = replace(PLACEMENT, ledger=ledger, stated_rules=rules)
    assert says in explain_placement(SITE, CAP_CHECK, placement)
