"""Why a tier is not permitted, and the smallest changes that would make it so."""

from __future__ import annotations

from collections.abc import Iterable

from edgeward.decision import Alternative, Block, Withheld
from edgeward.explore.explanation import WhyNot
from edgeward.explore.offer import Wanted
from edgeward.explore.outcome import Outcome, find_outcome, hosts_of
from edgeward.explore.suggest import Search
from edgeward.explore.variants import Variants
from edgeward.site import TIERS, Tier
from edgeward.use_case import UseCase

MOST_SUGGESTIONS = 3


def explain_why_not(
    variants: Variants, use_case: UseCase, most: int = MOST_SUGGESTIONS
) -> tuple[WhyNot, ...]:
    """One for each tier that has no permitted place, with at most so many suggestions.

    None for a use case that is not ready: what is missing comes first.
    """
    decision = variants.decide()
    outcome = find_outcome(decision, use_case.name)
    if isinstance(outcome, Withheld) and outcome.why == "not_ready":
        return ()
    found = []
    for tier in TIERS:
        places = hosts_of(decision, use_case.name, tier)
        if not any(each.permitted for each in places):
            found.append(_why_not(variants, use_case, tier, _blocks(outcome, places), most))
    return tuple(found)


def _why_not(
    variants: Variants, use_case: UseCase, tier: Tier, blocks: tuple[Block, ...], most: int
) -> WhyNot:
    places = hosts_of(variants.decide(), use_case.name, tier)
    fixed = _not_for_sale(variants, places)
    if fixed:
        return WhyNot(tier, blocks, (), fixed)
    wanted = Wanted(
        site=variants.site(),
        use_case=use_case,
        tier=tier,
        devices=() if tier == "cloud" else tuple(each.device for each in places),
        rules=frozenset(each.rule for each in blocks),
    )
    return WhyNot(tier, blocks, Search(variants, wanted).find(most))


def _not_for_sale(variants: Variants, places: tuple[Alternative, ...]) -> tuple[str, ...]:
    """The reasons, where every place of a tier runs into a rule that nothing gets around."""
    reasons = {each.rule: each.because for each in variants.catalog.menu.not_for_sale}
    met = [[reasons[b.rule] for b in each.blocks if b.rule in reasons] for each in places]
    if not places or not all(met):
        return ()
    return tuple(dict.fromkeys(reason for place in met for reason in place))


def _blocks(outcome: Outcome | None, places: Iterable[Alternative]) -> tuple[Block, ...]:
    """What stands against a tier, and against the training if nothing is placed for it."""
    training = outcome.training_blocks if isinstance(outcome, Withheld) else ()
    return tuple(dict.fromkeys((*(b for each in places for b in each.blocks), *training)))
