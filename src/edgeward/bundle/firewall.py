"""What the firewall of a box has to know: who may open which connection, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from edgeward.bundle.box import Box
from edgeward.errors import InvalidDeclaration, Problem
from edgeward.facts.connection import NetworkFlow
from edgeward.facts.host import CLOUD
from edgeward.facts.protocol import find_protocol

_NOT_IDENTIFIER = re.compile(r"[^a-z0-9]+")
_LONGEST_SET_NAME = 60


@dataclass(frozen=True, slots=True)
class FirewallRule:
    """A connection with the addresses of `peers`; no `port` means every port of the transport."""

    peers: str
    transport: str
    port: int | None
    declared_at: str


@dataclass(frozen=True, slots=True)
class Peers:
    """The set of addresses of one endpoint; its addresses are the plant's to fill in."""

    set_name: str
    endpoint: str


@dataclass(frozen=True, slots=True)
class FirewallContext:
    """`only_logs` says why what is not listed is logged, not dropped; empty where it is dropped."""

    site: str
    title: str
    file: str
    device: str
    peers: tuple[Peers, ...]
    incoming: tuple[FirewallRule, ...]
    outgoing: tuple[FirewallRule, ...]
    needs_names: bool
    only_logs: str


def make_firewall_context(box: Box) -> FirewallContext:
    """Raises InvalidDeclaration where two endpoints would share a set of addresses."""
    here = box.device.name
    sets = _name_sets(box)
    outgoing = [flow for flow in box.flows if flow.source == here]
    incoming = [flow for flow in box.flows if flow.target == here]
    back = [flow for flow in outgoing if find_protocol(flow.protocol).sends_back]
    return FirewallContext(
        site=box.site.name,
        title=box.site.title or box.site.name,
        file=box.site.file,
        device=here,
        peers=tuple(Peers(name, endpoint) for endpoint, name in sorted(sets.items())),
        incoming=(
            *(_rule(flow, sets[flow.source]) for flow in incoming if flow.port is not None),
            *(FirewallRule(sets[f.target], "udp", None, f.declared_at) for f in back),
        ),
        outgoing=tuple(_rule(f, sets[f.target]) for f in outgoing if f.port is not None),
        needs_names=box.talks_to_cloud,
        only_logs="; ".join(_reasons_to_log(box)),
    )


def _rule(flow: NetworkFlow, peers: str) -> FirewallRule:
    return FirewallRule(peers, flow.transport, flow.port, flow.declared_at)


def _name_sets(box: Box) -> dict[str, str]:
    """The set of each endpoint at the other end, by the endpoint's name."""
    sets: dict[str, str] = {}
    problems: list[Problem] = []
    for flow in box.flows:
        endpoint = flow.target if flow.source == box.device.name else flow.source
        if endpoint in sets:
            continue
        name = _set_name(endpoint)
        clash = next((other for other, taken in sets.items() if taken == name), None)
        if name is None or clash is not None:
            problems.append(_problem(box, flow, endpoint, clash))
        else:
            sets[endpoint] = name
    if problems:
        raise InvalidDeclaration(tuple(problems))
    return sets


def _set_name(endpoint: str) -> str | None:
    """An nftables identifier; the prefix keeps it off the keywords of the language."""
    if endpoint == CLOUD:
        return "cloud_endpoints"
    word = _NOT_IDENTIFIER.sub("_", endpoint.lower()).strip("_")
    return f"host_{word}" if word and len(word) <= _LONGEST_SET_NAME else None


def _problem(box: Box, flow: NetworkFlow, endpoint: str, clash: str | None) -> Problem:
    origin = box.site.origin(flow.declared_at)
    shown = ascii(endpoint if len(endpoint) <= 60 else f"{endpoint[:57]}...")
    message = (
        f"the firewall cannot tell {shown} from {clash!a}; rename one of them"
        if clash is not None
        else f"{shown} gives no name for the firewall; use 1 to 60 letters a to z and digits"
    )
    return Problem(origin.file, origin.line, origin.column, flow.declared_at, message)


def _reasons_to_log(box: Box) -> Iterator[str]:
    """Dropping what somebody needs and did not declare would stop it without a warning."""
    declared = any(box.device.name in (flow.source, flow.to) for flow in box.site.flows)
    if box.device.other_software and not declared:
        yield f"no flows declared for {', '.join(box.device.other_software)}"
    for flow in box.flows:
        if flow.port is None:
            yield f"{flow.declared_at} says neither a port nor a protocol that has one"
