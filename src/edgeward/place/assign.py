"""The cheapest assignment of use cases to hosts that all fit together, found exactly.

Depth-first branch and bound: use cases with the fewest options first, options by cost, and a
branch is left as soon as what it has spent plus the cheapest of what is open cannot win, or as
soon as it leaves the hosts as an earlier branch did, for no less.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from edgeward.errors import NotEvaluated
from edgeward.facts.queue import wait_beside

_MOST_STEPS = 500_000
_ROUNDING = 1e-9
_DIGITS = 6

_Score = tuple[int, int, int]
"""Not placed, cents a month, parts: less is better, from left to right."""


@dataclass(frozen=True, slots=True, order=True)
class Queue:
    """One use case in the queue of its host, as numbers: see `facts.queue.Demand`.

    `slack_ms` is what its action can wait beyond everything but the queue; `nats` is -ln of the
    share of items that may wait longer.
    """

    slack_ms: float
    nats: float
    service_ms: float
    ahead_ms: float
    burst_ms: float
    periodic_load: float
    random_load: float


@dataclass(frozen=True, slots=True)
class Option:
    """One permitted host of a use case: its cost in cents a month, what it takes of the host.

    `parts` counts what has to work for it: fewer break a tie. `takes` and the limits are amounts
    of the same resources. Without a `queue` it waits for nobody.
    """

    host: str
    cents: int
    parts: int
    takes: tuple[float, ...]
    queue: Queue | None = None


def assign(
    options: Mapping[str, Sequence[Option]], limits: Mapping[str, tuple[float, ...]]
) -> dict[str, Option | None]:
    """An option for each use case, or None where it fits nowhere beside the others.

    `limits` has what each host gives in all; a host without limits takes any load. As many use
    cases as possible are placed, then the cost is least, then the parts. Raises NotEvaluated when
    too many assignments are equally good to search them all.
    """
    search = _Search(options, limits)
    search.step(0, (0, 0, 0))
    return dict(zip(search.order, search.best, strict=True))


def all_in_time(queues: Sequence[Queue]) -> bool:
    """Whether every use case of a host still acts in time beside the others."""
    burst = sum(each.burst_ms for each in queues)
    periodic = sum(each.periodic_load for each in queues)
    random = sum(each.random_load for each in queues)
    longest = max((each.service_ms for each in queues if each.random_load > 0), default=0.0)
    return all(
        each.ahead_ms + burst - each.burst_ms + wait_beside(random, periodic, longest, each.nats)
        <= each.slack_ms + _ROUNDING
        for each in queues
    )


@dataclass(slots=True)
class _Host:
    """What is left of a host while the search goes on."""

    left: list[float]
    queues: list[Queue] = field(default_factory=list)

    def fits(self, option: Option) -> bool:
        if any(need > have + _ROUNDING for need, have in zip(option.takes, self.left, strict=True)):
            return False
        # Alone it was judged by the rules; more neighbours never make anybody faster.
        return option.queue is None or not self.queues or all_in_time([*self.queues, option.queue])

    def add(self, option: Option) -> None:
        self._take(option, 1)
        if option.queue is not None:
            self.queues.append(option.queue)

    def remove(self, option: Option) -> None:
        self._take(option, -1)
        if option.queue is not None:
            self.queues.pop()

    def state(self) -> tuple[object, ...]:
        """What the rest of the search can see of the host."""
        return (*(round(have, _DIGITS) for have in self.left), *sorted(self.queues))

    def _take(self, option: Option, sign: int) -> None:
        for index, need in enumerate(option.takes):
            self.left[index] -= sign * need


class _Search:
    def __init__(
        self, options: Mapping[str, Sequence[Option]], limits: Mapping[str, tuple[float, ...]]
    ) -> None:
        self.order = sorted(options, key=lambda name: (len(options[name]), name))
        self.choices = [
            sorted(options[name], key=lambda each: (each.cents, each.parts, each.host))
            for name in self.order
        ]
        self.hosts = {name: _Host(list(limit)) for name, limit in limits.items()}
        self.floor = self._floors()
        self.picked: list[Option | None] = []
        self.best: tuple[Option | None, ...] = ()
        self.best_score: _Score | None = None
        self.reached: dict[tuple[object, ...], _Score] = {}
        self.steps = 0

    def _floors(self) -> list[tuple[int, int]]:
        """The least cost and parts of all use cases from each position on."""
        floors = [(0, 0)]
        for choices in reversed(self.choices):
            cents, parts = floors[-1]
            least = min((each.cents for each in choices), default=0)
            fewest = min((each.parts for each in choices), default=0)
            floors.append((cents + least, parts + fewest))
        return floors[::-1]

    def step(self, position: int, score: _Score) -> None:
        """Go on from a partial assignment with its score so far."""
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise NotEvaluated("the assignment of use cases to devices has too many ties to search")
        missed, cents, parts = score
        floor_cents, floor_parts = self.floor[position]
        reachable = (missed, cents + floor_cents, parts + floor_parts)
        if self.best_score is not None and reachable >= self.best_score:
            return
        state = (position, *(host.state() for host in self.hosts.values()))
        if self.reached.get(state, (math.inf,)) <= score:
            return  # here before, and no dearer: what follows is the same
        self.reached[state] = score
        if position == len(self.order):
            self.best, self.best_score = tuple(self.picked), score
            return
        for option in self.choices[position]:
            host = self.hosts.get(option.host)
            if host is None or host.fits(option):
                self._descend(host, option, position, score)
        self.picked.append(None)
        self.step(position + 1, (missed + 1, cents, parts))
        self.picked.pop()

    def _descend(self, host: _Host | None, option: Option, position: int, score: _Score) -> None:
        missed, cents, parts = score
        self.picked.append(option)
        if host is not None:
            host.add(option)
        self.step(position + 1, (missed, cents + option.cents, parts + option.parts))
        if host is not None:
            host.remove(option)
        self.picked.pop()
