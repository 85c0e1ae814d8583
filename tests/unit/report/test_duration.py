from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgeward.quantity import Quantity, between, exact, unknown
from edgeward.report.duration import format_duration, format_hours


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (exact(60), "60 ms"),
        (exact(0), "0 ms"),
        (exact(60_000), "60 s"),
        (exact(1_800_000), "30 min"),
        (exact(8 * 3_600_000), "8 h"),
        (exact(30 * 86_400_000), "30 days"),
        (exact(8_766 * 3_600_000), "1 year"),
        (exact(17_532 * 3_600_000), "2 years"),
        (between(8, 44, "x"), "8 to 44 ms"),
        (between(100, 60_000, "x"), "100 ms to 60 s"),
        (between(0, 60_000, "x"), "0 to 60 s"),
        (between(8, 8.0001, "x"), "8 ms"),
        (Quantity(8, math.inf, None), "at least 8 ms"),
        (unknown("x"), "unknown"),
        (exact(math.inf), "unbounded"),
    ],
)
def test_a_time_is_said_in_the_unit_that_fits(ms, words):
    assert format_duration(ms) == words


def test_hours_may_turn_out_as_minutes():
    assert format_hours(exact(0.5)) == "30 min"


@given(st.floats(0, 1e12), st.floats(0, 1e12))
def test_any_range_is_said_without_exponent(one, other):
    words = format_duration(between(min(one, other), max(one, other), "x"))
    assert "e+" not in words
    assert words.split()[-1] in ("ms", "s", "min", "h", "days", "year", "years")
