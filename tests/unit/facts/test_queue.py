"""The wait bound against a simulated queue: never under it, never far over it."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgeward.facts.queue import Demand, md1_wait, wait_ms
from edgeward.quantity import ZERO, Quantity, between, exact

_SERVICE = 7.55
_ITEMS = 300_000
_SEEDS = (1, 2, 3, 4, 5)
_STUDENT_95 = 2.776  # of Student's distribution with four degrees of freedom


@dataclass(frozen=True, slots=True)
class Source:
    """A clock with a phase; items of one source wait for those of the others."""

    period_ms: float
    phase_ms: float = 0.0


def _clocked(sources: int, service: float, period: float) -> Demand:
    return Demand(
        exact(service),
        ahead_ms=exact((sources - 1) * service),
        burst_ms=exact(sources * service),
        periodic_load=exact(sources * service / period),
    )


def _at_random(load: float, service: float = _SERVICE) -> Demand:
    return Demand(exact(service), random_load=exact(load))


@pytest.mark.parametrize("load", [0.1, 0.3, 0.5, 0.7, 0.9])
@pytest.mark.parametrize("sources", [2, 4, 8])
def test_clocked_sources_wait_for_their_worst_phase(load: float, sources: int) -> None:
    period = sources * _SERVICE / load
    clocks = [Source(period) for _ in range(sources)]
    worst = max(_waits(islice(_ticks(clocks), 5_000), _SERVICE))
    bound = wait_ms(_clocked(sources, _SERVICE, period), (), exact(0.01)).high
    assert worst - 1e-9 <= bound <= 1.3 * worst


def test_clocks_of_different_periods_stay_under_the_bound() -> None:
    source = random.Random(9)
    for _ in range(30):
        clocks = [
            Source(source.uniform(60, 400), source.uniform(0, 400))
            for _ in range(source.randint(2, 6))
        ]
        worst = max(_waits(islice(_ticks(clocks), 5_000), _SERVICE))
        own, *others = (_clocked(1, _SERVICE, clock.period_ms) for clock in clocks)
        assert worst <= wait_ms(own, others, exact(0.01)).high + 1e-9


def test_four_cameras_on_one_trigger_are_not_poisson() -> None:
    """10 Hz each, 7.55 ms a frame: 23 ms for a shared trigger, where M/D/1 would say 14."""
    clocked = wait_ms(_clocked(4, 7.55, 100), (), exact(0.01)).high
    poisson = wait_ms(_at_random(0.302), (), exact(0.01)).high
    assert clocked == pytest.approx(22.65)
    assert poisson == pytest.approx(14, abs=0.5)


@pytest.mark.parametrize("load", [0.1, 0.3, 0.5, 0.7, 0.9])
@pytest.mark.parametrize("late_allowed", [0.05, 0.01, 0.001])
def test_random_items_wait_no_longer_than_the_quantile(load: float, late_allowed: float) -> None:
    """Less the simulation's own 95 % error over five runs."""
    found = [_quantile(load, late_allowed, seed) for seed in _SEEDS]
    mean = sum(found) / len(found)
    spread = math.sqrt(sum((each - mean) ** 2 for each in found) / (len(found) - 1))
    error = _STUDENT_95 * spread / math.sqrt(len(found))
    bound = wait_ms(_at_random(load), (), exact(late_allowed)).high
    assert mean - error <= bound <= 1.5 * (mean + error)


def test_random_items_behind_a_clock_stay_under_the_bound() -> None:
    clock, source = Source(50.0), random.Random(3)
    random_load, clocked_load = 0.3, _SERVICE / 50.0
    arrivals = sorted(
        [*islice(_ticks([clock]), 40_000), *_poisson(random_load / _SERVICE, 80_000, source)]
    )
    waits = sorted(_waits(arrivals, _SERVICE))
    own, other = _at_random(random_load), _clocked(1, _SERVICE, 50.0)
    assert clocked_load == other.periodic_load.low
    assert waits[int(len(waits) * 0.99)] <= wait_ms(own, [other], exact(0.01)).high


def test_an_overload_never_ends_and_is_not_negative() -> None:
    for own, others in (
        (_at_random(1.0), []),
        (_clocked(1, 60, 50), []),
        (_at_random(0.5), [_clocked(1, 30, 50)]),
    ):
        assert wait_ms(own, others, exact(0.01)).high == math.inf


@given(st.floats(0.01, 0.97), st.floats(0.01, 0.97), st.floats(0.5, 14))
def test_more_load_never_waits_less(first: float, second: float, nats: float) -> None:
    low, high = sorted((first, second))
    assert md1_wait(low, nats) <= md1_wait(high, nats) * (1 + 1e-6) + 1e-9


@given(st.floats(1, 20), st.floats(1, 20), st.floats(0, 0.4), st.floats(0, 0.4))
def test_the_interval_contains_every_point(
    first: float, second: float, third: float, fourth: float
) -> None:
    service, load = _span(first, second), _span(third, fourth)
    wide = wait_ms(Demand(service, ZERO, service, random_load=load), (), exact(0.01))
    for service_ms in service.ends():
        for share in load.ends():
            at = Demand(exact(service_ms), ZERO, exact(service_ms), random_load=exact(share))
            point = wait_ms(at, (), exact(0.01)).high
            assert wide.low - 1e-9 <= point <= wide.high + 1e-9


def _span(first: float, second: float) -> Quantity:
    low, high = sorted((first, second))
    return between(low, high, "a", low)


def _ticks(sources: Sequence[Source]) -> Iterator[float]:
    """All ticks in order of time."""
    following = [source.phase_ms for source in sources]
    while True:
        index = min(range(len(sources)), key=lambda each: following[each])
        yield following[index]
        following[index] += sources[index].period_ms


def _poisson(rate: float, count: int, source: random.Random) -> Iterator[float]:
    now = 0.0
    for _ in range(count):
        now += source.expovariate(rate)
        yield now


def _waits(arrivals: Iterator[float] | Sequence[float], service: float) -> Iterator[float]:
    free_at = 0.0
    for now in arrivals:
        yield max(free_at - now, 0.0)
        free_at = max(free_at, now) + service


def _quantile(load: float, late_allowed: float, seed: int) -> float:
    arrivals = _poisson(load / _SERVICE, _ITEMS // len(_SEEDS), random.Random(seed))
    waits = sorted(_waits(arrivals, _SERVICE))
    return waits[int(len(waits) * (1 - late_allowed))]
