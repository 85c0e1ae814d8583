"""Plans how streams get into the bucket: over MQTT, or as files that a device uploads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from edgeward.decision import Placement
from edgeward.facts.flow import streams_leaving
from edgeward.facts.host import CLOUD
from edgeward.facts.upload import is_live, model_folder, role_alias, stream_folder
from edgeward.names import join_name
from edgeward.site import Site, Stream
from edgeward.stack.folders import quarantine_folder
from edgeward.stack.naming import (
    DELIVERY_LIMIT,
    QUEUE_LIMIT,
    ROLE_LIMIT,
    rule_name,
)
from edgeward.stack.planned import AccessPlan, IdentityPlan, IngestionPlan, Source
from edgeward.stack.tagging import plan_tags


def plan_ingestions(
    site: Site,
    placements: Sequence[Placement],
    identities: Iterable[IdentityPlan],
    streams: Sequence[Stream],
) -> tuple[IngestionPlan, ...]:
    """One for each of the streams that comes in over MQTT, by name."""
    sources: dict[str, list[Source]] = {}
    for identity in identities:
        for stream in streams_leaving(site, placements, identity.attributes["device"]):
            if stream in streams and is_live(site, stream, placements):
                sources.setdefault(stream.name, []).append(_source(identity, stream))
    return tuple(_plan_ingestion(site, name, tuple(sources[name])) for name in sorted(sources))


def plan_accesses(
    site: Site,
    placements: Sequence[Placement],
    identities: Iterable[IdentityPlan],
    streams: Sequence[Stream],
) -> tuple[AccessPlan, ...]:
    """One for each device that uploads one of the streams, or runs a model of the cloud's."""
    uploaded = [stream for stream in streams if not is_live(site, stream, placements)]
    planned = (_plan_access(site, placements, identity, uploaded) for identity in identities)
    return tuple(access for access in planned if access.writes or access.reads)


def _source(identity: IdentityPlan, stream: Stream) -> Source:
    """Boxes with topics of their own send as who their topic says; a single one as itself."""
    alone = identity.things == (identity.client,)
    own = identity.topics if alone else f"{identity.topics.rpartition('/')[0]}/+"
    client = f"'{identity.client}'" if alone else "topic(3)"
    return Source(f"{own}/streams/{stream.name}/#", client)


def _plan_ingestion(site: Site, stream: str, sources: tuple[Source, ...]) -> IngestionPlan:
    plant = f"edgeward-{site.name}"
    return IngestionPlan(
        name=f"ingestion-{stream}",
        sources=sources,
        rule=rule_name(plant, stream),
        delivery=join_name(plant, stream, limit=DELIVERY_LIMIT),
        dead_letter=join_name(plant, stream, "dead-letter", limit=QUEUE_LIMIT),
        role=join_name(plant, stream, "rule", limit=ROLE_LIMIT),
        delivery_role=join_name(plant, stream, "delivery", limit=ROLE_LIMIT),
        folder=stream_folder(stream),
        quarantine=quarantine_folder(stream),
        tags=plan_tags(site),
        declared_at=f"streams.{stream}.leaves",
    )


def _plan_access(
    site: Site,
    placements: Sequence[Placement],
    identity: IdentityPlan,
    uploaded: Sequence[Stream],
) -> AccessPlan:
    plant, device = f"edgeward-{site.name}", identity.attributes["device"]
    leaving = streams_leaving(site, placements, device)
    hosted = (p for p in placements if p.device == device and p.training_tier == CLOUD)
    return AccessPlan(
        name=f"access-{device}",
        role=join_name(plant, device, "device", limit=ROLE_LIMIT),
        role_alias=role_alias(site, device),
        writes=tuple(stream_folder(stream.name) for stream in leaving if stream in uploaded),
        reads=tuple(model_folder(placement.use_case) for placement in hosted),
        tags=plan_tags(site),
        declared_at=identity.declared_at,
    )
