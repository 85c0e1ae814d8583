"""Depth-first branch and bound over the use cases, those with the fewest options first.

A branch is left as soon as what it has spent plus the cheapest of what is open cannot win, or as
soon as it leaves the hosts as an earlier branch did, for no less. Of hosts that are alike and
empty only the first is tried.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from edgeward.errors import NotEvaluated
from edgeward.place.option import ROUNDING, Option, Queue, all_in_time

_MOST_STEPS = 500_000
_DIGITS = 6

Score = tuple[int, int, int]
"""Not placed, cents a month, parts: less is better, from left to right."""


@dataclass(slots=True)
class _Host:
    """What is left of a host while the search goes on; hosts of one `kind` are alike."""

    left: list[float]
    kind: int
    used: int = 0
    queues: list[Queue] = field(default_factory=list)

    def fits(self, option: Option) -> bool:
        if any(need > have + ROUNDING for need, have in zip(option.takes, self.left, strict=True)):
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
        self.used += sign
        for index, need in enumerate(option.takes):
            self.left[index] -= sign * need


class Search:
    """Keeps the best assignment of all runs, `best` in the order of `order`."""

    def __init__(
        self, options: Mapping[str, Sequence[Option]], limits: Mapping[str, tuple[float, ...]]
    ) -> None:
        self.order = sorted(options, key=lambda name: (len(options[name]), name))
        self.best: tuple[Option | None, ...] = ()
        self.best_score: Score | None = None
        self._options, self._limits = options, limits
        self._picked: list[Option | None] = []
        self._steps = 0

    def run(self, without: frozenset[str], paid_cents: int) -> None:
        """Look for a better one that does without some of what is shared; the rest is paid for."""
        self._choices = [
            sorted(
                (
                    each
                    for each in self._options[name]
                    if without.isdisjoint(key for key, _ in each.shared)
                ),
                key=lambda each: (each.own_cents, each.parts, each.host),
            )
            for name in self.order
        ]
        kinds = _kinds(self.order, self._choices, self._limits)
        self._hosts = {
            name: _Host(list(limit), kinds[name]) for name, limit in self._limits.items()
        }
        self._floor = self._floors()
        self._reached: dict[tuple[object, ...], Score] = {}
        self._step(0, (0, paid_cents, 0))

    def _floors(self) -> list[tuple[int, int]]:
        """The least cost and parts of all use cases from each position on."""
        floors = [(0, 0)]
        for choices in reversed(self._choices):
            cents, parts = floors[-1]
            least = min((each.own_cents for each in choices), default=0)
            fewest = min((each.parts for each in choices), default=0)
            floors.append((cents + least, parts + fewest))
        return floors[::-1]

    def _step(self, position: int, score: Score) -> None:
        """Go on from a partial assignment with its score so far."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise NotEvaluated("the assignment of use cases to devices has too many ties to search")
        missed, cents, parts = score
        floor_cents, floor_parts = self._floor[position]
        reachable = (missed, cents + floor_cents, parts + floor_parts)
        if self.best_score is not None and reachable >= self.best_score:
            return
        state = (position, *(host.state() for host in self._hosts.values()))
        if self._reached.get(state, (math.inf,)) <= score:
            return  # here before, and no dearer: what follows is the same
        self._reached[state] = score
        if position == len(self.order):
            self.best, self.best_score = tuple(self._picked), score
            return
        for option in self._fitting(self._choices[position]):
            self._descend(option, position, score)
        self._picked.append(None)
        self._step(position + 1, (missed + 1, cents, parts))
        self._picked.pop()

    def _fitting(self, choices: Sequence[Option]) -> Iterator[Option]:
        """Those with room; of empty hosts that are alike only the first."""
        tried: set[int] = set()
        for option in choices:
            host = self._hosts.get(option.host)
            if host is not None and not host.used:
                if host.kind in tried:
                    continue
                tried.add(host.kind)
            if host is None or host.fits(option):
                yield option

    def _descend(self, option: Option, position: int, score: Score) -> None:
        missed, cents, parts = score
        host = self._hosts.get(option.host)
        self._picked.append(option)
        if host is not None:
            host.add(option)
        self._step(position + 1, (missed, cents + option.own_cents, parts + option.parts))
        if host is not None:
            host.remove(option)
        self._picked.pop()


def _kinds(
    names: Sequence[str],
    choices: Sequence[Sequence[Option]],
    limits: Mapping[str, tuple[float, ...]],
) -> dict[str, int]:
    """A number for each host; those that are the same to every use case have the same."""
    seen: dict[object, int] = {}
    at: dict[str, list[object]] = {name: [] for name in limits}
    for name, options in zip(names, choices, strict=True):
        for each in options:
            if each.host in at:
                at[each.host].append((name, each.own_cents, each.parts, each.takes, each.queue))
    return {
        host: seen.setdefault((limits[host], tuple(there)), len(seen)) for host, there in at.items()
    }
