"""What a security reviewer looks for first: who may act, what connects, what leaves, what is lost.

For a plant that is new, everything of it is new; connections inside one zone are then left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from edgeward.diff.change import Alert, Concern, Version
from edgeward.diff.moves import compare_moves, find_placement
from edgeward.facts.connection import SECURED, NetworkFlow
from edgeward.facts.flow import derive_flows
from edgeward.facts.host import CLOUD
from edgeward.facts.level import zone_of
from edgeward.figures import format_figure
from edgeward.quantity import Quantity
from edgeward.site import Site, Zone
from edgeward.use_case import UseCase

_AUTHORITY = ("informs", "advises", "actuates")
_FORMS = ("nothing", "summary", "exceptions", "anonymised", "features", "raw")
_PERSONAL = ("none", "pseudonymous", "personal")


def list_alerts(before: Version | None, after: Version | None) -> Iterator[Alert]:
    """The alerts in the order of their concern; what is only removed is none but for what runs."""
    yield from _moved(before, after)
    new = _site(after)
    if after is None or new is None:
        return
    old = _site(before)
    yield from _authority(old, new)
    yield from _flows(before, after)
    yield from _zones(old, new)
    yield from _data(before, after)
    if old is not None and before is not None:
        yield from _fallbacks(before, after)
        yield from _buffers(before, after, old, new)
        yield from _approvers(old, new)
    yield from _pins(before, after)


def list_closed(before: Version | None, after: Version | None) -> tuple[str, ...]:
    """The connections that there no longer are."""
    old = _flow_map(before)
    return tuple(old[key] for key in sorted(old.keys() - _flow_map(after).keys()))


def _site(version: Version | None) -> Site | None:
    return version.result.site if version is not None else None


def _moved(before: Version | None, after: Version | None) -> Iterator[Alert]:
    for move in compare_moves(before, after):
        path = f"use_cases.{move.use_case}"
        had = before is not None and find_placement(before.result.decision, move.use_case)
        has = after is not None and find_placement(after.result.decision, move.use_case)
        if had and not has:
            lost = f"{move.use_case}: {move.before} → {move.after or 'no longer declared'}"
            yield Alert(Concern.PLACE_LOST, lost, path)
        elif has and move.live:
            yield Alert(Concern.LIVE_MOVED, f"{move.use_case}: {move.before} → {move.after}", path)


def _authority(old: Site | None, new: Site) -> Iterator[Alert]:
    had = _use_cases(old)
    for name, case in _use_cases(new).items():
        path = f"use_cases.{name}.authority"
        before = had[name].authority if name in had else None
        if _rank(case.authority, _AUTHORITY) > _rank(before, _AUTHORITY) and (
            name in had or case.authority == "actuates"
        ):
            was = before or ("not stated" if name in had else "new")
            yield Alert(Concern.AUTHORITY, f"{name}: {was} → {case.authority}", path)


def _use_cases(site: Site | None) -> Mapping[str, UseCase]:
    return {each.name: each for each in sorted(site.use_cases, key=_name)} if site else {}


def _name(case: UseCase | Zone) -> str:
    return case.name


def _rank(word: str | None, order: tuple[str, ...]) -> int:
    return order.index(word) if word in order else -1


def _derive(version: Version | None) -> tuple[Site | None, tuple[NetworkFlow, ...]]:
    site = _site(version)
    decision = version.result.decision if version is not None else None
    if site is None or decision is None:
        return site, ()
    return site, derive_flows(site, decision.placements)


def _flow_map(version: Version | None) -> dict[str, str]:
    site, flows = _derive(version)
    return {flow.id: _say_flow(site, flow) for flow in flows} if site else {}


def _say_flow(site: Site, flow: NetworkFlow) -> str:
    port = f" {flow.port}/{flow.transport}" if flow.port is not None else ", port not known"
    zones = (zone_of(site, flow.source), zone_of(site, flow.target))
    between = f"zone {zones[0] or 'not stated'} → {zones[1] or 'not stated'}"
    where = f"inside zone {zones[0]}" if zones[0] == zones[1] and zones[0] else between
    ends = f"{flow.source} → {flow.target}"
    return f"{ends}, {flow.protocol}{port}, {where}, {SECURED[flow.encryption]}: {flow.purpose}"


def _flows(before: Version | None, after: Version) -> Iterator[Alert]:
    old_site, old = _derive(before)
    site, flows = _derive(after)
    was = {flow.id: flow for flow in old}
    conduits = {_zones_of(old_site, flow) for flow in old if old_site is not None}
    for flow in flows:
        assert site is not None
        if flow.id not in was:
            ends = _zones_of(site, flow)
            opened = len(ends) > 1 and ends not in conduits
            concern = Concern.CONDUIT if opened else Concern.FLOW
            if before is not None or opened:
                yield Alert(concern, _say_flow(site, flow), flow.declared_at)
        elif was[flow.id].encrypted and not flow.encrypted:
            yield Alert(Concern.UNENCRYPTED, _say_flow(site, flow), flow.declared_at)


def _zones_of(site: Site, flow: NetworkFlow) -> frozenset[str | None]:
    return frozenset((zone_of(site, flow.source), zone_of(site, flow.target)))


def _zones(old: Site | None, new: Site) -> Iterator[Alert]:
    if old is None:
        return
    had = {zone.name: _say_zone(zone) for zone in old.zones}
    has = {zone.name: _say_zone(zone) for zone in new.zones}
    for name in sorted({*had, *has}):
        if had.get(name) != has.get(name):
            text = f"{name}: {had.get(name, 'new')} → {has.get(name, 'removed')}"
            yield Alert(Concern.ZONE, text, f"zones.{name}")
    zones = {device.name: device.zone for device in old.devices}
    for device in sorted(new.devices, key=lambda each: each.name):
        if device.name in zones and zones[device.name] != device.zone:
            text = f"{device.name} moves: {zones[device.name]} → {device.zone}"
            yield Alert(Concern.ZONE, text, f"devices.{device.name}.zone")


def _say_zone(zone: Zone) -> str:
    level = format_figure(zone.security_level)
    return f"level {format_figure(zone.level)}, security level {level}"


def _data(before: Version | None, after: Version) -> Iterator[Alert]:
    old, new = _leaving(before), _leaving(after)
    site = _site(after)
    assert site is not None
    for name in sorted(new):
        stream = site.stream(name)
        form, share = new[name]
        was_form, was_share = old.get(name, ("nothing", None))
        more = was_share is not None and share.high > was_share.high
        if _rank(form, _FORMS) > _rank(was_form, _FORMS) or more:
            personal = stream.personal_data or "not stated"
            text = (
                f"{name}: {was_form} → {form}, share {format_figure(share)}, "
                f"sensitivity {stream.sensitivity or 'not stated'}, personal data {personal}"
            )
            yield Alert(Concern.DATA, text, f"streams.{name}.leaves")
    yield from _where_it_goes(_site(before), site)


def _leaving(version: Version | None) -> dict[str, tuple[str, Quantity]]:
    """The form and share in which each stream leaves; what the cloud scores leaves raw."""
    site, decision = _site(version), version.result.decision if version is not None else None
    if site is None or decision is None:
        return {}
    reads = {each.name: each.reads for each in site.use_cases}
    placed = [each for each in decision.placements if each.device == CLOUD]
    scored = {stream for each in placed for stream in reads[each.use_case]}
    found: dict[str, tuple[str, Quantity]] = {}
    for stream in site.streams:
        if stream.leaves is not None:
            found[stream.name] = (stream.leaves.form or "raw", stream.leaves.share)
        elif stream.name in scored:
            found[stream.name] = ("raw", Quantity(1.0, 1.0, 1.0))
    return found


def _where_it_goes(old: Site | None, new: Site) -> Iterator[Alert]:
    if old is None:
        return
    if old.cloud.region != new.cloud.region:
        text = f"region {old.cloud.region or 'none'} → {new.cloud.region or 'none'}"
        yield Alert(Concern.DATA, text, "cloud.region")
    if set(new.cloud.residency) - set(old.cloud.residency):
        places = (", ".join(each.cloud.residency) or "none" for each in (old, new))
        yield Alert(Concern.DATA, f"residency {' → '.join(places)}", "cloud.residency")
    was = {stream.name: stream.personal_data for stream in old.streams}
    for stream in new.streams:
        if stream.name in was and _rank(stream.personal_data, _PERSONAL) < _rank(
            was[stream.name], _PERSONAL
        ):
            text = f"{stream.name}: personal data {was[stream.name]} → {stream.personal_data}"
            yield Alert(Concern.DATA, text, f"streams.{stream.name}.personal_data")


def _fallbacks(before: Version, after: Version) -> Iterator[Alert]:
    for old in before.result.decision.placements if before.result.decision else ():
        new = find_placement(after.result.decision, old.use_case)
        if new is not None and old.fallback != "none" and new.fallback == "none":
            path = f"use_cases.{old.use_case}.absent.do"
            text = f"{old.use_case}: {old.fallback.replace('_', ' ')} → none"
            yield Alert(Concern.FALLBACK, text, path)


def _buffers(before: Version, after: Version, old: Site, new: Site) -> Iterator[Alert]:
    hours = (old.connectivity.worst_outage_hours, new.connectivity.worst_outage_hours)
    if hours[1].high < hours[0].high:
        text = f"worst outage {format_figure(hours[0])} → {format_figure(hours[1])} hours"
        yield Alert(Concern.BUFFER, text, "connectivity.worst_outage_hours")
    had = _use_cases(old)
    for name, case in _use_cases(new).items():
        was = had[name].absent if name in had else None
        if was and case.absent and case.absent.lasts_hours.high < was.lasts_hours.high:
            lasts = (format_figure(was.lasts_hours), format_figure(case.absent.lasts_hours))
            text = f"{name}: the fallback lasts {lasts[0]} → {lasts[1]} hours"
            yield Alert(Concern.BUFFER, text, f"use_cases.{name}.absent.lasts_hours")
    queues = (_queues(before), _queues(after))
    for box in sorted(queues[0].keys() & queues[1].keys()):
        if queues[1][box] < queues[0][box]:
            text = f"{box}: room for {queues[0][box]:,} → {queues[1][box]:,} bytes in an outage"
            yield Alert(Concern.BUFFER, text)


def _queues(version: Version) -> dict[str, int]:
    """The bytes that each box keeps for an outage, where it is known."""
    sizes = {
        bundle.name: json.loads(bundle.manifest)["sizing"]["bytes"]
        for bundle in version.result.bundles
    }
    return {name: size for name, size in sizes.items() if size is not None}


def _approvers(old: Site, new: Site) -> Iterator[Alert]:
    had = _use_cases(old)
    for name, case in _use_cases(new).items():
        was = had[name].updates if name in had else None
        approver = case.updates.approver if case.updates else None
        if was is not None and was.approver is not None and was.approver != approver:
            path = f"use_cases.{name}.updates.approver"
            yield Alert(Concern.APPROVER, f"{name}: {was.approver} → {approver or 'nobody'}", path)


def _pins(before: Version | None, after: Version) -> Iterator[Alert]:
    for placement in after.result.decision.placements if after.result.decision else ():
        decision = before.result.decision if before is not None else None
        was = find_placement(decision, placement.use_case)
        if placement.pinned and not (was is not None and was.pinned):
            path = f"use_cases.{placement.use_case}.place"
            yield Alert(Concern.PIN, f"{placement.use_case}: {placement.reason}", path)
