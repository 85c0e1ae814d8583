"""The architecture note (R26): what must be written down before a use case is copied elsewhere."""

from __future__ import annotations

from edgeward.brief.document import Document, Part, Table
from edgeward.brief.subject import UNKNOWN, Case, Subject
from edgeward.brief.words import (
    labelled,
    say_figure,
    say_leaving,
    say_model,
    say_place,
)
from edgeward.facts.flow import derive_flows
from edgeward.facts.stream import leaving_gb_per_day, raw_gb_per_day
from edgeward.quantity import Quantity
from edgeward.report.assumption_view import view_assumptions
from edgeward.report.duration import format_duration, format_hours
from edgeward.report.explain import say_condition, say_stated
from edgeward.report.view import Labelled
from edgeward.report.wording import LINK_WORDS, PATTERN_WORDS, count
from edgeward.site import Site


def write_architecture(subject: Subject, cases: tuple[Case, ...]) -> tuple[Document, ...]:
    """One note for the plant, whichever use cases were asked for."""
    if not cases:
        return ()
    site = subject.site
    return (
        Document(
            name="architecture",
            title=f"Architecture note: {subject.title}",
            subtitle=f"{subject.version.say()} · owner {site.owner or UNKNOWN}",
            lead=(_say_ready(subject, cases),),
            parts=(
                Part("Use cases", table=_use_cases(site, cases)),
                Part("Network", _network(site)),
                Part("Zones and connections", table=_zones(site), note=_say_flows(subject)),
                Part("Devices", table=_devices(site)),
                Part("Data", table=_streams(site), note="Volumes are those of a mean day."),
                Part("Retraining, retirement and ownership", table=_lives(cases)),
                _assumed(subject),
            ),
            foot=subject.foot,
        ),
    )


def _say_ready(subject: Subject, cases: tuple[Case, ...]) -> str:
    open_ = [each.name for each in cases if each.placement is None]
    assumed = len(subject.site.assumptions)
    said = f"Without a place: {', '.join(open_)}. " if open_ else ""
    confirm = f"{count(assumed, 'assumption')} to be confirmed" if assumed else "Nothing assumed"
    return f"{said}{confirm} before a use case is copied to another plant."


def _use_cases(site: Site, cases: tuple[Case, ...]) -> Table:
    rows = []
    for case in cases:
        placed = case.placement
        rows.append(
            (
                case.name,
                say_place(case),
                placed.training_tier if placed else "–",
                PATTERN_WORDS[placed.pattern] if placed else "–",
                _say_bound(placed.ledger.bound_ms) if placed else "–",
                format_duration(case.use_case.latency.budget_ms),
                say_model(site, case.use_case),
            )
        )
    head = ("use case", "runs on", "trained in", "pattern", "takes", "can wait", "model")
    return Table(head, tuple(rows))


def _say_bound(bound: Quantity) -> str:
    """The stated one counts where it is not exact, as in the decision."""
    return say_stated(bound) or format_duration(bound)


def _network(site: Site) -> tuple[Labelled, ...]:
    link, lan = site.connectivity, site.lan
    return labelled(
        ("Link to the cloud", LINK_WORDS[link.tier] if link.tier else UNKNOWN),
        (
            "Up and down",
            f"{say_figure(link.uplink_mbps)} and {say_figure(link.downlink_mbps)} Mbit/s",
        ),
        ("Share for ML", say_figure(link.share_for_ml)),
        ("Round trip, p99", format_duration(link.rtt_p99_ms)),
        ("Worst outage", format_hours(link.worst_outage_hours)),
        ("Outages a month", say_figure(link.outages_per_month)),
        (
            "Inside the plant",
            f"{say_figure(lan.mbps, 'Mbit/s')}, {format_duration(lan.rtt_p99_ms)}",
        ),
        ("Cloud", f"{site.cloud.region or UNKNOWN}; data stays in {_residency(site)}"),
        ("Way in", _say_access(site)),
    )


def _residency(site: Site) -> str:
    return ", ".join(site.cloud.residency) or f"what is {UNKNOWN}"


def _say_access(site: Site) -> str:
    access = site.remote_access
    if access is None or access.via is None:
        return "none declared"
    factor = {True: "with", False: "without", None: "not said whether with"}[access.mfa]
    return f"{access.via}, {factor} a second factor"


def _zones(site: Site) -> Table:
    inside = {
        zone.name: ", ".join(each.name for each in site.devices if each.zone == zone.name)
        for zone in site.zones
    }
    rows = (
        (
            each.name,
            say_figure(each.level),
            say_figure(each.security_level),
            inside[each.name] or "–",
        )
        for each in site.zones
    )
    return Table(("zone", "Purdue level", "security level", "devices"), tuple(rows))


def _say_flows(subject: Subject) -> str:
    flows = derive_flows(subject.site, subject.decision.placements)
    over = sum(each.direction != "inside" for each in flows)
    open_ = sum(not each.encrypted for each in flows)
    return (
        f"{count(len(flows), 'connection')}, {over} of them over the plant's border, {open_} not "
        "encrypted; the port list has each."
    )


def _devices(site: Site) -> Table:
    rows = (
        (
            each.name,
            each.tier or UNKNOWN,
            each.class_name or UNKNOWN,
            say_figure(each.boxes) + (f" for each {each.per}" if each.per else ""),
            each.runtime or UNKNOWN,
            (each.run_by.team if each.run_by else None) or UNKNOWN,
        )
        for each in site.devices
        if each.class_name or each.tier
    )
    return Table(("device", "tier", "class", "boxes", "runs software by", "run by"), tuple(rows))


def _streams(site: Site) -> Table:
    rows = (
        (
            each.name,
            each.at or "–",
            say_figure(raw_gb_per_day(site, each, None), "GB"),
            say_figure(leaving_gb_per_day(site, each, None), "GB"),
            say_leaving(each),
            f"{each.sensitivity or UNKNOWN}, personal data {each.personal_data or UNKNOWN}",
            say_figure(each.retention_days, "days"),
        )
        for each in site.streams
    )
    head = ("stream", "captured at", "measured", "may leave", "as", "sensitivity", "kept")
    return Table(head, tuple(rows))


def _lives(cases: tuple[Case, ...]) -> Table:
    rows = []
    for case in cases:
        use_case = case.use_case
        updates, retire = use_case.updates, use_case.retire
        rows.append(
            (
                case.name,
                (use_case.training.cadence if use_case.training else None) or UNKNOWN,
                say_condition(use_case.drift) or UNKNOWN,
                use_case.owner or UNKNOWN,
                (updates.approver if updates else None) or UNKNOWN,
                (retire.when if retire else None) or UNKNOWN,
                (retire.review_by if retire else None) or UNKNOWN,
            )
        )
    head = (
        "use case",
        "retrained",
        "sooner when",
        "owner",
        "approver",
        "retired when",
        "reviewed by",
    )
    return Table(head, tuple(rows))


def _assumed(subject: Subject) -> Part:
    rows = tuple(
        (each.path, each.range, each.because, each.owner, each.review_by, each.effect)
        for each in view_assumptions(subject.site, subject.decision)
    )
    head = ("number", "plausible", "because", "owner", "review by", "effect")
    title = "To be confirmed"
    return Part(title, table=Table(head, rows)) if rows else Part(title, note="Nothing is assumed.")
