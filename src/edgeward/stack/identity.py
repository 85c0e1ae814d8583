"""Plans the IoT identities: one for each device that sends anything out of the plant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from edgeward.decision import Pattern, Placement
from edgeward.facts.identity import client_name, device_identities
from edgeward.site import Device, Site, Stream
from edgeward.stack.delivered import Handed
from edgeward.stack.planned import AccessPlan, IdentityPlan
from edgeward.stack.tagging import plan_tags

_THIS_THING = "${iot:Connection.Thing.ThingName}"


def plan_identities(
    site: Site, placements: list[Placement], streams: Sequence[Stream]
) -> tuple[IdentityPlan, ...]:
    """One identity for each device with a reason to talk to the cloud, by device name."""
    causes = _senders(placements, streams)
    devices = sorted(site.devices, key=lambda device: device.name)
    return tuple(
        _plan_identity(site, device, causes[device.name])
        for device in devices
        if device.name in causes
    )


def complete_identities(
    identities: Iterable[IdentityPlan],
    accesses: Iterable[AccessPlan],
    requests: Mapping[str, str],
    handed: Handed,
) -> tuple[IdentityPlan, ...]:
    """The identities with the role alias, the signing requests and the agent of each device."""
    aliases = {access.name.removeprefix("access-"): access.role_alias for access in accesses}
    return tuple(
        replace(
            identity,
            role_alias=aliases.get(identity.attributes["device"]),
            requests={thing: requests[thing] for thing in identity.things if thing in requests},
            reserved=_reserved(identity.attributes["device"], handed),
            core=identity.attributes["device"] in handed.deployments,
        )
        for identity in identities
    )


def _reserved(device: str, handed: Handed) -> str | None:
    """Greengrass talks about jobs, shadows and its health; a job's agent about jobs."""
    if device in handed.deployments:
        return "*"
    return "jobs/*" if device in handed.pulling else None


def _senders(placements: list[Placement], streams: Sequence[Stream]) -> dict[str, str]:
    """The devices that send, each with the declaration path that makes it: streams first."""
    causes: dict[str, str] = {}
    for stream in streams:
        if stream.at is not None:
            causes.setdefault(stream.at, f"streams.{stream.name}.leaves")
    for placement in placements:
        talks = placement.training_tier == "cloud" or placement.pattern is not Pattern.LOCAL_ONLY
        if placement.inference_tier != "cloud" and talks:
            causes.setdefault(placement.device, f"use_cases.{placement.use_case}")
    return causes


def _plan_identity(site: Site, device: Device, declared_at: str) -> IdentityPlan:
    """Its things by name; a group instead where boxes are named only when they join."""
    whole = client_name(site.name, device.name)
    boxes = device_identities(site, device)
    things = tuple(box.client for box in boxes if not box.joins_later)
    alone = things == (whole,)
    own_topics = f"{site.name}/{device.name}"
    return IdentityPlan(
        name=f"identity-{device.name}",
        things=things,
        group=None if things else whole,
        policy=whole,
        client=whole if alone else _THIS_THING,
        topics=own_topics if alone else f"{own_topics}/{_THIS_THING}",
        attributes={"device": device.name, "managed_by": "edgeward", "site": site.name},
        tags=plan_tags(site),
        declared_at=declared_at,
        provisioning=None if things else _JOINING,
    )


_JOINING = "too many, or not known how many: each joins by fleet provisioning with its own request"
