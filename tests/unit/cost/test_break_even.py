"""Break-even is exact: every crossing that a scan finds, steps included."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from edgeward.cost.break_even import Crossing, Curve, Part, crossings

_AMOUNT = st.integers(0, 40).map(Decimal)
_PART = st.builds(
    Part,
    amount=_AMOUNT,
    every=st.none() | st.integers(1, 9).map(Decimal),
    at_least=st.integers(0, 3),
)
_CURVE = st.builds(Curve, fixed=_AMOUNT, parts=st.lists(_PART, max_size=3).map(tuple))
_END = 30


@settings(max_examples=200, deadline=None)
@given(_CURVE, _CURVE)
def test_break_even_equals_a_scan(first: Curve, second: Curve) -> None:
    found = crossings(first, second, Decimal(0), Decimal(_END))
    changes = []
    sign = 0
    for tick in range(1, _END * 16 + 1):
        at = Decimal(tick) / 16
        gap = first.at(at) - second.at(at)
        now = (gap > 0) - (gap < 0)
        if now and sign and now != sign:
            changes.append((at, "first" if now < 0 else "second"))
        sign = now or sign
    seen = [(each.high, each.cheaper) for each in found]
    # A scan can miss two changes between two ticks, never show one that is not there.
    for at, cheaper in changes:
        assert any(who == cheaper and at - Decimal(1) / 16 <= high <= at for high, who in seen), (
            at,
            cheaper,
            seen,
        )
    if sign and seen and seen[-1][0] < _END:
        assert seen[-1][1] == ("first" if sign < 0 else "second") or len(seen) > len(changes)


def test_straight_costs_meet_once() -> None:
    edge, cloud = Curve(Decimal(100)), Curve(Decimal(0), (Part(Decimal("0.5")),))
    assert crossings(edge, cloud, Decimal(0), Decimal(1000)) == (
        Crossing(Decimal(200), Decimal(200), "first"),
    )


def test_a_second_box_makes_the_cloud_cheaper_again() -> None:
    edge = Curve(Decimal(0), (Part(Decimal(100), every=Decimal(300)),))
    cloud = Curve(Decimal(0), (Part(Decimal("0.4")),))
    assert [
        (each.low, each.cheaper) for each in crossings(edge, cloud, Decimal(0), Decimal(700))
    ] == [
        (Decimal(250), "first"),
        (Decimal(300), "second"),
        (Decimal(500), "first"),
        (Decimal(600), "second"),
    ]


def test_costs_that_never_meet_have_no_break_even() -> None:
    assert crossings(Curve(Decimal(5)), Curve(Decimal(6)), Decimal(0), Decimal(10**6)) == ()


def test_what_is_dearer_only_after_a_level_stretch_has_not_changed_sides() -> None:
    steps = Curve(Decimal(10), (Part(Decimal(10), every=Decimal(10)),))
    assert crossings(Curve(Decimal(20)), steps, Decimal(0), Decimal(15)) == ()


def test_where_both_cost_the_same_for_a_while_the_bracket_is_that_stretch() -> None:
    rising = Curve(Decimal(0), (Part(Decimal(10), every=Decimal(10)),))
    level = Curve(Decimal(20))
    assert crossings(rising, level, Decimal(0), Decimal(50)) == (
        Crossing(Decimal(10), Decimal(20), "second"),
    )


def test_steps_too_fine_to_matter_are_a_straight_line() -> None:
    hours = Curve(Decimal(0), (Part(Decimal("0.23"), every=Decimal(100)),))
    (found,) = crossings(hours, Curve(Decimal(2300)), Decimal(0), Decimal(10_000_000))
    assert (found.low, found.cheaper) == (Decimal(1_000_000), "second")
