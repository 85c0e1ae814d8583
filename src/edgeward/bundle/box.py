"""One box of the plant, with everything of the site and the decision that concerns it."""

from __future__ import annotations

from dataclasses import dataclass

from edgeward.catalog import Catalog, DeviceClass
from edgeward.decision import Decision, Placement
from edgeward.facts.buffer import upload_mbps
from edgeward.facts.connection import NetworkFlow
from edgeward.facts.flow import derive_flows, streams_leaving
from edgeward.facts.host import CLOUD, Host, Job, make_job, runs_linux
from edgeward.facts.identity import Identity, device_identities
from edgeward.facts.run import find_run
from edgeward.facts.upload import uploaded_streams
from edgeward.quantity import ZERO, Quantity
from edgeward.site import Device, Site, Stream

BOXES = 16
"""How many boxes are remembered with what follows from them: each is finished before the next."""


@dataclass(frozen=True, slots=True)
class Work:
    """A use case that runs on the box, or in the cloud with its input from the box."""

    job: Job
    placement: Placement

    @property
    def name(self) -> str:
        return self.placement.use_case

    @property
    def model(self) -> str:
        """The catalog's name of the model, "unnamed" where the use case names none."""
        reference = self.job.use_case.model
        return reference.name if reference else "unnamed"

    @property
    def version(self) -> str:
        """The version that the use case asks for, else the catalog's."""
        reference, model = self.job.use_case.model, self.job.model
        asked = reference.version if reference else None
        return asked or (model.version if model else "unversioned")


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """`flows` are those that begin or end here; `leaving` the streams that leave through it, and
    `uploaded` those of them that leave as files, at `upload_mbps` at most.

    `works` run on it; `asks` run in the cloud, and their scores come back through it. A box is
    equal to itself alone, so that what follows from it can be worked out once.
    """

    site: Site
    device: Device
    device_class: DeviceClass | None
    identity: Identity
    works: tuple[Work, ...]
    flows: tuple[NetworkFlow, ...]
    leaving: tuple[Stream, ...]
    asks: tuple[Work, ...]
    uploaded: tuple[Stream, ...] = ()
    upload_mbps: Quantity = ZERO
    decision_digest: str = ""

    @property
    def answers(self) -> tuple[str, ...]:
        """The use cases in the cloud whose scores come back through it."""
        return tuple(work.name for work in self.asks)

    @property
    def runtime(self) -> str:
        """The declared one, else the first that its class has; empty where neither says."""
        classes = self.device_class.runtimes if self.device_class is not None else ()
        return self.device.runtime or next(iter(classes), "")

    @property
    def live(self) -> tuple[Stream, ...]:
        """The streams that leave through it as messages."""
        return tuple(stream for stream in self.leaving if stream not in self.uploaded)

    @property
    def is_linux(self) -> bool:
        return runs_linux(self.device, self.device_class)

    @property
    def is_ours(self) -> bool:
        return self.device_class is not None or self.device.runtime is not None

    @property
    def encrypts(self) -> bool:
        """Whether its class keeps data on an encrypted volume."""
        return self.device_class is not None and self.device_class.encrypted_volume is True

    @property
    def passes_streams_on(self) -> bool:
        return bool(self.leaving) or any(flow.protocol == "mqtt" for flow in self.flows)

    @property
    def talks_to_cloud(self) -> bool:
        return any(CLOUD in (flow.source, flow.target) for flow in self.flows)

    def peak_ram_mb(self, work: Work) -> Quantity | None:
        """The memory peak of the model's run on this class, None where nobody measured one."""
        host = Host(self.device.tier or "device", self.device.name, self.device, self.device_class)
        run = find_run(work.job, host)
        return run.peak_ram_mb if run else None


def list_boxes(site: Site, decision: Decision, catalog: Catalog) -> tuple[Box, ...]:
    """Every box that runs a use case or passes streams on, by device and number.

    A device without a class and a runtime, such as a controller that is only written to, is
    somebody else's: edgeward does not know what it is.
    """
    flows = derive_flows(site, decision.placements)
    return tuple(
        box
        for device in sorted(site.devices, key=lambda device: device.name)
        for box in _boxes_of(device, flows, (site, decision, catalog))
        if box.works or (box.is_ours and box.passes_streams_on)
    )


def _boxes_of(
    device: Device, flows: tuple[NetworkFlow, ...], inputs: tuple[Site, Decision, Catalog]
) -> tuple[Box, ...]:
    site, decision, catalog = inputs
    own = tuple(flow for flow in flows if device.name in (flow.source, flow.target))
    leaving = streams_leaving(site, decision.placements, device.name)
    as_files = uploaded_streams(site, decision.placements)
    uploaded = tuple(stream for stream in leaving if stream in as_files)
    works = tuple(
        Work(_find_job(site, placement, catalog), placement)
        for placement in decision.placements
        if placement.device == device.name
    )
    return tuple(
        Box(
            site=site,
            device=device,
            device_class=catalog.device_classes.get(device.class_name or ""),
            identity=identity,
            works=works,
            flows=own,
            leaving=leaving,
            asks=_asks(device, inputs),
            uploaded=uploaded,
            upload_mbps=upload_mbps(site, decision.placements) if uploaded else ZERO,
            decision_digest=decision.inputs_digest,
        )
        for identity in device_identities(site, device)
    )


def _find_job(site: Site, placement: Placement, catalog: Catalog) -> Job:
    use_case = next(case for case in site.use_cases if case.name == placement.use_case)
    return make_job(site, use_case, catalog)


def _asks(device: Device, inputs: tuple[Site, Decision, Catalog]) -> tuple[Work, ...]:
    site, decision, catalog = inputs
    captured = {stream.name for stream in site.streams if stream.at == device.name}
    works = (
        Work(_find_job(site, placement, catalog), placement)
        for placement in decision.placements
        if placement.device == CLOUD
    )
    asking = (work for work in works if captured.intersection(work.job.use_case.reads))
    return tuple(sorted(asking, key=lambda work: work.name))
