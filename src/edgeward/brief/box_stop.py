"""What stops when something is away, what happens instead, and how it is all undone."""

from __future__ import annotations

from collections.abc import Iterator

from edgeward.brief.document import Part
from edgeward.brief.subject import NOBODY_SAID, UNKNOWN, Case, Subject
from edgeward.brief.words import labelled, say_figure
from edgeward.explore.degraded import LINK, degrade
from edgeward.facts.host import CLOUD
from edgeward.report.explain import explain_fallback, find_decider, say_condition
from edgeward.use_case import UseCase

_PREVIOUS = "the version that ran before (the first has none: it is stopped or removed)"


def stop_box(subject: Subject, case: Case) -> Part:
    """Always the same lines; what is not declared is said to be unknown."""
    use_case = case.use_case
    return Part(
        "What stops, and how to undo it",
        labelled(
            *away_lines(subject, case),
            ("An answer too late", _say_late(case)),
            ("Being without it costs", _say_fallback_cost(subject, use_case)),
            ("A standstill costs", _say_stop(subject, use_case)),
            ("Stopping it now", _say_stopping(case)),
            ("Back to the old model", _say_going_back(case)),
            ("Removing it", _say_removal(case)),
            ("Who to call", say_emergency(use_case)),
        ),
        boxed=True,
    )


def away_lines(subject: Subject, case: Case) -> Iterator[tuple[str, str]]:
    """The link gone, then the box that it runs on; the fallback where nothing is placed."""
    placement, absent = case.placement, case.use_case.absent
    if placement is None:
        currency = subject.site.currency
        said = explain_fallback(absent, absent.do, currency) if absent and absent.do else UNKNOWN
        yield "The fallback", said
        return
    aways = [("Link to the cloud down", LINK)]
    if placement.device != CLOUD:
        aways.append((f"{placement.device} down", placement.device))
    for label, away in aways:
        found = degrade(subject.site, subject.catalog, placement, frozenset((away,)))
        between = ";" if found.runs else ""
        yield label, f"{found.does}{between} {found.lasts}."


def _say_late(case: Case) -> str:
    """Empty where it writes to nothing; no declaration has a place for what a late answer does."""
    if case.placement is None or not case.use_case.writes:
        return ""
    takers = " and ".join(each.to for each in case.use_case.writes)
    return f"what {takers} does with it is not declared"


def _say_stopping(case: Case) -> str:
    # No declaration has a place for a switch yet.
    unsaid = "how the shift switches it off is not declared"
    if case.placement is None:
        return f"{unsaid}; nothing runs yet"
    device = case.placement.device
    down = "the link to the cloud" if device == CLOUD else device
    return f"{unsaid}; once it is off, it is as when {down} is down"


def _say_fallback_cost(subject: Subject, use_case: UseCase) -> str:
    absent = use_case.absent
    if absent is None or not absent.cost_per_hour.bounded:
        return NOBODY_SAID
    return f"{say_figure(absent.cost_per_hour)} {subject.site.currency} an hour"


def _say_stop(subject: Subject, use_case: UseCase) -> str:
    stop = use_case.stop
    if stop is None or not stop.cost_per_hour.bounded:
        return NOBODY_SAID
    signed = f"signed by {stop.signed_by}" if stop.signed_by else "not signed: it decides nothing"
    basis = f", {stop.basis.replace('_', ' ')}" if stop.basis else ""
    return f"{say_figure(stop.cost_per_hour)} {subject.site.currency} an hour{basis}; {signed}"


def say_rollback(use_case: UseCase) -> str:
    """When the model goes back, and to which version."""
    when = say_condition(use_case.rollback)
    if not when:
        return f"{UNKNOWN}: no condition is declared for going back"
    to = use_case.rollback_to or f"a version that is {UNKNOWN}, none is named"
    return f"when {when}, to {_PREVIOUS if to == 'previous' else to}"


def _say_going_back(case: Case) -> str:
    use_case = case.use_case
    itself = "not by itself"
    if case.placement is not None and case.placement.device != CLOUD:
        itself = "by itself only while it is being installed, if it fails its health check; later"
    how = f"{itself}: {say_decider(use_case)} decides to go back"
    release = "whoever releases (not declared) carries it out"
    if say_condition(use_case.rollback):
        return f"{how}, {say_rollback(use_case)}; {release}"
    return f"{say_rollback(use_case)}; {how}, {release}"


def say_decider(use_case: UseCase) -> str:
    return find_decider(use_case) or "nobody who is named"


def say_emergency(use_case: UseCase) -> str:
    updates = use_case.updates
    if updates is None or updates.emergency is None:
        owner = f"; the owner is {use_case.owner}" if use_case.owner else ""
        return f"{UNKNOWN}: no emergency contact is declared{owner}"
    return updates.emergency


def _say_removal(case: Case) -> str:
    if case.placement is None:
        return "nothing to undo: nothing is built"
    device = case.placement.device
    after = f"from then on it is as when {device} is down, but for good"
    how = f"makes the next release without it: {after}"
    if device == CLOUD:
        how = "takes it out of the cloud, where records under retention stay"
    owner = case.use_case.owner or "whoever answers for the plant's file"
    return (
        f"{owner} sets its stage to retired in the plant's file; those who approve the placement "
        f"approve; whoever releases (not declared) {how}. Step by step: the rollback checklist, a "
        "page of its own; how long that takes is not declared"
    )
