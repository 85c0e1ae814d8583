"""What is paid once for all use cases that need it: a box, bought or kept; the cloud account."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from edgeward.facts.candidate import Weighed
from edgeward.place.money import two_digits

_MOST = 12

Cents = tuple[int, tuple[tuple[str, int], ...]]
"""What a candidate alone adds a month, and what it needs of that which several pay once."""


def split_cents(options: Sequence[Weighed]) -> Mapping[str, Cents]:
    """The cost of each candidate that may be chosen, by its id.

    The assignment tries sets of what is shared, so that is at most the dearest dozen. Of a plant
    with more, the others count for each use case that needs them, as if it were alone.
    """
    usd = {each.candidate.id: _usd_by_key(each) for each in options}
    needed: defaultdict[str, set[str]] = defaultdict(set)
    for each in options:
        needed[each.candidate.use_case].update(usd[each.candidate.id])
    users = Counter(key for keys in needed.values() for key in keys)
    price = {key: dollars for found in usd.values() for key, dollars in found.items()}
    several = sorted(
        (key for key, count in users.items() if count > 1), key=lambda k: (-price[k], k)
    )
    shared = frozenset(several[:_MOST])
    return {each.candidate.id: _split(each, usd[each.candidate.id], shared) for each in options}


def _split(weighed: Weighed, usd: Mapping[str, float], shared: frozenset[str]) -> Cents:
    once = {key: dollars for key, dollars in usd.items() if key in shared}
    total = weighed.candidate.usd_per_month.stated or 0.0
    own = two_digits(100 * (total - sum(once.values())))
    return own, tuple((key, two_digits(100 * dollars)) for key, dollars in sorted(once.items()))


def _usd_by_key(weighed: Weighed) -> dict[str, float]:
    """Buying and keeping are apart: a box may run anyway and still have to be bought."""
    found: defaultdict[str, float] = defaultdict(float)
    for line in weighed.lines:
        if line.box and line.counts:
            found[f"{line.box}, {line.kind}"] += line.usd_per_month.stated or 0.0
    return found
