"""What an explanation shows, as text that is ready to be set in any format."""

from __future__ import annotations

from dataclasses import dataclass

from edgeward.decision import Alternative, Placement, Withheld
from edgeward.explore.explanation import (
    Degraded,
    Explanation,
    Suggestion,
    UseCaseExplanation,
    WhatIf,
    WhyNot,
)
from edgeward.figures import format_usd
from edgeward.report.explain import explain_bands, explain_placement
from edgeward.report.ledger_view import view_ledger
from edgeward.report.margin_view import say_first, say_margins, without_matter
from edgeward.report.matrix_view import Matrix, view_matrix
from edgeward.report.plant_page import LedgerView
from edgeward.report.view import Labelled
from edgeward.report.wording import PATTERN_WORDS, count, say_choice, say_tier
from edgeward.site import Site
from edgeward.use_case import UseCase


@dataclass(frozen=True, slots=True)
class WhyNotView:
    """A tier that is not permitted: `would` are suggestions, `wont` why there are none."""

    tier: str
    blocks: tuple[Labelled, ...]
    would: tuple[str, ...]
    wont: str


@dataclass(frozen=True, slots=True)
class ExplainedView:
    """A use case, in the order in which it is read; what does not apply is empty."""

    name: str
    headline: str
    action: str
    matrix: Matrix
    ledger_of: str
    ledger: LedgerView | None
    why: tuple[str, ...]
    missing: tuple[Labelled, ...]
    why_not: tuple[WhyNotView, ...]
    margins: tuple[str, ...]
    no_matter: tuple[str, ...]
    measure_first: str
    rests_on: tuple[str, ...]
    degraded: tuple[Degraded, ...]


@dataclass(frozen=True, slots=True)
class WhatIfView:
    """`degraded` has, by use case, what it does while what was asked about is away."""

    asked: tuple[str, ...]
    differences: tuple[Labelled, ...]
    degraded: tuple[tuple[str, Degraded], ...]


@dataclass(frozen=True, slots=True)
class ExplanationView:
    name: str
    title: str
    what_if: WhatIfView | None
    use_cases: tuple[ExplainedView, ...]


def view_explanation(explanation: Explanation) -> ExplanationView:
    """The whole explanation in words."""
    site, what_if = explanation.site, explanation.what_if
    names = frozenset(each.name for each in explanation.use_cases)
    return ExplanationView(
        name=site.name,
        title=site.title or "",
        what_if=_what_if(what_if, names) if what_if else None,
        use_cases=tuple(_use_case(site, each) for each in explanation.use_cases),
    )


def _what_if(what_if: WhatIf, names: frozenset[str]) -> WhatIfView:
    return WhatIfView(
        asked=what_if.asked,
        differences=tuple(
            Labelled(
                each.use_case,
                f"as before, {each.after}"
                if each.before == each.after
                else f"{each.after}; before: {each.before}",
            )
            for each in what_if.differences
            if each.use_case in names
        ),
        degraded=tuple(
            (name, each)
            for name in sorted(names & what_if.degraded.keys())
            for each in what_if.degraded[name]
        ),
    )


def _use_case(site: Site, explained: UseCaseExplanation) -> ExplainedView:
    use_case = next(each for each in site.use_cases if each.name == explained.name)
    outcome = explained.outcome
    shown = _shown(outcome)
    return ExplainedView(
        name=explained.name,
        headline=_headline(outcome),
        action=use_case.action or "",
        matrix=view_matrix(
            site, use_case, outcome.alternatives, chosen=isinstance(outcome, Placement)
        ),
        ledger_of=say_tier(shown.tier, shown.device) if shown else "",
        ledger=view_ledger(shown.ledger, use_case.latency.budget_ms) if shown else None,
        why=_why(site, use_case, outcome),
        missing=_missing(outcome),
        why_not=tuple(_why_not(each) for each in explained.why_not),
        margins=say_margins(explained.margins, explained.choices),
        no_matter=without_matter(explained.margins, explained.choices),
        measure_first=say_first(explained),
        rests_on=outcome.rests_on if isinstance(outcome, Placement) else (),
        degraded=explained.degraded,
    )


def _shown(outcome: Placement | Withheld) -> Alternative | None:
    """The place whose ledger is shown: the chosen one, else the one that is blocked least."""
    if isinstance(outcome, Placement):
        return outcome.alternatives[0]
    return min(outcome.alternatives, key=lambda each: len(each.blocks), default=None)


def _headline(outcome: Placement | Withheld) -> str:
    if isinstance(outcome, Placement):
        return (
            f"{say_tier(outcome.inference_tier, outcome.device)}, training "
            f"{outcome.training_tier}, {PATTERN_WORDS[outcome.pattern]}; "
            f"fallback {say_choice(outcome.fallback)}"
        )
    if outcome.why == "no_tier":
        return "no tier permitted"
    return f"not ready, {count(len(outcome.missing), 'thing')} missing"


def _why(site: Site, use_case: UseCase, outcome: Placement | Withheld) -> tuple[str, ...]:
    if isinstance(outcome, Withheld):
        return tuple(block.message for block in outcome.training_blocks)
    bands = (explain_bands(outcome.bands),) if outcome.bands else ()
    return (explain_placement(site, use_case, outcome), f"Why there: {outcome.reason}.", *bands)


def _missing(outcome: Placement | Withheld) -> tuple[Labelled, ...]:
    missing = outcome.missing if isinstance(outcome, Withheld) else ()
    return tuple(Labelled(each.path, each.what) for each in missing)


def _why_not(why_not: WhyNot) -> WhyNotView:
    wont = ""
    if why_not.fixed:
        wont = f"no change would: {'; '.join(why_not.fixed)}"
    elif not why_not.suggestions:
        wont = "nothing that was tried would, alone or in pairs"
    if not why_not.blocks:
        wont = f"the plant has no device of this tier; {wont}" if wont else wont
    blocks = tuple(Labelled(each.rule, each.message) for each in why_not.blocks)
    return WhyNotView(why_not.tier, blocks, tuple(map(_suggest, why_not.suggestions)), wont)


def _suggest(suggestion: Suggestion) -> str:
    words = "; and ".join(suggestion.words)
    usd = suggestion.usd
    if usd is None:
        price = " (price not known)"
    else:
        price = f" ({format_usd(usd)} once)" if usd.high > 0 else ""
    return f"{words}{price} → {suggestion.place}"
