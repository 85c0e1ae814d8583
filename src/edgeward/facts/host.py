"""A place where a model could run, a device or the cloud, and what would run there."""

from __future__ import annotations

from dataclasses import dataclass

from edgeward.catalog import Artifact, Catalog, DeviceClass, Model
from edgeward.quantity import ZERO, Quantity, exact, largest, unknown
from edgeward.site import Device, Site, Stream, Tier
from edgeward.use_case import UseCase

CLOUD = "cloud"
LINUX_RUNTIMES = ("compose", "systemd", "greengrass")


def runs_linux(device: Device, device_class: DeviceClass | None) -> bool:
    """Whether there are files to render for it; a microcontroller gets its manifest only."""
    if device_class is not None:
        return device_class.host == "linux"
    return device.runtime in LINUX_RUNTIMES


@dataclass(frozen=True, slots=True)
class Host:
    """`device` and `device_class` are None in the cloud; the class also where nobody named it."""

    tier: Tier
    name: str
    device: Device | None = None
    device_class: DeviceClass | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A use case with what it reads and the model that the catalog has for it."""

    site: Site
    use_case: UseCase
    streams: tuple[Stream, ...]
    model: Model | None
    artifact: Artifact | None

    @property
    def path(self) -> str:
        return f"use_cases.{self.use_case.name}"


def list_hosts(site: Site, catalog: Catalog) -> tuple[Host, ...]:
    """Every device whose tier is known, then the cloud."""
    hosts = [
        Host(device.tier, device.name, device, catalog.device_classes.get(device.class_name or ""))
        for device in site.devices
        if device.tier is not None
    ]
    return (*hosts, Host("cloud", CLOUD))


def make_job(site: Site, use_case: UseCase, catalog: Catalog) -> Job:
    reference = use_case.model
    model = catalog.models.get(reference.name) if reference else None
    streams = tuple(stream for stream in site.streams if stream.name in use_case.reads)
    return Job(site, use_case, streams, model, _pick_artifact(use_case, model))


def working_boxes(host: Host) -> Quantity:
    """The boxes that share the load: all but the spares."""
    if host.device is None:
        return exact(1)
    return largest(host.device.boxes - host.device.spares, ZERO)


def artifact_mb(job: Job) -> Quantity:
    """The size of the model file, in MB."""
    return job.artifact.mb if job.artifact else unknown(f"{job.path}.model")


def _pick_artifact(use_case: UseCase, model: Model | None) -> Artifact | None:
    if model is None or use_case.model is None:
        return None
    precision = use_case.model.precision
    fitting = [each for each in model.artifacts if precision in (None, each.precision)]
    return min(fitting, key=lambda each: (each.mb.low, each.precision), default=None)
