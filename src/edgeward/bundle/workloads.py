"""What the use cases of a box have to know: their model, their limits, what they do in trouble."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from edgeward.bundle.box import BOXES, Box, Work
from edgeward.bundle.degraded import Degraded, degraded_contract
from edgeward.bundle.invalid import invalid
from edgeward.bundle.number import pick_least
from edgeward.bundle.sizing import StreamQuota, size_queues
from edgeward.facts.host import CLOUD
from edgeward.facts.upload import model_folder, plant_bucket
from edgeward.quantity import Quantity

_USER_LIMIT = 31
_MARGIN = 1.25
"""Of the measured memory peak: a peak seen in a soak is not a bound."""
_LONGEST_QUEUE = 1000
_THREE_NUMBERS = re.compile(r"(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){2}")
_IMAGE_FORMAT = "oci"
SPOOL = "/var/spool/edgeward"
"""Where what is uploaded waits, in a folder for each stream."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """`sha256` is of the artifact, None where the catalog has none; `image` only for a container
    that the catalog knows by its digest."""

    name: str
    version: str
    precision: str | None
    sha256: str | None
    image: str | None


@dataclass(frozen=True, slots=True)
class Band:
    """Pattern C: scores from `act_above` act, from `defer_above` go to `defer_to`."""

    act_above: float | str | None
    defer_above: float | str | None
    defer_to: float | str | None
    below: float | str | None


@dataclass(frozen=True, slots=True)
class Workload:
    """One use case. `memory_max_mb` is 0 where nobody measured the model on this class; `spools`
    are the folders that it may hand items over in, to be uploaded.

    `queue_length` items may wait and still be in time; the oldest goes first when there are more.
    """

    name: str
    action: str
    stage: str
    pattern: str
    runs_at: str
    user: str
    model: ModelFile
    memory_max_mb: int
    needs_devices: bool
    budget_ms: float | None
    late_allowed: float | None
    queue_length: int
    max_batch: int
    reads: tuple[str, ...]
    sends: tuple[StreamQuota, ...]
    spools: tuple[str, ...]
    band: Band | None
    safety: bool
    rollback_to: str | None
    degraded: tuple[Degraded, ...]


@dataclass(frozen=True, slots=True)
class WorkloadsContext:
    """`services` run here; `configs` are all use cases that the box serves, the cloud's too.

    `archives` are in S3, by use case, for agents that fetch models themselves.
    """

    site: str
    title: str
    file: str
    device: str
    client: str
    topics: str
    region: str
    services: tuple[Workload, ...]
    configs: tuple[Workload, ...]
    archives: Mapping[str, str]


@lru_cache(maxsize=BOXES)
def make_workloads_context(box: Box) -> WorkloadsContext:
    """Raises InvalidDeclaration for a version that the box's runtime cannot deploy."""
    services = list_services(box)
    return WorkloadsContext(
        site=box.site.name,
        title=box.site.title or box.site.name,
        file=box.site.file,
        device=box.device.name,
        client=box.identity.client,
        topics=box.identity.topics,
        region=box.site.cloud.region or "us-east-1",
        services=services,
        configs=(*services, *(_workload(box, work) for work in box.asks)),
        archives=_archives(box),
    )


@lru_cache(maxsize=BOXES)
def list_services(box: Box) -> tuple[Workload, ...]:
    """The use cases that run on the box."""
    return tuple(_workload(box, work) for work in box.works)


def _workload(box: Box, work: Work) -> Workload:
    case, placement = work.job.use_case, work.placement
    peak = box.peak_ram_mb(work) if placement.device != CLOUD else None
    quotas = {quota.name: quota for quota in size_queues(box).streams}
    sends = tuple(quotas[name] for name in case.reads if name in quotas)
    return Workload(
        name=work.name,
        action=case.action or work.name,
        stage=placement.stage,
        pattern=placement.pattern.value,
        runs_at=placement.device,
        user=_user_name(work.name),
        model=_model(box, work),
        memory_max_mb=_memory_limit(peak) if peak is not None else 0,
        needs_devices=_needs_devices(box, work),
        budget_ms=pick_least(placement.budget_ms),
        late_allowed=pick_least(case.latency.late_allowed),
        queue_length=_queue_length(work),
        max_batch=_max_batch(work),
        reads=case.reads,
        sends=sends,
        spools=tuple(f"{SPOOL}/{quota.name}" for quota in sends if quota.uploaded),
        band=_band(work),
        safety=case.criticality == "safety",
        rollback_to=case.rollback_to,
        degraded=degraded_contract(work.job, placement, box.device.name),
    )


def _model(box: Box, work: Work) -> ModelFile:
    artifact, reference = work.job.artifact, work.job.use_case.model
    asked = reference.precision if reference else None
    if box.runtime == "greengrass" and not _THREE_NUMBERS.fullmatch(work.version):
        path = f"use_cases.{work.name}.model"
        raise invalid(box.site, path, "Greengrass takes versions of three numbers, such as 1.4.0")
    container = artifact is not None and artifact.format == _IMAGE_FORMAT and artifact.sha256
    return ModelFile(
        name=work.model,
        version=work.version,
        precision=artifact.precision if artifact else asked,
        sha256=artifact.sha256 if artifact else None,
        image=f"{artifact.uri}@sha256:{artifact.sha256}" if artifact and container else None,
    )


def _archives(box: Box) -> Mapping[str, str]:
    """By the digest of the model's file, in the folder that the role of the box may read."""
    bucket = f"s3://{plant_bucket(box.site)}"
    models = {w.name: _model(box, w) for w in box.works if w.placement.training_tier == CLOUD}
    return {
        name: f"{bucket}/{model_folder(name)}{model.sha256}.zip"
        for name, model in models.items()
        if model.sha256 and not model.image
    }


def _user_name(use_case: str) -> str:
    """A system user name, which ends at 31 characters."""
    name = f"edgeward-{use_case}"
    if len(name) <= _USER_LIMIT:
        return name
    return f"edgeward-{hashlib.sha256(use_case.encode()).hexdigest()[:8]}"


def _memory_limit(peak: Quantity) -> int:
    return math.ceil(peak.high * _MARGIN) if math.isfinite(peak.high) else 0


def _needs_devices(box: Box, work: Work) -> bool:
    """Whether the process talks to an accelerator, or may: then it sees the real /dev."""
    known_without = box.device_class is not None and box.device_class.accelerator_mb.high == 0
    captures = any(stream.at == box.device.name for stream in work.job.streams)
    return captures or not known_without


def _queue_length(work: Work) -> int:
    """Items that may wait: the time that the ledger leaves over, in runs of the model.

    1, the newest alone, where the time of a run is not known or a free-running source has a newer.
    """
    arrivals = [stream.arrives.kind for stream in work.job.streams if stream.arrives is not None]
    run = sum(
        term.bound_ms.high
        for term in work.placement.ledger.terms
        if term.name in ("inference", "pre-processing")
    )
    spare = work.placement.budget_ms.low - work.placement.ledger.bound_ms.high
    if "free_running" in arrivals or not 0 < run < math.inf or not math.isfinite(spare):
        return 1
    return max(1, min(_LONGEST_QUEUE, 1 + int(spare / run)))


def _max_batch(work: Work) -> int:
    """One by one, since a batch makes the first wait for the last; only batches arrive as such."""
    sizes = [
        stream.arrives.batch.size.low
        for stream in work.job.streams
        if stream.arrives is not None and stream.arrives.batch is not None
    ]
    return max(1, min(_queue_length(work), int(min(sizes)))) if sizes else 1


def _band(work: Work) -> Band | None:
    bands = work.placement.bands
    if bands is None:
        return None
    keys = ("act_above", "defer_above", "defer_to", "below")
    return Band(*(bands.get(key) for key in keys))
