"""Where a use case could be trained: the data that would move, what there is to train on."""

from __future__ import annotations

from collections.abc import Iterable

from edgeward.catalog import Catalog
from edgeward.facts.cadence import cadence_days
from edgeward.facts.candidate import in_area, open_share
from edgeward.facts.host import CLOUD, Job, make_job
from edgeward.facts.stream import leaving_gb_per_day
from edgeward.quantity import Quantity, exact, total
from edgeward.site import Site, Stream
from edgeward.subjects import DataFacts, TrainingCandidate

_GB_A_DAY_PER_MBPS = 10.8  # 1 Mbit/s × 86,400 s / 8 / 1000


def training_candidates(site: Site, catalog: Catalog) -> tuple[TrainingCandidate, ...]:
    """Cloud and plant for each use case that is trained by the plant's owner."""
    jobs = [make_job(site, each, catalog) for each in site.use_cases if each.stage != "retired"]
    return tuple(
        _weigh(job, tier, catalog) for job in jobs if not _by_vendor(job) for tier in TRAINING_TIERS
    )


def examples_leave(device: str, streams: Iterable[Stream]) -> bool:
    """Whether anything that is read gets to the cloud, where the model itself is not there."""
    return device == CLOUD or any(each.leaves for each in streams)


TRAINING_TIERS = ("cloud", "plant")


def _weigh(job: Job, tier: str, catalog: Catalog) -> TrainingCandidate:
    training = job.use_case.training
    days = cadence_days(training.cadence if training else None, f"{job.path}.training.cadence")
    return TrainingCandidate(
        id=f"{job.use_case.name}@{tier}",
        use_case=job.use_case.name,
        tier=tier,
        data=_data(job),
        upload_days=_upload_days(job, days),
        cadence_days=days,
        compute_present=_plant_trains(job.site, catalog),
    )


def _upload_days(job: Job, days: Quantity) -> Quantity:
    """How long the data of one cadence takes on what the link gives to ML, sync windows only."""
    link = job.site.connectivity
    per_day = total([leaving_gb_per_day(job.site, stream, None) for stream in job.streams])
    if per_day == exact(0):
        return exact(0)
    capacity = (link.uplink_mbps * link.share_for_ml * open_share(job.site)).scaled(
        _GB_A_DAY_PER_MBPS
    )
    return per_day * days / capacity


def _data(job: Job) -> DataFacts:
    """Nothing is trained in the cloud on what is secret."""
    region, residency = job.site.cloud.region, job.site.cloud.residency
    known = [stream.sensitivity for stream in job.streams]
    return DataFacts(
        input_may_leave=False if "secret" in known else None if None in known else True,
        region_in_residency=None if region is None else not residency or in_area(region, residency),
    )


def _plant_trains(site: Site, catalog: Catalog) -> bool | None:
    """Whether a device at the plant has an accelerator to train with."""
    classes = [
        catalog.device_classes.get(device.class_name or "")
        for device in site.devices
        if device.tier == "plant"
    ]
    if any(each is None for each in classes):
        return None
    return any(each is not None and each.accelerator_mb.low > 0 for each in classes)


def _by_vendor(job: Job) -> bool:
    return job.use_case.training is not None and job.use_case.training.where == "vendor"
