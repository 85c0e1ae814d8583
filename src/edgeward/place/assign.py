"""The cheapest assignment of use cases to hosts that all fit together, found exactly.

Depth-first branch and bound: use cases with the fewest options first, options by cost, and a
branch is left as soon as what it has spent plus the cheapest of what is open cannot win.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edgeward.errors import NotEvaluated

_MOST_STEPS = 500_000
_ROUNDING = 1e-9

Load = tuple[float, ...]
"""RAM in MB, accelerator memory in MB, storage in MB, utilisation."""


@dataclass(frozen=True, slots=True)
class Option:
    """One permitted host of a use case: its cost in cents a month, what it takes of the host.

    `parts` counts what has to work for it: fewer break a tie.
    """

    host: str
    cents: int
    parts: int
    takes: Load


def assign(
    options: Mapping[str, Sequence[Option]], limits: Mapping[str, Load]
) -> dict[str, Option | None]:
    """An option for each use case, or None where it fits nowhere beside the others.

    `limits` has what each host gives in all; a host without limits takes any load. As many use
    cases as possible are placed, then the cost is least, then the parts.
    """
    search = _Search(options, limits)
    search.step(0, (0, 0, 0))
    return dict(zip(search.order, search.best, strict=True))


class _Search:
    def __init__(self, options: Mapping[str, Sequence[Option]], limits: Mapping[str, Load]) -> None:
        self.order = sorted(options, key=lambda name: (len(options[name]), name))
        self.choices = [
            sorted(options[name], key=lambda each: (each.cents, each.parts, each.host))
            for name in self.order
        ]
        self.left = {host: list(load) for host, load in limits.items()}
        self.floor = self._floors()
        self.picked: list[Option | None] = []
        self.best: tuple[Option | None, ...] = ()
        self.best_score: tuple[int, int, int] | None = None
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

    def step(self, position: int, score: tuple[int, int, int]) -> None:
        """Go on from a partial assignment; `score` is (not placed, cents, parts) so far."""
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise NotEvaluated("the assignment of use cases to devices has too many ties to search")
        missed, cents, parts = score
        floor_cents, floor_parts = self.floor[position]
        reachable = (missed, cents + floor_cents, parts + floor_parts)
        if self.best_score is not None and reachable >= self.best_score:
            return
        if position == len(self.order):
            self.best, self.best_score = tuple(self.picked), score
            return
        for option in self.choices[position]:
            if self._fits(option):
                self._take(option, 1)
                self.step(position + 1, (missed, cents + option.cents, parts + option.parts))
                self._take(option, -1)
        self.picked.append(None)
        self.step(position + 1, (missed + 1, cents, parts))
        self.picked.pop()

    def _fits(self, option: Option) -> bool:
        left = self.left.get(option.host)
        return left is None or all(
            need <= have + _ROUNDING for need, have in zip(option.takes, left, strict=True)
        )

    def _take(self, option: Option, sign: int) -> None:
        if sign > 0:
            self.picked.append(option)
        else:
            self.picked.pop()
        left = self.left.get(option.host)
        if left is not None:
            for index, need in enumerate(option.takes):
                left[index] -= sign * need
