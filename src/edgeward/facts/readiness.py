"""What has to be known before anything is decided for a use case (R10).

Words and choices have no plausible range, so a missing one always blocks. A missing number is
listed here only where nothing at all is known of it; one with a plausible range travels through
the facts and blocks only where it decides.
"""

from __future__ import annotations

from edgeward.catalog import Catalog
from edgeward.decision import Missing
from edgeward.facts.capacity import allocatable_ram_mb
from edgeward.facts.host import Job, artifact_mb, list_hosts, make_job
from edgeward.site import Site
from edgeward.use_case import UseCase


def missing_for(site: Site, use_case: UseCase, catalog: Catalog) -> tuple[Missing, ...]:
    """Everything that R10 asks for and the declaration does not say, in the order of R10."""
    job = make_job(site, use_case, catalog)
    path = job.path
    checks = (
        (use_case.action, f"{path}.action", "the physical action that the prediction serves"),
        (
            use_case.latency.budget_ms.bounded,
            f"{path}.latency.budget_ms",
            "how long the action can wait, in ms",
        ),
        (
            site.connectivity.worst_outage_hours.bounded,
            f"connectivity.{'worst_outage_hours' if site.connectivity.tier else 'tier'}",
            "the longest outage of the link, or how dependable it is",
        ),
        (job.model, f"{path}.model", "which model it is, by its name in the catalog"),
        (artifact_mb(job).bounded, f"{path}.model", "the size of the model"),
        (_headroom_known(job, catalog), *_headroom(site, catalog)),
        (_cadence(use_case), f"{path}.updates.cadence", "how often the model is updated"),
        (_sensitivity(job), _sensitivity_path(job), "how sensitive the data is that it reads"),
        (
            use_case.rollback and use_case.rollback.metric,
            f"{path}.rollback",
            "when a release is rolled back",
        ),
        (use_case.owner, f"{path}.owner", "who owns it"),
        (
            use_case.outcome and use_case.outcome.measure,
            f"{path}.outcome",
            "the measurable result for the plant",
        ),
    )
    return tuple(Missing(where, what) for known, where, what in checks if not known)


def _headroom(site: Site, catalog: Catalog) -> tuple[str, str]:
    """Where what is missing of the boxes' memory is to be written, and what it is."""
    for box in site.devices:
        if box.tier and box.class_name is None:
            return f"devices.{box.name}.class", "what kind of box it is, for its memory"
    named = {each.class_name for each in site.devices if each.class_name in catalog.device_classes}
    of_these = f"; the catalog has none of {', '.join(sorted(map(str, named)))}" if named else ""
    return "devices", f"the memory that a device has for it{of_these}"


def _headroom_known(job: Job, catalog: Catalog) -> bool:
    """Whether at least one device of the plant says how much memory it can give."""
    hosts = [host for host in list_hosts(job.site, catalog) if host.device is not None]
    return any(allocatable_ram_mb(host, catalog).bounded for host in hosts)


def _cadence(use_case: UseCase) -> str | None:
    return use_case.updates.cadence if use_case.updates else None


def _sensitivity(job: Job) -> bool:
    return bool(job.streams) and all(stream.sensitivity is not None for stream in job.streams)


def _sensitivity_path(job: Job) -> str:
    silent = [stream.name for stream in job.streams if stream.sensitivity is None]
    return f"streams.{silent[0]}.sensitivity" if silent else f"{job.path}.reads"
