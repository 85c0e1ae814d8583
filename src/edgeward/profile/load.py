"""A sustained load: one inference after the other, and what became of their times."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_WARM = 10
_TENTH = 10
_SLOWER = 1.1
"""A last tenth this much slower than the first is called throttling."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Times in milliseconds; `first_p50_ms` and `last_p50_ms` are of the first and last tenth."""

    count: int
    mean_ms: float
    p50_ms: float
    p90_ms: float
    p99_ms: float
    max_ms: float
    first_p50_ms: float
    last_p50_ms: float

    @property
    def slows_down(self) -> bool:
        return self.last_p50_ms > _SLOWER * self.first_p50_ms


def keep_running(run: Callable[[], object], seconds: float, clock: Callable[[], float]) -> Measured:
    """Run for so many seconds, at least ten times after warming up; `clock` gives seconds."""
    for _ in range(_WARM):
        run()
    times: list[float] = []
    started = before = clock()
    while before - started < seconds or len(times) < _TENTH:
        run()
        after = clock()
        times.append(1000 * (after - before))
        before = after
    return summarise(times)


def summarise(times: Sequence[float]) -> Measured:
    """The figures of times in the order in which they were taken, ten or more."""
    tenth = max(1, len(times) // _TENTH)
    ordered = sorted(times)
    return Measured(
        count=len(times),
        mean_ms=sum(times) / len(times),
        p50_ms=_percentile(ordered, 0.5),
        p90_ms=_percentile(ordered, 0.9),
        p99_ms=_percentile(ordered, 0.99),
        max_ms=ordered[-1],
        first_p50_ms=_percentile(sorted(times[:tenth]), 0.5),
        last_p50_ms=_percentile(sorted(times[-tenth:]), 0.5),
    )


def _percentile(ordered: Sequence[float], share: float) -> float:
    """The nearest rank: a time that was measured, and no value in between."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
