"""How often a prediction is absent and for how long: boxes, links and updates in series.

Boxes of one function stand in parallel as far as they are spares, and share a cause of failure
(the beta factor of IEC 61508-6). Steady state, independent boxes with any repair time: the
probability of a state is binomial, its frequency that of the last failure into it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

HOURS_A_MONTH = 730.0
_HOURS_A_YEAR = 8760.0
_STEPS = 400


@dataclass(frozen=True, slots=True)
class Outage:
    """One way to be without a prediction: how often a month, how many hours each time."""

    name: str
    per_month: float
    hours: float


def boxes_fail(
    boxes: int, spares: int, mtbf_years: float, rebuild_hours: float, common_share: float
) -> tuple[float, float]:
    """How often a month more than `spares` of the `boxes` are down, and for how many hours.

    `common_share` of the failures of one box take all of them; with one box there is no such
    thing. The hours are the mean over both ways to fail.
    """
    per_hour = 1 / (mtbf_years * _HOURS_A_YEAR)
    if boxes <= 1:
        return HOURS_A_MONTH / (1 / per_hour + rebuild_hours), rebuild_hours
    alone, together = per_hour * (1 - common_share), per_hour * common_share
    down = alone * rebuild_hours / (1 + alone * rebuild_hours)
    up = 1 - down
    least = min(spares, boxes - 1)
    probability = sum(
        math.comb(boxes, count) * down**count * up ** (boxes - count)
        for count in range(least + 1, boxes + 1)
    )
    into = math.comb(boxes, least) * down**least * up ** (boxes - least) * (boxes - least) * alone
    rate = into + together
    hours = (probability + together * rebuild_hours) / rate if rate else 0.0
    return rate * HOURS_A_MONTH, hours


def outage_cost(hours: float, fallback: float, lasts_hours: float, after: float) -> float:
    """What one outage costs: the fallback as long as it lasts, then what comes after, an hour."""
    return min(hours, lasts_hours) * fallback + max(hours - lasts_hours, 0.0) * after


def one_in_ten(costs: list[tuple[float, float]]) -> float:
    """The cost of a year that only one year in ten exceeds.

    `costs` are pairs of how often a year and what each time. Outages come independently of each
    other (Poisson), so the year's cost is compound Poisson: Panjer's recursion (H. H. Panjer,
    1981) on a lattice of 400 steps up to twelve deviations above the mean.
    """
    mean = sum(rate * cost for rate, cost in costs)
    spread = math.sqrt(sum(rate * cost * cost for rate, cost in costs))
    if mean <= 0 or not math.isfinite(mean):
        return 0.0
    step = (mean + 12 * spread) / _STEPS
    often = [0.0] * (_STEPS + 1)
    for rate, cost in costs:
        _split(often, rate, cost / step)
    return _quantile(often, 0.9) * step


def _split(often: list[float], rate: float, place: float) -> None:
    """Put a rate on the two lattice points around its cost, so that its mean stays."""
    below = min(int(place), _STEPS - 1)
    upper = min(place - below, 1.0)
    often[below] += rate * (1 - upper)
    often[below + 1] += rate * upper


def _quantile(often: list[float], share: float) -> int:
    chances = [math.exp(-sum(often[1:]))]
    reached = chances[0]
    while reached < share and len(chances) <= _STEPS:
        at = len(chances)
        chances.append(sum(j * often[j] * chances[at - j] for j in range(1, at + 1)) / at)
        reached += chances[at]
    return len(chances) - 1
