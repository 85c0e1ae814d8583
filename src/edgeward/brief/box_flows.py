"""What it connects, which data leaves the plant, and who has to say yes."""

from __future__ import annotations

from collections.abc import Iterator

from edgeward.brief.document import Part
from edgeward.brief.subject import UNKNOWN, Case, Subject
from edgeward.brief.words import labelled, say_figure, say_flow, say_leaving, say_waiver
from edgeward.facts.connection import NetworkFlow
from edgeward.facts.flow import derive_flows
from edgeward.report.view import Labelled
from edgeward.report.wording import count
from edgeward.site import Stream
from edgeward.use_case import UseCase

_MOST = 5


def flows_box(subject: Subject, case: Case) -> Part:
    """Connections of this use case alone, its data, its approvals and what is waived."""
    return Part("Connections and approvals", tuple(_lines(subject, case)), boxed=True)


def case_flows(subject: Subject, case: Case) -> tuple[NetworkFlow, ...]:
    """The connections that would go if the use case went; what a plant declares is its own."""
    if case.placement is None:
        return ()
    found = derive_flows(subject.site, (case.placement,))
    return tuple(each for each in found if not each.declared_at.startswith("flows."))


def case_streams(subject: Subject, use_case: UseCase) -> tuple[Stream, ...]:
    return tuple(each for each in subject.site.streams if each.name in use_case.reads)


def _lines(subject: Subject, case: Case) -> Iterator[Labelled]:
    flows = case_flows(subject, case)
    for flow in flows[:_MOST]:
        yield Labelled("Connection", f"{say_flow(flow)}: {flow.purpose}")
    if len(flows) > _MOST:
        yield Labelled("And", f"{count(len(flows) - _MOST, 'more connection')} in the port list")
    if not flows:
        none = "none over a network" if case.placement else "none: nothing is built"
        yield Labelled("Connection", none)
    if case.placement and not case.use_case.writes:
        yield Labelled("Its answer", "over which connection it reaches anybody is not declared")
    for stream in case_streams(subject, case.use_case)[:_MOST]:
        yield Labelled(f"Data: {stream.name}", _say_data(stream))
    yield from labelled(
        ("Approves new models", _say_approver(case.use_case)),
        ("Approves placement", _say_asked(subject, case.use_case)),
        ("Placement approved", _say_committed(subject, case)),
        ("Approves the money", f"{UNKNOWN}: a plant's file has no place for that"),
        ("Law", say_regulation(case.use_case)),
        ("Safety", say_safety(case.use_case)),
        ("Waived", _say_waivers(subject, case)),
    )


def _say_data(stream: Stream) -> str:
    personal = stream.personal_data or UNKNOWN
    said = f"{say_leaving(stream)}; personal data: {personal}"
    if stream.leaves is None:
        return said
    return f"{said}; the cloud keeps it: {say_figure(stream.retention_days, 'days')}"


def _say_approver(use_case: UseCase) -> str:
    updates = use_case.updates
    if updates is None or updates.approver is None:
        return f"{UNKNOWN}: nobody is named"
    often = f"a new version comes {updates.cadence}" if updates.cadence else "how often is not said"
    return f"{updates.approver}; {often}"


def _say_asked(subject: Subject, use_case: UseCase) -> str:
    """Whose review a change of the plant's file or of the decision waits for."""
    approver = use_case.updates.approver if use_case.updates else None
    asked = [
        (subject.site.owner, "for the plant"),
        (approver, "for its models"),
        (" or ".join(subject.approvers), "for all plants"),
    ]
    named = [f"{who} ({role})" for who, role in asked if who]
    each = "each " if len(named) > 1 else ""
    how = f"; {each}by review in git, and with it what leaves the plant"
    return f"{', '.join(named)}{how}" if named else f"{UNKNOWN}: nobody is named"


def _say_committed(subject: Subject, case: Case) -> str:
    if case.placement is None:
        return "nobody: there is no decision"
    if not subject.plant.has_lock:
        return "nobody yet: the decision is not in git"
    stale = "; deciding again gives another one" if subject.plant.stale else ""
    if not subject.history:
        return f"{UNKNOWN}: git has no history of the plant here{stale}"
    last = subject.history[0]
    by = last.committer.partition(" <")[0]
    which = f"commit {last.short}, put into git by {by} on {last.day}"
    if last.review:
        return f"{last.review} ({which}){stale}"
    return (
        f"nobody on record for {which}; edgeward stops no unapproved rollout and does not know "
        f"whether it runs already{stale}"
    )


def say_regulation(use_case: UseCase) -> str:
    """The class under the law, why, and who said so."""
    law = use_case.regulation
    if law is None or law.risk is None:
        return f"{UNKNOWN}: nobody has classified it"
    by = f" ({law.by or 'nobody named'}, {law.on or 'no date'})"
    return f"{law.risk} risk: {law.because or 'no reason given'}{by}"


def say_safety(use_case: UseCase) -> str:
    """Empty but for a safety use case: what protects independently of the model."""
    if use_case.criticality != "safety":
        return ""
    return (
        f"protected independently by {use_case.protected_by or UNKNOWN}, standard "
        f"{use_case.standard or UNKNOWN}, approved version {use_case.approved_version or UNKNOWN}; "
        "a named person activates it at standstill"
    )


def _say_waivers(subject: Subject, case: Case) -> str:
    """Those of the plant as a whole, and those of this use case."""
    here = [
        each
        for each in subject.site.waivers
        if each.at.split(".")[:2] == ["use_cases", case.name]
        or not each.at.startswith("use_cases.")
    ]
    return "; ".join(say_waiver(each, subject.today) for each in here) or "nothing"
