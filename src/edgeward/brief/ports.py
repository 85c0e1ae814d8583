"""The port list for the firewall team: every connection that follows from the decision."""

from __future__ import annotations

from edgeward.brief.document import Document, Part, Table
from edgeward.brief.subject import UNKNOWN, Case, Subject
from edgeward.facts.connection import NetworkFlow
from edgeward.facts.flow import derive_flows
from edgeward.facts.host import CLOUD
from edgeward.facts.level import zone_of
from edgeward.report.wording import count
from edgeward.site import Site

HEAD = (
    "plant",
    "from",
    "from zone",
    "to",
    "to zone",
    "transport",
    "port",
    "protocol",
    "encrypted",
    "direction",
    "why",
    "declared at",
)
_DIRECTIONS = {"out": "out of the plant", "in": "into the plant", "inside": "inside"}
_BY_BROKER = ("mqtt",)


def write_ports(subject: Subject, cases: tuple[Case, ...]) -> tuple[Document, ...]:
    """One list; with fewer than all use cases, still the whole plant: a firewall is not split."""
    return (_ports(subject),) if cases else ()


def port_rows(subject: Subject) -> tuple[tuple[str, ...], ...]:
    """The connections in the columns of `HEAD`, in the order of where they start."""
    flows = derive_flows(subject.site, subject.decision.placements)
    return tuple(_row(subject.site, each) for each in flows)


def _ports(subject: Subject) -> Document:
    rows = port_rows(subject)
    open_ = sum(UNKNOWN in row for row in rows)
    lead = (
        f"{count(len(rows), 'connection')}; the side named first opens it. Nothing else is needed."
    )
    if open_:
        lead += f" {count(open_, 'row')} with something unknown: settle them before opening a port."
    return Document(
        name="ports",
        title=f"Connections to open: {subject.title}",
        subtitle=f"asked for by {subject.site.owner or UNKNOWN}",
        lead=(lead,),
        parts=(
            Part(
                "Connections",
                table=Table(HEAD[1:-1], tuple(row[1:-1] for row in rows)),
                note="Names are those of the plant's file; addresses are not declared there. "
                "Each device's own firewall (nftables) lets through the same and nothing else. "
                "By default: OPC UA encrypts unless somebody set it otherwise, and no security "
                "policy is declared.",
            ),
        ),
        foot=subject.foot,
        listed=Table(HEAD, rows),
    )


def _row(site: Site, flow: NetworkFlow) -> tuple[str, ...]:
    return (
        site.name,
        _end(site, flow.source, flow.protocol),
        zone_of(site, flow.source) or UNKNOWN,
        _end(site, flow.target, flow.protocol),
        zone_of(site, flow.target) or UNKNOWN,
        flow.transport,
        UNKNOWN if flow.port is None else str(flow.port),
        flow.protocol,
        flow.encryption,
        _DIRECTIONS[flow.direction],
        flow.purpose,
        flow.declared_at,
    )


def _end(site: Site, name: str, protocol: str) -> str:
    """The cloud's broker by its host name, where the plant says it."""
    if name != CLOUD:
        return name
    if protocol in _BY_BROKER and site.cloud.endpoint:
        return site.cloud.endpoint
    return f"cloud {site.cloud.region}" if site.cloud.region else CLOUD
