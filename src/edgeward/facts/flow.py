"""Every network connection that follows from a plant's declarations and its decision.

What is not in this list has no reason to exist: it becomes the firewall of each device and the
subjects of the flow rules. `source` opens the connection to `target`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from edgeward.catalog import Catalog
from edgeward.decision import Placement
from edgeward.facts.connection import UNDECLARED, NetworkFlow, make_flow, merge_flows
from edgeward.facts.host import CLOUD, runs_linux
from edgeward.facts.level import NOT_STATED, level_of, zone_of
from edgeward.facts.protocol import find_protocol
from edgeward.facts.upload import uploaded_streams
from edgeward.site import Site, Stream
from edgeward.subjects import FlowSubject
from edgeward.use_case import UseCase, Write

_ACTS = {
    "safe_action": "takes the safe action",
    "last_value": "keeps the last value",
    "stop": "stops",
}


def derive_flows(site: Site, placements: Iterable[Placement]) -> tuple[NetworkFlow, ...]:
    """All connections of the plant, one for each pair of endpoints, protocol and port, sorted."""
    placed = tuple(placements)
    return merge_flows(
        (
            *_capture(site, placed),
            *_between_devices(site, placed),
            *_leave(site, placed),
            *_write(site, placed),
            *_fall_back(site, placed),
            *_update(placed),
            *_telemetry(site, placed),
            *_manage(site, placed),
            *_declared(site),
        )
    )


def streams_leaving(site: Site, placements: Iterable[Placement], device: str) -> tuple[Stream, ...]:
    """The streams that leave the plant through `device`: the one that captures them."""
    placed = tuple(placements)
    return tuple(
        stream
        for stream in _used_streams(site, placed)
        if _leaves(site, stream, placed) and _captured_at(stream, site, placed) == device
    )


def flow_subjects(
    site: Site, flows: Iterable[NetworkFlow], catalog: Catalog
) -> tuple[FlowSubject, ...]:
    """The flows as rules see them, with the Purdue levels of their ends."""
    return tuple(
        FlowSubject(
            id=flow.id,
            flow=flow.declared_at,
            protocol=flow.protocol,
            encrypted=flow.encrypted,
            from_level=level_of(site, flow.source),
            to_level=level_of(site, flow.target),
            from_cloud=flow.source == CLOUD,
            to_cloud=flow.target == CLOUD,
            zones_declared=None not in _zones(site, flow),
            crosses_zones=len({*_zones(site, flow)} - {None}) > 1,
            defined=flow.port is not None,
            security_policy=flow.security_policy or NOT_STATED,
            security_policy_stated=flow.security_policy is not None,
            uploads=flow.uploads,
            source_runs_linux=_runs_linux(site, flow.source, catalog),
        )
        for flow in flows
    )


def _capture(site: Site, placed: tuple[Placement, ...]) -> Iterator[NetworkFlow]:
    """From the sensors to the device that captures them, where a network is between the two."""
    for stream in _used_streams(site, placed):
        if stream.at is None or stream.protocol is None:
            continue
        opened_by = find_protocol(stream.protocol).opened_by
        reader, sender = stream.at, _sensor(stream)
        ends = (reader, sender) if opened_by == "reader" else (sender, reader)
        if opened_by != "wire":
            path = f"streams.{stream.name}"
            yield make_flow(ends, stream.protocol, None, path, f"capture {stream.name}")


def undeclared_capture(site: Site, placed: tuple[Placement, ...]) -> tuple[Stream, ...]:
    """What comes to a device in a way that nobody said: by a wire, or over the network."""
    used = _used_streams(site, placed)
    return tuple(each for each in used if each.at is not None and each.protocol is None)


def _between_devices(site: Site, placed: tuple[Placement, ...]) -> Iterator[NetworkFlow]:
    for placement in placed:
        for stream in _read_by(site, placement):
            if stream.at and placement.device not in (stream.at, CLOUD):
                purpose = f"{stream.name} for {placement.use_case}"
                path = f"use_cases.{placement.use_case}.reads"
                yield make_flow((stream.at, placement.device), "mqtt", None, path, purpose)


def _leave(site: Site, placed: tuple[Placement, ...]) -> Iterator[NetworkFlow]:
    uploaded = uploaded_streams(site, placed)
    for stream in _used_streams(site, placed):
        if _leaves(site, stream, placed):
            source = _captured_at(stream, site, placed) or _sensor(stream)
            path = f"streams.{stream.name}.leaves"
            protocol = "https" if stream in uploaded else "mqtt"
            flow = make_flow(
                (source, CLOUD), protocol, None, path, f"{stream.name} leaves the plant"
            )
            yield replace(flow, uploads=stream in uploaded)


def _write(site: Site, placed: tuple[Placement, ...]) -> Iterator[NetworkFlow]:
    for placement in placed:
        use_case = _use_case(site, placement)
        for index, write in enumerate(use_case.writes):
            purpose = f"{use_case.name} writes to {write.to}"
            yield _written(_writer(site, placement), use_case, index, write, purpose)


def _writer(site: Site, placement: Placement) -> str:
    """A score from the cloud comes back on the connection of the device that sent its input."""
    if placement.device != CLOUD:
        return placement.device
    captures = (stream.at for stream in _read_by(site, placement) if stream.at)
    return next(captures, CLOUD)


def _fall_back(site: Site, placed: tuple[Placement, ...]) -> Iterator[NetworkFlow]:
    """The device that captures takes the safe side itself when the one that scores is gone."""
    for placement in placed:
        use_case = _use_case(site, placement)
        if use_case.absent is None or use_case.absent.do not in _ACTS:
            continue
        captures = sorted({stream.at for stream in _read_by(site, placement) if stream.at})
        for device in captures:
            for index, write in enumerate(use_case.writes):
                purpose = f"without {use_case.name} {write.to} {_ACTS[use_case.absent.do]}"
                yield _written(device, use_case, index, write, purpose)


def _written(source: str, use_case: UseCase, index: int, write: Write, purpose: str) -> NetworkFlow:
    return make_flow(
        (source, write.to),
        write.protocol or UNDECLARED,
        write.port,
        f"use_cases.{use_case.name}.writes.{index}",
        purpose,
        security_policy=write.security_policy,
    )


def _telemetry(site: Site, placed: tuple[Placement, ...]) -> Iterator[NetworkFlow]:
    """What a device says about itself leaves only where the site names a host that takes it."""
    if site.cloud.telemetry is None:
        return
    for device in sorted({placement.device for placement in placed} - {CLOUD}):
        yield make_flow(
            (device, CLOUD), "https", None, "cloud.telemetry", "telemetry of the device"
        )


def _manage(site: Site, placed: tuple[Placement, ...]) -> Iterator[NetworkFlow]:
    """Whoever looks after a device must get in, whatever else is closed."""
    if site.remote_access is None or site.remote_access.via is None:
        return
    for device in sorted({placement.device for placement in placed} - {CLOUD}):
        ends = (site.remote_access.via, device)
        yield make_flow(ends, "ssh", None, "remote_access.via", f"manage {device}")


def _update(placed: tuple[Placement, ...]) -> Iterator[NetworkFlow]:
    """A device pulls the models that the cloud trained; nothing is pushed into the plant."""
    for placement in placed:
        if placement.device != CLOUD and placement.training_tier == CLOUD:
            path = f"use_cases.{placement.use_case}.updates"
            purpose = f"fetches updates of {placement.use_case}"
            yield make_flow((placement.device, CLOUD), "https", None, path, purpose)


def _declared(site: Site) -> Iterator[NetworkFlow]:
    for index, flow in enumerate(site.flows):
        path = f"flows.{index}"
        ends = (flow.source, flow.to)
        policy = flow.security_policy
        yield make_flow(ends, flow.protocol, flow.port, path, "declared", security_policy=policy)


def _used_streams(site: Site, placed: tuple[Placement, ...]) -> Iterator[Stream]:
    """The streams that a placed use case reads, or that no use case reads at all."""
    declared = {name for use_case in site.use_cases for name in use_case.reads}
    used = {name for placement in placed for name in _use_case(site, placement).reads}
    for stream in site.streams:
        if stream.name in used or stream.name not in declared:
            yield stream


def _leaves(site: Site, stream: Stream, placed: tuple[Placement, ...]) -> bool:
    in_cloud = (placement for placement in placed if placement.device == CLOUD)
    return stream.leaves is not None or any(
        stream.name in _use_case(site, placement).reads for placement in in_cloud
    )


def _captured_at(stream: Stream, site: Site, placed: tuple[Placement, ...]) -> str | None:
    """Where the stream says; else the first device that scores it."""
    scoring = (
        placement.device
        for placement in placed
        if placement.device != CLOUD and stream.name in _use_case(site, placement).reads
    )
    return stream.at or next(scoring, None)


def _read_by(site: Site, placement: Placement) -> Iterator[Stream]:
    reads = _use_case(site, placement).reads
    return (stream for stream in site.streams if stream.name in reads)


def _use_case(site: Site, placement: Placement) -> UseCase:
    return next(case for case in site.use_cases if case.name == placement.use_case)


def _sensor(stream: Stream) -> str:
    return stream.per or stream.name


def _runs_linux(site: Site, name: str, catalog: Catalog) -> bool:
    devices = (device for device in site.devices if device.name == name)
    known = catalog.device_classes
    return any(runs_linux(device, known.get(device.class_name or "")) for device in devices)


def _zones(site: Site, flow: NetworkFlow) -> tuple[str | None, str | None]:
    return zone_of(site, flow.source), zone_of(site, flow.target)
