"""Zones and the Purdue levels that they are on (ISA-95, IEC 62443)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from edgeward.facts.host import CLOUD, Host, Job
from edgeward.facts.protocol import find_protocol
from edgeward.quantity import Quantity, between, exact, smallest
from edgeward.site import Site
from edgeward.subjects import LevelFacts

NOT_STATED = "not stated"
"""Stands in a fact for a choice that nobody made, where a rule refuses just that."""

_LOWEST, _CLOUD_LEVEL = 0, 5


def zone_of(site: Site, endpoint: str) -> str | None:
    """The zone of an endpoint; "cloud" is one. A sensor at no network is where its device is."""
    if endpoint == CLOUD:
        return CLOUD
    zones = {device.name: device.zone for device in site.devices}
    for stream in site.streams:
        sensor, at = stream.per or stream.name, None
        if stream.protocol is None or find_protocol(stream.protocol).opened_by == "wire":
            at = zones.get(stream.at or "")
        zones.setdefault(sensor, stream.zone or at)
    found = zones.get(endpoint)
    return found if any(zone.name == found for zone in site.zones) else None


def assumed_zones(site: Site, endpoint: str) -> tuple[str, ...]:
    """The zones of which an endpoint is assumed to be in one; none where its zone is declared."""
    if zone_of(site, endpoint) is not None:
        return ()
    at = f"devices.{endpoint}.zone"
    return next((each.one_of for each in site.assumptions if each.at == at), ())


def level_of(site: Site, endpoint: str) -> Quantity:
    """The level of an endpoint's zone, of those it is assumed in, or any: then of its path."""
    zone = zone_of(site, endpoint)
    if zone == CLOUD:
        return exact(_CLOUD_LEVEL)
    levels = {each.name: each.level for each in site.zones}
    if zone is not None:
        return levels[zone]
    assumed = [levels[each] for each in assumed_zones(site, endpoint) if each in levels]
    lowest = min((each.low for each in assumed), default=_LOWEST)
    highest = max((each.high for each in assumed), default=_CLOUD_LEVEL)
    return between(lowest, highest, _zone_path(site, endpoint))


def host_levels(site: Site, hosts: Iterable[Host]) -> Mapping[str, Quantity]:
    """The level of each place where a model could run, by its name."""
    return {host.name: level_of(site, host.name) for host in hosts}


def level_facts(job: Job, host: Host, level: Quantity) -> LevelFacts:
    """What the use case writes from a host on a level; within one zone no level is crossed."""
    written = [
        level_of(job.site, each.to)
        for each in job.use_case.writes
        if not _in_one_zone(job.site, host.name, each.to)
    ]
    lowest = smallest(*written) if written else exact(_CLOUD_LEVEL)
    return LevelFacts(writes=bool(written), host=level, lowest_written=lowest)


def _zone_path(site: Site, endpoint: str) -> str:
    """Where its zone is to be declared: at the stream of a sensor, else at a device."""
    captured = {each.per or each.name: f"streams.{each.name}.zone" for each in site.streams}
    devices = {each.name for each in site.devices}
    return captured.get(endpoint if endpoint not in devices else "", f"devices.{endpoint}.zone")


def _in_one_zone(site: Site, one: str, other: str) -> bool:
    zone = zone_of(site, one)
    return zone is not None and zone_of(site, other) == zone
