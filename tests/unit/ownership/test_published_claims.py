"""Published cost figures, worked out again from the inputs that their authors give."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from edgeward.assess import decide_again
from edgeward.cost.break_even import crossings
from edgeward.cost.money import Money
from edgeward.declare.plant import bind_site
from edgeward.ownership.compare import cost_plant
from edgeward.ownership.curves import along_months
from edgeward.session import open_session, open_variants

_ROOT = Path(__file__).parents[3]


def test_a_model_over_the_navys_satellite_costs_what_its_windows_cost() -> None:
    """$14 a minute, windows of 4 to 6 minutes, a full model in 3 to 4 of them (expanso.io).

    That is 168 to 336 dollars for each update. The example plant updates monthly; nobody says how
    large the model is, so its range is much wider, and has to contain the published one.
    """
    least, most = 14 * 4 * 3, 14 * 6 * 4
    session = open_session(_ROOT, date(2026, 11, 23))
    catalog, book = session.workspace.catalog, session.book
    site = bind_site(open_variants(session, "navy-unmanned-vessel").source, catalog)
    decision = decide_again(site, catalog, book, {})
    cost = cost_plant(site, catalog, book.thresholds, decision, session.today)
    (use_case,) = cost.use_cases
    assert use_case.chosen is not None
    (line,) = [each for each in use_case.chosen.lines if each.line.group == "connectivity"]
    assert line.line.name == "models to the boxes, by minute"
    assert line.amount.high is not None
    assert line.amount.low <= least <= line.amount.best <= most <= line.amount.high


def test_fifty_cameras_pay_back_in_two_months_by_the_figures_of_the_claim() -> None:
    """By cloudatler.com, "Edge vs. Cloud: Analyzing the Cost Models of Distributed AI".

    In the cloud 15,000 dollars a month for bandwidth and 10,000 for GPUs; at the edge 50 boxes at
    1,000 dollars, and 50 for bandwidth and 500 for power a month. What it leaves out is in
    docs/how-to/cost.md.
    """
    cloud = along_months(_monthly(25_000), [])
    edge = along_months(_monthly(550), [(Decimal(50_000), 60.0)])
    (crossing,) = crossings(edge, cloud, Decimal(0), Decimal(12))
    assert crossing.cheaper == "first"
    assert round(crossing.high, 2) == Decimal("2.04")


def _monthly(amount: int) -> Money:
    return Money(Decimal(amount), Decimal(amount), Decimal(amount))
