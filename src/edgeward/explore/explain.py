"""One plant explained: why, why not, what would change it, and how far the decision is from it."""

from __future__ import annotations

from collections.abc import Sequence

from edgeward.decision import Placement
from edgeward.declare.wording import did_you_mean, short
from edgeward.errors import UsageError
from edgeward.explore.degraded import explain_degraded
from edgeward.explore.explanation import Degraded, Explanation, UseCaseExplanation
from edgeward.explore.margins import find_choices, find_margins, measure_first
from edgeward.explore.one_down import degrade_without_box
from edgeward.explore.outcome import find_outcome
from edgeward.explore.variants import Variants
from edgeward.explore.what_if import explain_what_if, read_conditions
from edgeward.explore.why_not import explain_why_not
from edgeward.facts.host import CLOUD
from edgeward.use_case import UseCase


def explain_plant(
    variants: Variants, name: str | None = None, asked: Sequence[str] = ()
) -> Explanation:
    """The explanation of one use case, or of all; under the conditions `asked`, if any.

    Raises UsageError for a use case or a condition that there is none of.
    """
    before = variants
    conditions = read_conditions(variants, asked) if asked else None
    if conditions is not None:
        variants = conditions.applied(variants)
    site = variants.site()
    chosen = _choose(site.use_cases, name)
    return Explanation(
        site=site,
        decision=variants.decide(),
        use_cases=tuple(_explain(variants, each) for each in chosen),
        what_if=explain_what_if(before, variants, conditions) if conditions else None,
    )


def _choose(use_cases: tuple[UseCase, ...], name: str | None) -> tuple[UseCase, ...]:
    live = tuple(each for each in use_cases if each.stage != "retired")
    if name is None:
        return live
    found = tuple(each for each in live if each.name == name)
    if not found:
        hint = did_you_mean(name, [each.name for each in live])
        raise UsageError(f"no use case is called `{short(name)}`: {hint}")
    return found


def _explain(variants: Variants, use_case: UseCase) -> UseCaseExplanation:
    outcome = find_outcome(variants.decide(), use_case.name)
    assert outcome is not None
    placement = outcome if isinstance(outcome, Placement) else None
    margins = find_margins(variants, placement) if placement else ()
    choices = find_choices(variants, placement) if placement else ()
    return UseCaseExplanation(
        name=use_case.name,
        outcome=outcome,
        why_not=explain_why_not(variants, use_case),
        margins=margins,
        choices=choices,
        measure_first=measure_first(margins, choices),
        degraded=_degraded(variants, placement) if placement else (),
    )


def _degraded(variants: Variants, placement: Placement) -> tuple[Degraded, ...]:
    rows = explain_degraded(variants.site(), variants.catalog, placement)
    if placement.device == CLOUD:
        return rows
    return (
        *rows,
        degrade_without_box(variants, placement, variants.site().device(placement.device)),
    )
