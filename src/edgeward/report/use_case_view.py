"""A use case on the plant's page: where it runs and why, or why it runs nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edgeward.decision import Alternative, Block, Placement, Withheld
from edgeward.figures import format_figure, format_usd
from edgeward.finding import Finding
from edgeward.quantity import Quantity
from edgeward.report.duration import format_hours
from edgeward.report.explain import (
    PATTERN_SENTENCES,
    explain_bands,
    explain_fallback,
    explain_placement,
    find_decider,
    say_condition,
    say_no_server,
    say_plainest,
    say_where,
)
from edgeward.report.ledger_view import say_wait, view_ledger
from edgeward.report.plant_page import (
    AlternativeRow,
    BlockView,
    MissingRow,
    UseCaseView,
    WithheldView,
)
from edgeward.report.told import find_remedies
from edgeward.report.unsettled import STANDING_IN, say_uncertain, stands_in
from edgeward.report.view import Badge, Labelled
from edgeward.report.wording import (
    PATTERN_WORDS,
    STATUS_WORDS,
    begin_sentence,
    count,
    say_choice,
    say_tier,
)
from edgeward.result import Status
from edgeward.site import Site
from edgeward.use_case import UseCase

_MOST, _SAID = 3, 2
"""Of the places that are blocked, and of what blocks each, how many are told at once."""
NOT_WEIGHED = "–"


def view_placement(site: Site, placement: Placement) -> UseCaseView:
    """A use case that has a place; the chosen alternative comes first."""
    use_case = _use_case(site, placement.use_case)
    chosen = placement.alternatives[:1]
    return UseCaseView(
        name=placement.use_case,
        anchor=f"use-case-{placement.use_case}",
        action=use_case.action or "",
        where=say_tier(placement.inference_tier, placement.device),
        decision=explain_placement(site, use_case, placement),
        reason=placement.reason,
        refused=tuple(_refused(placement)),
        facts=_facts(site, use_case, placement),
        more=_more(use_case, placement),
        wait=f"{say_wait(placement.budget_ms)}.",
        alternatives=_alternatives(site, use_case, placement.alternatives, chosen),
        ledger=view_ledger(placement.ledger, placement.budget_ms),
        explained=_explained(site, use_case, placement),
    )


def view_withheld(site: Site, withheld: Withheld, findings: Iterable[Finding]) -> WithheldView:
    """A use case without a place: what is missing, or what blocks each tier."""
    use_case = _use_case(site, withheld.use_case)
    status = Status(withheld.why)
    missing = count(len(withheld.missing), "thing")
    sentence = {
        Status.NOT_READY: f"No decision yet: {missing} must be known first.",
        Status.NO_TIER: "No tier is permitted. What blocks each of them stands beside it.",
    }[status]
    return WithheldView(
        name=withheld.use_case,
        anchor=f"use-case-{withheld.use_case}",
        action=use_case.action or "",
        badge=Badge(status.value, STATUS_WORDS[status]),
        sentence=sentence,
        missing=tuple(
            MissingRow(each.path, each.what, str(site.origin(each.path)))
            for each in withheld.missing
        ),
        wait=f"{say_wait(use_case.latency.budget_ms)}.",
        alternatives=_alternatives(site, use_case, withheld.alternatives, ()),
        training_blocks=_blocks(withheld.training_blocks),
        remedies=find_remedies(withheld, findings),
    )


def _use_case(site: Site, name: str) -> UseCase:
    return next(each for each in site.use_cases if each.name == name)


def _refused(placement: Placement) -> Iterator[Labelled]:
    """Why it is not elsewhere, for the first places that something stands against."""
    blocked = [each for each in placement.alternatives if each.blocks]
    for each in blocked[:_MOST]:
        yield Labelled(say_where(each.device), "; ".join(say_plainest(each)[:_SAID]))
    yield from (Labelled(*each) for each in say_no_server(placement))


def _facts(site: Site, use_case: UseCase, placement: Placement) -> tuple[Labelled, ...]:
    model = use_case.model
    parts = (model.name, model.version, model.precision) if model else ()
    said = " ".join(filter(None, parts))
    approver = use_case.updates.approver if use_case.updates else None
    facts = {
        "Model": f"{said}{STANDING_IN}" if stands_in(site, use_case) else said,
        "Cost a month": _expected(placement.usd_per_month),
        "Lets a new version go live": approver,
        "Review a change of it in git": " and ".join(filter(None, (site.owner, approver))),
    }
    return tuple(Labelled(label, text) for label, text in facts.items() if text)


def _more(use_case: UseCase, placement: Placement) -> tuple[Labelled, ...]:
    facts = {
        "Stage": placement.stage,
        "Updates": use_case.updates.cadence if use_case.updates else None,
        "Criticality": use_case.criticality,
        "The answer": use_case.authority,
        "Owner": use_case.owner,
        "Pattern": PATTERN_WORDS[placement.pattern],
        "Fallback": say_choice(placement.fallback),
    }
    return tuple(Labelled(label, text) for label, text in facts.items() if text)


def _expected(usd: Quantity) -> str:
    if usd.stated is None or usd.exact:
        return _cost(usd)
    stated = format_usd(Quantity(usd.stated, usd.stated, None))
    return f"{stated} expected, {_cost(usd)} possible"


def _explained(site: Site, use_case: UseCase, placement: Placement) -> tuple[Labelled, ...]:
    pattern = PATTERN_SENTENCES[placement.pattern]
    if placement.bands:
        pattern = f"{pattern} {explain_bands(placement.bands)}"
    lines = {
        "How it works": pattern,
        "When the link is away": _say_away(site, use_case, placement.alternatives[0]),
        "When there is no answer": explain_fallback(
            use_case.absent, placement.fallback, site.currency
        ),
        "When a new version is worse": _say_undo(use_case),
        "Not certain": say_uncertain(placement, str),
    }
    return tuple(Labelled(label, text) for label, text in lines.items() if text)


def _say_away(site: Site, use_case: UseCase, chosen: Alternative) -> str:
    leaving = any(each.leaves for each in site.streams if each.name in use_case.reads)
    waits = ""
    if leaving and chosen.tier != "cloud":
        waits = (
            "; what should leave the plant waits, how much and how long stands under At the edge"
        )
    return f"{begin_sentence(_link(site, chosen))}{waits}."


def _say_undo(use_case: UseCase) -> str:
    when = say_condition(use_case.rollback)
    if not when:
        return ""
    who = find_decider(use_case) or "whoever may decide it"
    return (
        f"When {when}, {who} has the version before put back, by the rollback checklist; before "
        "the first there is none: it is stopped or removed."
    )


def _alternatives(
    site: Site, use_case: UseCase, all_: Iterable[Alternative], chosen: tuple[Alternative, ...]
) -> tuple[AlternativeRow, ...]:
    return tuple(
        AlternativeRow(
            where=say_tier(each.tier, each.device),
            badge=_badge(each, each in chosen),
            link=_link(site, each),
            memory=_memory(each),
            cost=_cost(each.usd_per_month),
            blocks=_blocks(each.blocks),
            rests_on=each.rests_on,
            ledger=view_ledger(each.ledger, use_case.latency.budget_ms),
        )
        for each in all_
    )


def _badge(alternative: Alternative, chosen: bool) -> Badge:
    if chosen:
        return Badge("chosen", "chosen")
    return {
        True: Badge("permitted", "permitted"),
        False: Badge("blocked", "blocked"),
        None: Badge("open", "not known"),
    }[alternative.permitted]


def _link(site: Site, alternative: Alternative) -> str:
    if alternative.tier != "cloud":
        return "works without the link"
    outage = site.connectivity.worst_outage_hours
    away = f"away up to {format_hours(outage)}" if outage.bounded else "worst outage not known"
    bridged = alternative.facts.link.bridged_hours if alternative.facts else None
    return f"{away}, {format_hours(bridged)} bridged" if bridged and bridged.bounded else away


def _memory(alternative: Alternative) -> str:
    if alternative.facts is None or alternative.tier == "cloud":
        return NOT_WEIGHED
    memory = alternative.facts.memory
    return f"{format_figure(memory.needed_mb)} of {format_figure(memory.allocatable_mb)} MB"


def _cost(usd: Quantity) -> str:
    return format_usd(usd) if usd.bounded else format_figure(usd, 2)


def _blocks(blocks: Iterable[Block]) -> tuple[BlockView, ...]:
    return tuple(BlockView(block.rule, block.message) for block in blocks)
