"""What is paid once for all use cases that need it: a box, bought or kept; the cloud account."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from edgeward.facts.candidate import Weighed
from edgeward.place.money import two_digits
from edgeward.place.open import Open

_MOST = 12


def paid_by_several(opened: Iterable[Open]) -> frozenset[str]:
    """The names of what more than one use case may need, at most the dearest dozen.

    The assignment tries sets of them. Of a plant with more, the others count for each that needs
    them, as if it were alone.
    """
    users: Counter[str] = Counter()
    usd: dict[str, float] = {}
    for each in opened:
        found = {k: v for row in each.rows for k, v in _usd_by_key(row.weighed).items()}
        users.update(found.keys())
        usd.update(found)
    several = [key for key, count in users.items() if count > 1]
    return frozenset(sorted(several, key=lambda key: (-usd[key], key))[:_MOST])


def split_cents(
    weighed: Weighed, several: frozenset[str]
) -> tuple[int, tuple[tuple[str, int], ...]]:
    """What a candidate alone adds a month, and what it needs of that which several pay once."""
    once = {key: usd for key, usd in _usd_by_key(weighed).items() if key in several}
    total = weighed.candidate.usd_per_month.stated or 0.0
    own = two_digits(100 * (total - sum(once.values())))
    return own, tuple((key, two_digits(100 * usd)) for key, usd in sorted(once.items()))


def _usd_by_key(weighed: Weighed) -> dict[str, float]:
    """Buying and keeping are apart: a box may run anyway and still have to be bought."""
    found: defaultdict[str, float] = defaultdict(float)
    for line in weighed.lines:
        if line.box and line.counts:
            found[f"{line.box}, {line.kind}"] += line.usd_per_month.stated or 0.0
    return found
