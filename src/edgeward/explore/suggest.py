"""The changes of the menu that work, found by deciding again: single ones, else pairs."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from itertools import combinations

from edgeward.decision import Decision, Withheld
from edgeward.explore.explanation import Suggestion
from edgeward.explore.least import move_least, moved, said
from edgeward.explore.menu import offers
from edgeward.explore.offer import EFFORTS, Offer, Wanted
from edgeward.explore.outcome import find_outcome, hosts_of, placed, say_place
from edgeward.explore.variants import AS_IT_IS, Change, Variants
from edgeward.quantity import ZERO, Quantity

_MOST_PAIRS = 60


class Search:
    """Looks for the offers that bring a use case to a tier, without taking another one's place."""

    def __init__(self, variants: Variants, wanted: Wanted) -> None:
        self._variants = variants
        self._wanted = wanted
        self._alone = variants.alone(wanted.use_case.name)
        self._before = placed(variants.decide())
        self._blocked = self._blocks(self._alone.decide())

    def find(self, most: int) -> tuple[Suggestion, ...]:
        """The best suggestions: single changes, or pairs where no single one works."""
        found: dict[str, Suggestion] = {}
        helpful: list[Offer] = []
        for offer in offers(self._variants, self._wanted):
            if offer.entry.name in found:
                continue
            if self._works(offer.change):
                found[offer.entry.name] = self._suggest((offer,))
            elif self._blocks(self._alone.decide(offer.change)) < self._blocked:
                helpful.append(offer)
            if len(found) >= most:
                break
        suggestions = list(found.values()) or self._pairs(helpful, most)
        return tuple(sorted(suggestions, key=_cost)[:most])

    def _pairs(self, helpful: list[Offer], most: int) -> list[Suggestion]:
        found: list[Suggestion] = []
        pairs = [
            pair for pair in combinations(helpful, 2) if pair[0].entry.name != pair[1].entry.name
        ]
        names: set[tuple[str, ...]] = set()
        for pair in sorted(pairs, key=_effort)[:_MOST_PAIRS]:
            key = tuple(offer.entry.name for offer in pair)
            together = pair[0].change.and_also(pair[1].change)
            if key not in names and self._works(together):
                names.add(key)
                found.append(self._suggest(pair))
            if len(found) >= most:
                break
        return found

    def _works(self, change: Change) -> bool:
        """First with the use case alone, which is quick, then in the whole plant."""
        return self._reaches(self._alone.decide(change)) and self._keeps(change)

    def _reaches(self, decision: Decision) -> bool:
        name = self._wanted.use_case.name
        places = hosts_of(decision, name, self._wanted.tier)
        return name in placed(decision) and any(each.permitted for each in places)

    def _keeps(self, change: Change) -> bool:
        """Whether in the whole plant it works too, and takes nobody's place."""
        decision = self._variants.decide(change)
        return self._reaches(decision) and self._before <= placed(decision)

    def _blocks(self, decision: Decision) -> int:
        """How many rules stand against the tier at its best place, and against the training."""
        name = self._wanted.use_case.name
        outcome = find_outcome(decision, name)
        training = len(outcome.training_blocks) if isinstance(outcome, Withheld) else 0
        counts = [len(each.blocks) for each in hosts_of(decision, name, self._wanted.tier)]
        return min(counts, default=1_000) + training

    def _suggest(self, together: tuple[Offer, ...]) -> Suggestion:
        least = list(together)
        for index, offer in enumerate(least):
            others = [each.change for i, each in enumerate(least) if i != index]
            least[index] = self._least(offer, _all(others))
        change = _all(each.change for each in least)
        decision = self._variants.decide(change)
        place = next(
            each
            for each in hosts_of(decision, self._wanted.use_case.name, self._wanted.tier)
            if each.permitted
        )
        return Suggestion(
            words=tuple(each.words for each in least),
            change=change,
            place=say_place(place.tier, place.device),
            effort=max((each.entry.effort for each in least), key=EFFORTS.index),
            usd=_sum(each.usd for each in least),
        )

    def _least(self, offer: Offer, others: Change) -> Offer:
        """The offer with its number moved no further than needed, and said."""
        for works in (self._reaches_with(offer, others), self._works_with(offer, others)):
            found = move_least(offer, works)
            if self._keeps(found.change.and_also(others)):
                return found
        return said(offer, offer.moving.to) if offer.moving else offer

    def _reaches_with(self, offer: Offer, others: Change) -> Callable[[float], bool]:
        return lambda value: self._reaches(
            self._alone.decide(moved(offer, value).change.and_also(others))
        )

    def _works_with(self, offer: Offer, others: Change) -> Callable[[float], bool]:
        return lambda value: self._works(moved(offer, value).change.and_also(others))


def _all(changes: Iterable[Change]) -> Change:
    together = AS_IT_IS
    for change in changes:
        together = together.and_also(change)
    return together


def _sum(prices: Iterable[Quantity | None]) -> Quantity | None:
    total = ZERO
    for price in prices:
        if price is None:
            return None
        total = total + price
    return total


def _cost(suggestion: Suggestion) -> tuple[int, float]:
    usd = suggestion.usd
    money = math.inf if usd is None else usd.high if usd.stated is None else usd.stated
    return (EFFORTS.index(suggestion.effort), money)


def _effort(pair: tuple[Offer, ...]) -> int:
    return sum(EFFORTS.index(each.entry.effort) for each in pair)
