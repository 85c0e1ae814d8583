"""One network connection: its ends, protocol and port, whether it is encrypted, what it is for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from edgeward.facts.host import CLOUD
from edgeward.facts.protocol import find_protocol
from edgeward.quantity import Quantity

SECURED = {"yes": "encrypted", "no": "not encrypted", "by default": "encrypted by default"}
"""What stands in a sentence for a flow's `encryption`."""
UNDECLARED = "undeclared"
"""The protocol of a write that does not name one."""


@dataclass(frozen=True, slots=True)
class NetworkFlow:
    """One connection; `port` is None where neither the declaration nor the protocol gives one.

    `direction` is "out" to the cloud, "in" from it, "inside" the plant; `uploads`: a stream leaves
    over it as files.
    """

    source: str
    target: str
    protocol: str
    port: int | None
    transport: Literal["tcp", "udp"]
    encrypted: bool
    direction: Literal["inside", "out", "in"]
    declared_at: str
    purpose: str
    security_policy: str | None = None
    uploads: bool = False

    @property
    def id(self) -> str:
        port = "unknown" if self.port is None else str(self.port)
        return f"{self.source} to {self.target} {self.protocol} {port}"

    @property
    def encryption(self) -> str:
        """`yes`, `no`, or `by default`: OPC UA of which nobody declared the security policy."""
        if self.encrypted and self.protocol == "opcua" and self.security_policy is None:
            return "by default"
        return "yes" if self.encrypted else "no"


def make_flow(
    ends: tuple[str, str],
    protocol: str,
    port: Quantity | None,
    path: str,
    purpose: str,
    *,
    security_policy: str | None = None,
) -> NetworkFlow:
    """From one end to the other, with what the protocol gives where nothing is declared."""
    source, target = ends
    known = find_protocol(protocol)
    return NetworkFlow(
        source=source,
        target=target,
        protocol=protocol,
        port=known.port if port is None else _port_number(port),
        transport=known.transport,
        encrypted=known.encrypted and security_policy != "None",
        direction="out" if target == CLOUD else "in" if source == CLOUD else "inside",
        declared_at=path,
        purpose=purpose,
        security_policy=security_policy,
    )


def _port_number(port: Quantity) -> int | None:
    return int(port.low) if port.exact and port.low % 1 == 0 else None


def merge_flows(flows: Iterable[NetworkFlow]) -> tuple[NetworkFlow, ...]:
    """One for each pair of endpoints, protocol and port, sorted."""
    merged: dict[tuple[str, str, str, int], NetworkFlow] = {}
    for flow in flows:
        key = (flow.source, flow.target, flow.protocol, flow.port or 0)
        same = merged.get(key)
        merged[key] = flow if same is None else _join(same, flow)
    return tuple(merged[key] for key in sorted(merged))


def _join(first: NetworkFlow, second: NetworkFlow) -> NetworkFlow:
    policies = {first.security_policy, second.security_policy} - {None}
    purposes = dict.fromkeys((*first.purpose.split("; "), *second.purpose.split("; ")))
    return replace(
        first,
        purpose="; ".join(purposes),
        encrypted=first.encrypted and second.encrypted,
        uploads=first.uploads or second.uploads,
        security_policy=", ".join(sorted(map(str, policies))) or None,
    )
