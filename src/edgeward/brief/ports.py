"""The port list for the firewall team: every connection that follows from the decision."""

from __future__ import annotations

from collections.abc import Iterator

from edgeward.brief.document import Document, Part, Table
from edgeward.brief.subject import UNKNOWN, Case, Subject
from edgeward.facts.connection import NetworkFlow
from edgeward.facts.flow import derive_flows, undeclared_capture
from edgeward.facts.host import CLOUD
from edgeward.facts.level import assumed_zones, zone_of
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
_ASSUMED = ", assumed"


def write_ports(subject: Subject, cases: tuple[Case, ...]) -> tuple[Document, ...]:
    """One list; with fewer than all use cases, still the whole plant: a firewall is not split."""
    return (_ports(subject),) if cases else ()


def port_rows(subject: Subject) -> tuple[tuple[str, ...], ...]:
    """The connections in the columns of `HEAD`, in the order of where they start."""
    flows = derive_flows(subject.site, subject.decision.placements)
    return tuple(_row(subject.site, each) for each in flows)


def _ports(subject: Subject) -> Document:
    rows = port_rows(subject)
    return Document(
        name="ports",
        title=f"Connections to open: {subject.title}",
        subtitle=f"asked for by {subject.site.owner or UNKNOWN}",
        lead=(" ".join(_lead(subject, rows)),),
        parts=(
            Part(
                "Connections",
                table=Table(HEAD[1:-1], tuple(row[1:-1] for row in rows)),
                note="Names are those of the plant's file; addresses are not declared there. "
                "A device that talks to the cloud also asks the plant's own servers for names "
                "(DNS, port 53) and for the time (NTP, port 123). Each device's own firewall "
                "(nftables) lets through the same, these, DHCP and ICMP, and nothing else. "
                "By default: OPC UA encrypts unless somebody set it otherwise, and no security "
                "policy is declared.",
            ),
        ),
        foot=subject.foot,
        listed=Table(HEAD, rows),
    )


def _lead(subject: Subject, rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    yield f"{count(len(rows), 'connection')}; the side named first opens it."
    open_ = sum(any(_is_open(cell) for cell in row) for row in rows)
    if open_:
        yield f"{count(open_, 'row')} with something unknown: settle them before opening a port."
    for stream in undeclared_capture(subject.site, subject.decision.placements):
        yield (
            f"How {stream.name} gets to {stream.at} is not declared (protocol of the stream): "
            "over a network it would be one connection more."
        )


def _is_open(cell: str) -> bool:
    return cell == UNKNOWN or cell.endswith(_ASSUMED)


def _row(site: Site, flow: NetworkFlow) -> tuple[str, ...]:
    return (
        site.name,
        _end(site, flow.source, flow.protocol),
        _zone(site, flow.source),
        _end(site, flow.target, flow.protocol),
        _zone(site, flow.target),
        flow.transport,
        UNKNOWN if flow.port is None else str(flow.port),
        flow.protocol,
        flow.encryption,
        _DIRECTIONS[flow.direction],
        flow.purpose,
        flow.declared_at,
    )


def _zone(site: Site, name: str) -> str:
    assumed = " or ".join(assumed_zones(site, name))
    return zone_of(site, name) or (f"{assumed}{_ASSUMED}" if assumed else UNKNOWN)


def _end(site: Site, name: str, protocol: str) -> str:
    """The cloud's broker by its host name, where the plant says it."""
    if name != CLOUD:
        return name
    if protocol in _BY_BROKER and site.cloud.endpoint:
        return site.cloud.endpoint
    return f"cloud {site.cloud.region}" if site.cloud.region else CLOUD
