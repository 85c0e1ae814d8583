"""Interval arithmetic contains what any choice of inputs would give."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgeward.quantity import Quantity, between, exact, largest, rising, smallest, total, unknown

_NUMBERS = st.floats(0, 1e6)


@st.composite
def _quantities(draw: st.DrawFn) -> tuple[Quantity, float]:
    """A quantity and a point inside it."""
    ends = sorted(draw(st.tuples(_NUMBERS, _NUMBERS, _NUMBERS)))
    return between(ends[0], ends[2], "a", stated=ends[1]), ends[1]


_OPERATIONS = {
    "+": (lambda a, b: a + b, lambda a, b: a + b),
    "-": (lambda a, b: a - b, lambda a, b: a - b),
    "*": (lambda a, b: a * b, lambda a, b: a * b),
    "/": (lambda a, b: a / (b + exact(1)), lambda a, b: a / (b + 1)),
    "max": (largest, max),
    "min": (smallest, min),
}


@given(st.sampled_from(sorted(_OPERATIONS)), _quantities(), _quantities())
def test_a_result_contains_every_point_result(
    name: str, left: tuple[Quantity, float], right: tuple[Quantity, float]
) -> None:
    on_quantities, on_points = _OPERATIONS[name]
    result = on_quantities(left[0], right[0])
    point = on_points(left[1], right[1])
    slack = 1e-9 * max(1.0, abs(point))
    assert result.low - slack <= point <= result.high + slack
    assert result.stated == pytest.approx(point)


def test_a_result_rests_on_what_its_parts_rest_on() -> None:
    both = between(1, 2, "connectivity.rtt_p99_ms") * unknown("streams.frames.kb") + exact(3)
    assert both.rests_on == {"connectivity.rtt_p99_ms", "streams.frames.kb"}


def test_nothing_stated_stays_nothing_stated() -> None:
    assert (between(1, 2, "a") + exact(1)).stated is None


def test_an_unknown_is_not_bounded_and_an_overload_is() -> None:
    assert not unknown("a").bounded
    assert exact(math.inf).bounded


def test_no_items_take_no_time_however_long_each_takes() -> None:
    assert exact(0) * unknown("a") == Quantity(0, 0, None, frozenset({"a"}))


def test_dividing_by_what_may_be_zero_is_unbounded_above() -> None:
    assert (exact(8) / between(0, 4, "a")).high == math.inf


def test_an_empty_interval_is_a_defect() -> None:
    with pytest.raises(ValueError, match="empty interval"):
        Quantity(2, 1, None)


def test_a_rising_function_is_taken_at_both_ends() -> None:
    assert rising(lambda n: max(n - 1, 0.0), between(0, 4, "a", 2)) == between(0, 3, "a", 1)
    assert total([]) == exact(0)
