"""Discounting against the closed forms and against the sum that they stand for."""

from __future__ import annotations

from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from edgeward.cost.horizon import monthly_share, payback_months, present_months, spread
from edgeward.quantity import ZERO, between, exact

_RATE = st.floats(0, 0.5)
_YEARS = st.integers(1, 20)


@given(_RATE, _YEARS)
def test_the_present_value_is_the_sum_of_the_discounted_months(rate: float, years: int) -> None:
    summed = sum((1 + rate) ** (-month / 12) for month in range(1, years * 12 + 1))
    assert isclose(present_months(rate, years), summed, rel_tol=1e-9)


@given(_RATE, _YEARS)
def test_the_monthly_share_of_a_purchase_is_worth_the_purchase(rate: float, years: int) -> None:
    assert isclose(monthly_share(rate, years) * present_months(rate, years), 1, rel_tol=1e-9)


def test_without_interest_five_years_are_sixty_equal_months() -> None:
    assert isclose(monthly_share(0, 5), 1 / 60)
    assert isclose(monthly_share(0, 5, residual_share=0.1), 0.9 / 60)


@given(st.floats(0, 0.2), st.floats(1, 15), st.floats(0, 1), st.floats(0, 1))
def test_the_range_of_the_spread_contains_every_point(
    rate: float, life: float, along: float, across: float
) -> None:
    whole = spread(between(rate, rate + 0.1, "r"), between(life, life + 5, "l"), ZERO)
    point = monthly_share(rate + 0.1 * along, life + 5 * across)
    assert whole.low - 1e-12 <= point <= whole.high + 1e-12


def test_what_gains_nothing_is_never_paid_back() -> None:
    assert payback_months(1000, 100) == 10
    assert payback_months(1000, 0) is None
    assert payback_months(1000, -5) is None
    assert payback_months(0, -5) is None
    assert payback_months(0, 5) == 0


def test_an_exact_spread_is_exact() -> None:
    assert spread(exact(0.08), exact(5), ZERO).exact
