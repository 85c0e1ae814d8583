"""Who a box is to the brokers: its client id, and the topics that are its own."""

from __future__ import annotations

from dataclasses import dataclass

from edgeward.names import join_name
from edgeward.site import Device, Site

MOST_NUMBERED = 50
"""Beyond this many boxes, or where nobody knows how many, each gets its name when it joins."""

_CLIENT_LIMIT = 128
"""Of an IoT thing, whose name the client id is."""


@dataclass(frozen=True, slots=True)
class Identity:
    """One box. `name` tells it from the device's other boxes; `topics` is the root of its topics.

    `joins_later` marks the identity that stands for boxes which are named when they join.
    """

    name: str
    client: str
    topics: str
    joins_later: bool = False


def device_identities(site: Site, device: Device) -> tuple[Identity, ...]:
    """One identity for each box of the device: boxes × assets that it is `per`."""
    own_topics = f"{site.name}/{device.name}"
    alone = Identity(device.name, client_name(site.name, device.name), own_topics)
    count = device.boxes * site.asset_count(device.per)
    if not count.exact or not 1 <= count.low <= MOST_NUMBERED or count.low % 1:
        return (Identity(device.name, alone.client, own_topics, joins_later=True),)
    if count.low == 1:
        return (alone,)
    return tuple(_numbered(site, device, number + 1) for number in range(int(count.low)))


def client_name(*parts: str) -> str:
    """The MQTT client id, and the IoT thing, of a box."""
    return join_name(*parts, limit=_CLIENT_LIMIT)


def _numbered(site: Site, device: Device, number: int) -> Identity:
    client = client_name(site.name, device.name, str(number))
    return Identity(f"{device.name}-{number}", client, f"{site.name}/{device.name}/{client}")
