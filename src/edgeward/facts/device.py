"""What a device is for security: its zone, its start, its identity, what else runs on it."""

from __future__ import annotations

from edgeward.catalog import Catalog, DeviceClass
from edgeward.facts.level import NOT_STATED
from edgeward.quantity import ZERO, unknown
from edgeward.site import Device, Site, Stream
from edgeward.subjects import DeviceSubject, DeviceZoneFacts, SupportFacts

_SAID = {True: "yes", False: "no", None: NOT_STATED}


def device_subjects(site: Site, catalog: Catalog) -> tuple[DeviceSubject, ...]:
    """Every device of the plant that has a class; the others are endpoints and host nothing."""
    known = [(each, catalog.device_classes.get(each.class_name or "")) for each in site.devices]
    return tuple(_device(site, each, kind) for each, kind in known if kind is not None)


def _device(site: Site, device: Device, kind: DeviceClass) -> DeviceSubject:
    ends = {end for flow in site.flows for end in (flow.source, flow.to)}
    return DeviceSubject(
        id=device.name,
        device=device.name,
        zone=_zone(site, device),
        secure_boot=_SAID[kind.secure_boot],
        encrypted_volume=_SAID[kind.encrypted_volume],
        keeps_sensitive_data=any(
            stream.at == device.name and _is_sensitive(stream) for stream in site.streams
        ),
        identity=device.identity or NOT_STATED,
        identity_stated=device.identity is not None,
        runs_other_software=bool(device.other_software),
        flows_declared=device.name in ends,
        support=_support(device, kind),
    )


def _is_sensitive(stream: Stream) -> bool:
    about_people = stream.personal_data in ("personal", "pseudonymous")
    return about_people or stream.sensitivity in ("confidential", "secret")


def _zone(site: Site, device: Device) -> DeviceZoneFacts:
    zone = next((each for each in site.zones if each.name == device.zone), None)
    declared = zone is not None and f"zones.{zone.name}.security_level" in site.origins
    return DeviceZoneFacts(
        level_declared=declared,
        security_level=zone.security_level if zone else unknown(f"devices.{device.name}.zone"),
    )


def _support(device: Device, kind: DeviceClass) -> SupportFacts:
    support, planned = kind.support_years, device.planned_life_years
    if support is None or planned is None:
        return SupportFacts(declared=False, support_years=ZERO, planned_years=ZERO)
    return SupportFacts(declared=True, support_years=support, planned_years=planned)
