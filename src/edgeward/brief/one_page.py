"""The brief (R27): one page about one use case, for people who never open a declaration.

Three boxes are always there, whatever is known: what stops and how it is undone, money,
connections and approvals.
"""

from __future__ import annotations

from collections.abc import Iterator

from edgeward.brief.box_flows import flows_box
from edgeward.brief.box_money import money_box, overlap_words
from edgeward.brief.box_stop import stop_box
from edgeward.brief.document import Document, Part
from edgeward.brief.subject import NOBODY_SAID, UNKNOWN, Case, Subject
from edgeward.brief.words import (
    labelled,
    say_figure,
    say_findings,
    say_model,
    say_path,
)
from edgeward.decision import Placement, Withheld
from edgeward.explore.degraded import say_uncovered
from edgeward.facts.host import CLOUD
from edgeward.figures import format_number
from edgeward.report.cost_words import say_money
from edgeward.report.explain import (
    PATTERN_SENTENCES,
    explain_bands,
    explain_placement,
    say_condition,
    say_no_server,
    say_plainest,
    say_where,
)
from edgeward.report.told import find_remedies
from edgeward.report.unsettled import say_uncertain, say_unsettled, say_worst
from edgeward.report.view import Labelled
from edgeward.report.wording import count
from edgeward.site import TIERS

_MOST = 4


def write_brief(subject: Subject, case: Case) -> Document:
    """The brief of one use case."""
    use_case = case.use_case
    stage = use_case.stage or "draft"
    owner = use_case.owner or UNKNOWN
    return Document(
        name=f"brief-{case.name}",
        title=f"{case.name}: {use_case.action or 'what it does is not said'}",
        subtitle=(
            f"Machine learning at {subject.title} · declared stage: {stage} · "
            f"answers for it: {owner}"
        ),
        lead=(_say_status(subject, case),),
        parts=(
            _where(subject, case),
            stop_box(subject, case),
            money_box(subject, case),
            flows_box(subject, case),
            _sure(subject, case),
        ),
        foot=subject.foot,
    )


def _say_status(subject: Subject, case: Case) -> str:
    if case.withheld is not None:
        return _say_withheld(case.withheld)
    against = say_findings(case.findings)
    if against:
        return f"It has a place, but this must be settled first: {against}."
    if not subject.plant.has_lock:
        return "It has a place, no rule stands against it, but the decision is not committed yet."
    if any(each.startswith(f"{case.name}:") for each in subject.plant.stale):
        return "No rule stands against it, but the committed decision is an older one."
    return (
        "The planning tool edgeward found a place that its rules permit, which is no approval. Not "
        f"settled yet: {', '.join(_unsettled(subject, case))}, and what is unknown below."
    )


def _unsettled(subject: Subject, case: Case) -> Iterator[str]:
    """What somebody who signs should hear of first."""
    if not (subject.history and subject.history[0].review):
        yield "its approval (none on record)"
    if case.placement is not None and case.placement.fragile:
        yield f"the place hangs on {', '.join(map(say_path, case.placement.fragile_on))}"
    if case.placement is not None and case.placement.stated_rules:
        yield f"what nobody measured (at the worst {say_worst(case.placement)})"
    yield from _uncovered(subject, case)
    yield from (what for what, _key in say_unsettled(subject.site, case.use_case))


def _uncovered(subject: Subject, case: Case) -> Iterator[str]:
    """Where that which it needs may be away for longer than the fallback is sure to last."""
    device = case.placement.device if case.placement else None
    away, what = subject.site.connectivity.worst_outage_hours, "the link"
    if device != CLOUD:
        found = next((each for each in subject.site.devices if each.name == device), None)
        if found is None or found.run_by is None:
            return
        away, what = found.run_by.rebuild_hours, found.name
    rest = say_uncovered(case.use_case.absent, away)
    if rest:
        yield f"up to {rest} without fallback when {what} is down"


def _say_withheld(withheld: Withheld) -> str:
    if withheld.why == "no_tier":
        return "It has no place: the rules permit none. Nothing of it is built."
    return (
        f"It is not decided: {count(len(withheld.missing), 'thing')} must be known first. "
        "Nothing of it is built."
    )


def _where(subject: Subject, case: Case) -> Part:
    title = "Where it runs, and why there"
    if case.placement is not None:
        return Part(title, lines=tuple(_placed(subject, case, case.placement)))
    assert case.withheld is not None
    helps = find_remedies(case.withheld, subject.plant.findings)[:_MOST]
    lines = (*_open(case.withheld), *(Labelled("What would help", each) for each in helps))
    return Part(title, lines=lines)


def _placed(subject: Subject, case: Case, placement: Placement) -> Iterator[Labelled]:
    use_case = case.use_case
    bands = f" {explain_bands(placement.bands)}" if placement.bands else ""
    yield from labelled(
        ("Place", explain_placement(subject.site, use_case, placement)),
        ("Why there", f"{_say_reason(subject, case, placement)}{_pinned(placement)}."),
        *_why_not(placement),
        ("How it works", f"{PATTERN_SENTENCES[placement.pattern]}{bands}"),
        ("Model", say_model(subject.site, use_case)),
    )


def _say_reason(subject: Subject, case: Case, placement: Placement) -> str:
    """Where the cost decides, what is expected against what is expected."""
    reason = placement.reason
    if not reason[:1].isdigit():
        return reason
    others = [each for each in case.cost.alternatives if each.permitted] if case.cost else []
    others = sorted((e for e in others if not e.chosen), key=lambda each: each.monthly.best)
    if case.chosen is None or subject.plant.cost is None or not others:
        return f"it costs {reason}"
    currency = subject.plant.cost.currency
    here, there = say_money(case.chosen.monthly), say_money(others[0].monthly)
    overlap = overlap_words(case.chosen.monthly, others[0].monthly)
    at = say_where(others[0].name)
    return f"{here} {currency} a month are expected, against {there} {at}{overlap}"


def _pinned(placement: Placement) -> str:
    return "; a person chose it" if placement.pinned else ""


def _why_not(placement: Placement) -> Iterator[tuple[str, str]]:
    """For each place that is blocked, what stands against it, the plainest first."""
    for other in placement.alternatives[1:]:
        if other.blocks:
            more = len(other.blocks) - _MOST
            rest = f"; and {count(more, 'more reason')} on the plant's page" if more > 0 else ""
            why = "; ".join(say_plainest(other)[:_MOST])
            yield f"Not {say_where(other.device)}", f"{why}{rest}"
    yield from ((f"Not {where}", why) for where, why in say_no_server(placement))


def _open(withheld: Withheld) -> Iterator[Labelled]:
    for missing in withheld.missing[:_MOST]:
        yield Labelled("Not known", f"{missing.what} ({missing.path})")
    more = len(withheld.missing) - _MOST
    if more > 0:
        yield Labelled("And", f"{count(more, 'more thing')} that nobody has written down")
    for tier in TIERS:
        found = [each for each in withheld.alternatives if each.tier == tier and each.blocks]
        yield from labelled(*((f"Not {tier}", say_plainest(each)[0]) for each in found[:1]))
    for block in withheld.training_blocks[:1]:
        yield Labelled("Training", block.message)


def _sure(subject: Subject, case: Case) -> Part:
    use_case = case.use_case
    outcome, retire = use_case.outcome, use_case.retire
    goal = NOBODY_SAID
    if outcome is not None and outcome.measure is not None:
        today, target = say_figure(outcome.today), say_figure(outcome.target)
        goal = f"{outcome.measure}: today {today}, target {target}"
    ends = NOBODY_SAID
    if retire is not None and retire.when is not None:
        ends = f"{retire.when}; reviewed by {retire.review_by or 'no date'}"
    then = use_case.drift.then if use_case.drift else None
    drift = say_condition(use_case.drift)
    aged = f"{drift}; then: {then or 'nobody says'}" if drift else NOBODY_SAID
    return Part(
        "What is hoped for, and what is not certain",
        labelled(
            ("What is to get better", goal),
            ("It has aged when", aged),
            ("Not certain", _say_uncertain(subject, case.placement)),
            ("It ends when", ends),
        ),
    )


def _say_assumed(subject: Subject, path: str) -> str:
    """A number in words, with the range that somebody assumed for it."""
    for each in subject.site.assumptions:
        if each.at == path and each.low is not None and each.high is not None:
            low, high = format_number(each.low), format_number(each.high)
            return f"{say_path(path)} (assumed: {low} to {high})"
    return say_path(path)


def _say_uncertain(subject: Subject, placement: Placement | None) -> str:
    if placement is None:
        return "everything that follows from a decision"
    said = say_uncertain(placement, lambda path: _say_assumed(subject, path))
    if not said:
        return "no assumed number changes the place"
    if placement.fragile:
        return said
    if not placement.stated_rules:
        return f"{said} None of it alone moves it to another place."
    other = any(not each.blocks for each in placement.alternatives[1:])
    return said if other else f"{said} No other place is permitted."
