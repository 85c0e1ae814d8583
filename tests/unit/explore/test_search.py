from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from edgeward.explore.search import TOLERANCE, find_flip

NUMBERS = st.floats(1e-3, 1e6)


@given(now=NUMBERS, limit=NUMBERS, end=NUMBERS)
def test_a_flip_lies_between_its_two_sides(now: float, limit: float, end: float) -> None:
    rising = end > now

    def holds(value: float) -> bool:
        return value <= limit if rising else value >= limit

    if not holds(now):
        return
    flip = find_flip(holds, now, end)
    if flip is None:
        assert holds(end)
        return
    inside, outside = flip
    assert holds(inside) and not holds(outside)
    assert abs(outside - inside) <= TOLERANCE * min(inside, outside)


@given(limit=st.integers(1, 5000))
def test_whole_numbers_flip_between_neighbours(limit: int) -> None:
    assert find_flip(lambda value: value <= limit, 1, 5001, whole=True) == (limit, limit + 1)


def test_zero_is_reached_in_a_straight_line() -> None:
    flip = find_flip(lambda value: value >= 3, 10, 0)
    assert flip is not None
    assert flip[1] < 3 <= flip[0]
