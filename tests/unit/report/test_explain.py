"""Sentences for people who never open YAML."""

from __future__ import annotations

from edgeward.quantity import exact
from edgeward.report.explain import explain_fallback
from edgeward.use_case import Absent


def test_the_fallback_says_its_price_in_the_currency_of_the_plant() -> None:
    absent = Absent("human", exact(4), exact(60), exact(210), "two people check", "stop")
    assert explain_fallback(absent, "human", "EUR") == (
        "Without a prediction, people take over: two people check. This can last 4 h, then: stop. "
        "It costs 210 EUR an hour."
    )
