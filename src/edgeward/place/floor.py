"""The least that use cases can cost together, whatever is chosen for them.

What is shared and not yet decided on is spread over the most use cases that could share it: fewer
never pay less together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from edgeward.place.option import ROUNDING, Option


class Spread:
    """For each thing that is shared: its price, and that over the most that may share it."""

    def __init__(
        self, options: Mapping[str, Sequence[Option]], limits: Mapping[str, tuple[float, ...]]
    ) -> None:
        users: defaultdict[str, dict[str, list[Option]]] = defaultdict(dict)
        for name, choices in options.items():
            for each in choices:
                for key, _ in each.shared:
                    users[key].setdefault(name, []).append(each)
        self.price = {
            key: price
            for choices in options.values()
            for each in choices
            for key, price in each.shared
        }
        self._part = {key: self.price[key] / _most(users[key], limits) for key in self.price}

    def least(self, option: Option, paid: Collection[str]) -> float:
        """What an option adds, in cents, with its part of what is not paid for yet."""
        return option.own_cents + sum(
            self._part[key] for key, _ in option.shared if key not in paid
        )


def _most(users: Mapping[str, Sequence[Option]], limits: Mapping[str, tuple[float, ...]]) -> int:
    """How many use cases can share something: all, or as many as fit where they must be."""
    hosts = {each.host for choices in users.values() for each in choices}
    limit = limits.get(*hosts) if len(hosts) == 1 else None
    if limit is None:
        return len(users)
    takes = [choices[0].takes for choices in users.values()]
    counts = [_fitting([each[part] for each in takes], most) for part, most in enumerate(limit)]
    return max(min((len(users), *counts)), 1)


def _fitting(takes: Sequence[float], most: float) -> int:
    """How many of the smallest there is room for."""
    count, left = 0, most + ROUNDING
    for each in sorted(takes):
        left -= each
        if left < 0:
            break
        count += 1
    return count
