"""The change ticket that OT and IT want before anything is touched: one for a plant's decision."""

from __future__ import annotations

from collections.abc import Iterator

from edgeward.brief.box_flows import say_safety
from edgeward.brief.box_stop import away_lines, say_emergency, say_rollback
from edgeward.brief.document import Document, Part
from edgeward.brief.subject import UNKNOWN, Case, Subject
from edgeward.brief.words import labelled, say_figure, say_findings, say_flow, say_model, say_place
from edgeward.facts.flow import derive_flows
from edgeward.report.calendar_view import say_window
from edgeward.report.view import Labelled
from edgeward.report.wording import count
from edgeward.site import Site


def write_ticket(subject: Subject, cases: tuple[Case, ...]) -> tuple[Document, ...]:
    """One ticket for the use cases that have a place; what has none is not built."""
    placed = tuple(each for each in cases if each.placement is not None)
    if not placed:
        return ()
    names = ", ".join(each.name for each in placed)
    return (
        Document(
            name="ticket",
            title=f"Change: {names} at {subject.title}",
            subtitle=f"requested by {subject.site.owner or UNKNOWN}",
            lead=(f"Put the decision of {subject.version.say()} into operation.",),
            parts=(
                Part("What changes", tuple(_changes(subject.site, placed))),
                Part("When", _when(subject)),
                Part("Risk and impact", tuple(_risk(subject, placed))),
                Part("Connections", tuple(_flows(subject))),
                Part("Back-out", tuple(_back_out(placed))),
                Part("Approvals to collect", tuple(_approvals(subject, placed))),
            ),
            foot=subject.foot,
        ),
    )


def _changes(site: Site, cases: tuple[Case, ...]) -> Iterator[Labelled]:
    for case in cases:
        action, model = case.use_case.action or UNKNOWN, say_model(site, case.use_case)
        yield Labelled(case.name, f"{action}; on {say_place(case)}; model {model}")


def _when(subject: Subject) -> tuple[Labelled, ...]:
    windows = subject.site.windows
    freezes = (
        f"not from {each.since} to {each.until} ({each.reason or 'no reason given'})"
        for each in windows.freezes
    )
    zone = subject.site.timezone or f"time zone {UNKNOWN}"
    said = "; ".join(say_window(each) for each in windows.maintenance)
    return labelled(
        ("Maintenance window", f"{said} ({zone})" if said else f"{UNKNOWN}: none is declared"),
        ("Freezes", "; ".join(freezes) or "none declared"),
    )


def _risk(subject: Subject, cases: tuple[Case, ...]) -> Iterator[Labelled]:
    for case in cases:
        use_case = case.use_case
        criticality = use_case.criticality or UNKNOWN
        yield Labelled(case.name, f"criticality {criticality}; it {use_case.authority or UNKNOWN}")
        yield from labelled(
            ("Safety", say_safety(use_case)),
            *away_lines(subject, case),
            ("Open finding", say_findings(case.findings)),
        )


def _flows(subject: Subject) -> Iterator[Labelled]:
    flows = derive_flows(subject.site, subject.decision.placements)
    yield Labelled("Number", f"{count(len(flows), 'connection')}; the port list is an attachment")
    for flow in flows:
        if flow.direction != "inside":
            yield Labelled("Over the plant's border", f"{say_flow(flow)}: {flow.purpose}")


def _back_out(cases: tuple[Case, ...]) -> Iterator[Labelled]:
    for case in cases:
        yield Labelled(case.name, f"back to the old model {say_rollback(case.use_case)}")
    yield Labelled("All of it", "the rollback checklist is an attachment")


def _approvals(subject: Subject, cases: tuple[Case, ...]) -> Iterator[Labelled]:
    yield Labelled("Plant", subject.site.owner or f"{UNKNOWN}: nobody is named")
    for case in cases:
        updates = case.use_case.updates
        approver = (updates.approver if updates else None) or f"{UNKNOWN}: nobody is named"
        yield Labelled(case.name, f"{approver}; in an emergency {say_emergency(case.use_case)}")
    for device in subject.site.devices:
        if device.run_by and any(c.placement and c.placement.device == device.name for c in cases):
            team = device.run_by.team or UNKNOWN
            hours = say_figure(device.run_by.rebuild_hours, "h")
            yield Labelled(device.name, f"{team}, who rebuild it in {hours}")
