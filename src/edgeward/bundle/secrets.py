"""The secrets of a box: where it finds each, who uses it, how it is renewed. Never one itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edgeward.bundle.box import Box
from edgeward.bundle.broker import make_broker_context

TLS = "/etc/edgeward/tls"
MONITOR = "monitor"
"""Reads the broker's counters, and nothing else."""
_BY_PLANT = "the plant's authority issues a new one in time, and the broker reads it on a reload"
_BY_CLOUD = "a new certificate is activated beside the old one, which is then revoked"


@dataclass(frozen=True, slots=True)
class Secret:
    """`certificate` is where its expiry is read; the key beside it never leaves the box."""

    certificate: str
    key: str
    used_by: str
    renewed: str


def list_secrets(box: Box) -> tuple[Secret, ...]:
    """All secrets of a box, the broker's own first."""
    return tuple(_secrets(box)) if box.is_linux else ()


def _secrets(box: Box) -> Iterator[Secret]:
    broker = make_broker_context(box)
    yield Secret(f"{TLS}/broker.pem", f"{TLS}/broker.key", "mosquitto", _BY_PLANT)
    if box.talks_to_cloud:
        yield Secret(f"{TLS}/cloud.pem", f"{TLS}/cloud.key", broker.client, _BY_CLOUD)
    for user in (*(client.user for client in broker.clients), MONITOR):
        yield Secret(f"{TLS}/{user}.pem", f"{TLS}/{user}.key", user, _BY_PLANT)
