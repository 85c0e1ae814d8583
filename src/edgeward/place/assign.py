"""The cheapest assignment of use cases to hosts that all fit together, found exactly.

What several pay once, a box or the cloud account, is decided on first: every set of it that may
win, in the order of the least that it can cost. What is left is separate for each use case.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edgeward.place.floor import Spread
from edgeward.place.option import ROUNDING, Option
from edgeward.place.search import Score, Search

_NOTHING: frozenset[str] = frozenset()


def assign(
    options: Mapping[str, Sequence[Option]], limits: Mapping[str, tuple[float, ...]]
) -> dict[str, Option | None]:
    """An option for each use case, or None where it fits nowhere beside the others.

    `limits` has what each host gives in all; a host without limits takes any load. As many use
    cases as possible are placed, then the cost is least, then the parts; what is shared is paid
    once. Raises NotEvaluated when too many assignments are equally good to search them all.
    """
    spread = Spread(options, limits)
    dearest = sorted(spread.price, key=lambda key: (-spread.price[key], key))
    search = Search(options, limits)
    waiting = [_branch(options, spread, _NOTHING, _NOTHING)]
    number = 0
    while waiting and (search.best_score is None or waiting[0].floor < search.best_score):
        branch = heapq.heappop(waiting)
        decided = len(branch.paid) + len(branch.without)
        if decided == len(dearest):
            search.run(branch.without, sum(spread.price[key] for key in branch.paid))
            continue
        key = dearest[decided]
        for paid, without in (
            (branch.paid | {key}, branch.without),
            (branch.paid, branch.without | {key}),
        ):
            number += 1
            heapq.heappush(waiting, _branch(options, spread, paid, without, number))
    return dict(zip(search.order, search.best, strict=True))


@dataclass(frozen=True, slots=True, order=True)
class _Branch:
    """What is paid for, what nobody may use, and a score that nothing beats with the rest open."""

    floor: Score
    number: int
    paid: frozenset[str]
    without: frozenset[str]


def _branch(
    options: Mapping[str, Sequence[Option]],
    spread: Spread,
    paid: frozenset[str],
    without: frozenset[str],
    number: int = 0,
) -> _Branch:
    missed = parts = 0
    cents: float = sum(spread.price[key] for key in paid)
    for choices in options.values():
        left = [each for each in choices if without.isdisjoint(key for key, _ in each.shared)]
        if left:
            cents += min(spread.least(each, paid) for each in left)
            parts += min(each.parts for each in left)
        else:
            missed += 1
    return _Branch(
        (missed, math.ceil(cents - ROUNDING * (1 + cents)), parts), number, paid, without
    )
