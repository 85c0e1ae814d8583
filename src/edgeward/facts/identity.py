"""Who a box is to the brokers: its client id, and the topics that are its own.

Site and device are joined by two hyphens, so that plant `a-b` with `c` and plant `a` with `b-c`
never share a name. A name that had to be changed ends in a digest of what it stands for.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from edgeward.site import Device, Site

MOST_NUMBERED = 50
"""Beyond this many boxes, or where nobody knows how many, each gets its name when it joins."""

_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_LIMIT = 128


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
    """The parts as one name of lower-case letters, digits and hyphens, at most 128 long."""
    name = "--".join(parts)
    if len(name) <= _LIMIT and all(_PLAIN.fullmatch(part) for part in parts):
        return name
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]
    cleaned = "--".join(_NOT_PLAIN.sub("-", part.lower()).strip("-") for part in parts)
    return f"{cleaned[: _LIMIT - 9].strip('-') or 'x'}-{digest}"


def _numbered(site: Site, device: Device, number: int) -> Identity:
    client = client_name(site.name, device.name, str(number))
    return Identity(f"{device.name}-{number}", client, f"{site.name}/{device.name}/{client}")
