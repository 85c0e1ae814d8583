"""What the assignment chooses from: a permitted host of a use case, as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edgeward.facts.queue import wait_beside

ROUNDING = 1e-9


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

    `cents` is what it costs alone; `shared` names what of that is paid once for all that need it,
    such as a box: the same name has the same price everywhere. `parts` counts what has to work
    for it: fewer break a tie. `takes` and the limits are amounts of the same resources. Without a
    `queue` it waits for nobody.
    """

    host: str
    cents: int
    parts: int
    takes: tuple[float, ...]
    queue: Queue | None = None
    shared: tuple[tuple[str, int], ...] = ()

    @property
    def own_cents(self) -> int:
        """What it adds where all that is shared is paid for already."""
        return self.cents - sum(price for _, price in self.shared)


def all_in_time(queues: Sequence[Queue]) -> bool:
    """Whether every use case of a host still acts in time beside the others."""
    burst = sum(each.burst_ms for each in queues)
    periodic = sum(each.periodic_load for each in queues)
    random = sum(each.random_load for each in queues)
    longest = max((each.service_ms for each in queues if each.random_load > 0), default=0.0)
    return all(
        each.ahead_ms + burst - each.burst_ms + wait_beside(random, periodic, longest, each.nats)
        <= each.slack_ms + ROUNDING
        for each in queues
    )
