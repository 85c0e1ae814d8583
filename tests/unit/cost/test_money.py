"""Lines add up to totals exactly, and an unknown end stays unknown."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from edgeward.cost.line import Line, expected_usd
from edgeward.cost.money import money, sum_money
from edgeward.quantity import Quantity, between, exact, unknown

_ENDS = st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)).map(sorted)


@given(st.lists(_ENDS, min_size=1, max_size=20))
def test_lines_sum_to_the_total_exactly(ends: list[list[float]]) -> None:
    amounts = [money(between(low, high, "p")) for low, high in ends]
    total = sum_money(amounts)
    assert total.low == sum((each.low for each in amounts), Decimal(0))
    assert total.best == sum((each.best for each in amounts), Decimal(0))
    assert total.high == sum((each.high for each in amounts if each.high is not None), Decimal(0))


def test_a_sum_with_an_unknown_has_no_upper_end() -> None:
    total = sum_money([money(exact(5)), money(unknown("devices.box.class"))])
    assert (total.low, total.best, total.high, total.known) == (5, 5, None, False)


def test_a_rate_turns_dollars_into_the_currency_of_the_plant() -> None:
    assert money(exact(108), 1.08).best == Decimal(100)


def test_what_does_not_count_is_not_in_the_total() -> None:
    def line(usd: float, counts: bool = True) -> Line:
        return Line("energy", "x", exact(1), "kWh", exact(usd), (), counts=counts)

    assert expected_usd([line(3), line(4), line(100, counts=False)]) == exact(7)


def test_a_range_at_one_line_says_nothing_about_the_middle_of_another() -> None:
    wide = Line("energy", "x", exact(1), "kWh", Quantity(0, 1000, 10), ())
    bare = Line("energy", "y", exact(1), "kWh", between(2, 8, "p"), ())
    total = expected_usd([wide, bare])
    assert (total.low, total.stated, total.high) == (2, 14, 1008)
