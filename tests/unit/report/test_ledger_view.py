from __future__ import annotations

import math

import pytest

from edgeward.decision import Ledger, Term
from edgeward.quantity import between, exact, total, unknown
from edgeward.report.ledger_view import view_ledger


def _ledger(*bounds):
    terms = tuple(Term(f"t{index}", bound, bound, "derived") for index, bound in enumerate(bounds))
    return Ledger(terms, total(list(bounds)), total(list(bounds)))


def _percent(text):
    return float(text.removesuffix("%"))


def test_the_terms_and_the_budget_share_one_scale():
    view = view_ledger(_ledger(exact(10), exact(30)), exact(60))
    assert [_percent(row.solid) for row in view.rows] == pytest.approx([15.15, 45.45])
    assert _percent(view.total.solid) == pytest.approx(60.61)
    assert _percent(view.budget_at or "") == pytest.approx(90.91)
    assert view.budget == "The action can wait 60 ms: the upright line."


def test_a_budget_far_away_is_named_and_does_not_flatten_the_bars():
    view = view_ledger(_ledger(exact(10)), exact(60_000))
    assert view.budget_at is None
    assert view.budget == "The action can wait 60 s, far beyond these bars."
    assert _percent(view.rows[0].solid) > 90


def test_an_uncertain_term_has_a_spread_and_a_tick_where_it_was_stated():
    row = view_ledger(_ledger(between(10, 40, "x", 20)), exact(60)).rows[0]
    assert (row.bound, row.stated) == ("10 to 40 ms", "20 ms")
    assert _percent(row.spread) == pytest.approx(3 * _percent(row.solid), rel=0.01)
    assert _percent(row.stated_at or "") == pytest.approx(2 * _percent(row.solid), rel=0.01)


def test_an_uncertain_budget_is_drawn_at_its_stated_value():
    view = view_ledger(_ledger(exact(50)), between(40, 600, "x", 100))
    expected = "The action can wait 40 to 600 ms; the upright line is at 100 ms."
    assert view.budget == expected


@pytest.mark.parametrize("bound", [unknown("x"), exact(math.inf), exact(0)])
@pytest.mark.parametrize("budget", [exact(60), unknown("b"), exact(0)])
def test_bars_stay_within_the_scale_whatever_is_known(bound, budget):
    view = view_ledger(_ledger(exact(5), bound), budget)
    for row in (*view.rows, view.total):
        assert 0 <= _percent(row.solid) + _percent(row.spread) <= 100.01
    assert view.budget_at is None or 0 <= _percent(view.budget_at) <= 100


def test_a_budget_that_nobody_knows_is_said_to_be_so():
    view = view_ledger(_ledger(exact(5)), unknown("b"))
    assert view.budget == "How long the action can wait is not known."
    assert view.budget_at is None
