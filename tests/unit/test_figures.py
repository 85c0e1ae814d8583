"""Figures as text."""

from __future__ import annotations

import math

import pytest

from edgeward.figures import format_figure, format_number, format_usd
from edgeward.quantity import Quantity, between, exact, unknown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (60, "60"),
        (7.55, "7.55"),
        (0.1 + 0.2, "0.3"),
        (1234.5, "1,230"),
        (1_234_567, "1,230,000"),
        (0.00012345, "under 0.001"),
        (0.0012345, "0.00123"),
        (-3.14159, "-3.14"),
        (99.99, "100"),
        (math.inf, "unbounded"),
    ],
)
def test_numbers_keep_three_digits(value: float, text: str) -> None:
    assert format_number(value) == text


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (exact(8), "8"),
        (between(8, 44, "a"), "8 to 44"),
        (between(8.0001, 8.0002, "a"), "8"),
        (unknown("a"), "unknown"),
        (Quantity(8, math.inf, None), "at least 8"),
        (exact(math.inf), "unbounded"),
    ],
)
def test_quantities_read_as_ranges(quantity: Quantity, text: str) -> None:
    assert format_figure(quantity) == text


def test_money_has_two_digits() -> None:
    assert format_usd(between(167.9, 197.1, "a")) == "170 to 200 USD"
    assert format_usd(between(0.000001, 22.4, "a")) == "0 to 22 USD"
    assert format_usd(unknown("a")) == "unknown USD"
