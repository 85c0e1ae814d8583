"""The availability model against a simulation of single events.

Stated error: 6 % on the hours lost and on the cost of the one year in ten, over 40,000 simulated
years of boxes that fail often, so that doubles happen.
"""

from __future__ import annotations

import heapq
import random
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgeward.cost.outage import boxes_fail, one_in_ten, outage_cost

_ERROR = 0.06
_YEAR = 8760.0


@pytest.mark.parametrize(
    ("boxes", "spares", "mtbf_years", "rebuild_hours", "common"),
    [(1, 0, 0.5, 100, 0.05), (2, 1, 0.2, 200, 0.05), (3, 1, 0.3, 150, 0.1), (2, 0, 0.5, 48, 0.0)],
)
def test_hours_down_agree_with_a_simulation(
    boxes: int, spares: int, mtbf_years: float, rebuild_hours: float, common: float
) -> None:
    per_month, hours = boxes_fail(boxes, spares, mtbf_years, rebuild_hours, common)
    often, down = _simulate(boxes, spares, mtbf_years * _YEAR, rebuild_hours, common, years=40_000)
    assert isclose(per_month * 12 * hours, down, rel_tol=_ERROR)
    assert isclose(per_month * 12, often, rel_tol=_ERROR)


def test_the_year_in_ten_agrees_with_a_simulation() -> None:
    modes = [(6.0, 100.0), (0.5, 4_000.0), (0.05, 40_000.0)]
    source = random.Random(20261123)
    years = sorted(
        sum(cost * _poisson(rate, source) for rate, cost in modes) for _ in range(40_000)
    )
    assert isclose(one_in_ten(modes), years[int(0.9 * len(years))], rel_tol=_ERROR)


def test_nothing_that_costs_has_no_bad_year() -> None:
    assert one_in_ten([]) == 0
    assert one_in_ten([(3.0, 0.0)]) == 0


@given(st.floats(0, 200), st.floats(0, 200), st.floats(0, 100))
def test_a_longer_outage_never_costs_less(hours: float, more: float, lasts: float) -> None:
    assert outage_cost(hours + more, 210, lasts, 9000) >= outage_cost(hours, 210, lasts, 9000)


def test_the_fallback_is_paid_first_and_the_standstill_after() -> None:
    assert outage_cost(6, 210, 4, 9000) == 4 * 210 + 2 * 9000


def test_a_spare_helps_and_a_common_cause_limits_how_much() -> None:
    alone = boxes_fail(1, 0, 8, 24, 0.05)
    pair = boxes_fail(2, 1, 8, 24, 0.05)
    ideal = boxes_fail(2, 1, 8, 24, 0.0)
    assert ideal[0] * ideal[1] < pair[0] * pair[1] < alone[0] * alone[1]
    assert pair[0] * pair[1] > 0.05 * alone[0] * alone[1] * 0.99


def _simulate(
    boxes: int, spares: int, mtbf: float, rebuild: float, common: float, *, years: int
) -> tuple[float, float]:
    """How often and for how many hours a year more than `spares` boxes are down, or all at once."""
    source = random.Random(7)
    common = common if boxes > 1 else 0.0
    waits = [mtbf / (1 - common)] * boxes + ([mtbf / common] if common else [])
    takes = [1] * boxes + [boxes]
    events = [(source.expovariate(1 / wait), who, 1) for who, wait in enumerate(waits)]
    heapq.heapify(events)
    down, since, often, lost, end = 0, 0.0, 0, 0.0, years * _YEAR
    while events[0][0] < end:
        at, who, falls = heapq.heappop(events)
        before, down = down, down + falls * takes[who]
        if before <= spares < down:
            often, since = often + 1, at
        elif down <= spares < before:
            lost += at - since
        again = rebuild if falls > 0 else source.expovariate(1 / waits[who])
        heapq.heappush(events, (at + again, who, -falls))
    return often / years, lost / years


def _poisson(rate: float, source: random.Random) -> int:
    count, at = 0, source.expovariate(rate)
    while at < 1:
        count, at = count + 1, at + source.expovariate(rate)
    return count
