"""The decision for a plant: the best permitted place of every use case, and why not the others."""

from __future__ import annotations

from edgeward.decision import Decision, Withheld
from edgeward.place.joint import place_together
from edgeward.place.open import Open, Weighing, consider
from edgeward.use_case import UseCase


def decide(weighing: Weighing) -> Decision:
    """Place every use case of the plant that is not retired.

    A live use case stays where it is while that is permitted and nothing is cheaper by more than
    the move margin.
    """
    found = [consider(weighing, each) for each in weighing.site.use_cases if _live(each)]
    opened = [each for each in found if isinstance(each, Open)]
    withheld = [each for each in found if isinstance(each, Withheld)]
    placements, crowded = place_together(opened, weighing.policy, weighing.catalog)
    return Decision(
        site=weighing.site.name,
        placements=tuple(sorted(placements, key=lambda each: each.use_case)),
        withheld=tuple(sorted((*withheld, *crowded), key=lambda each: each.use_case)),
    )


def _live(use_case: UseCase) -> bool:
    return use_case.stage != "retired"
