"""Which streams get to the bucket as messages, and which as files that a device uploads.

A message goes over MQTT while the link is up. A plant that is offline first opens its link for a
while and sends what has piled up; so does a stream whose items are too large for a message.
"""

from __future__ import annotations

from collections.abc import Iterable

from edgeward.decision import Placement
from edgeward.facts.host import CLOUD
from edgeward.names import join_name
from edgeward.site import Site, Stream

UNSET_ACCOUNT = "000000000000"
_LARGEST_MESSAGE_KB = 128
"""What AWS IoT Core takes in one message."""
_BUCKET_STEM_LIMIT = 50
"""63, less a hyphen and the 12 digits of the account, which come after it."""
_ROLE_ALIAS_LIMIT = 128


def stream_folder(stream: str) -> str:
    """Where the items of a stream are in the bucket, emptied when its retention ends."""
    return f"streams/{stream}/"


def model_folder(use_case: str) -> str:
    """The released models of a use case, from which its devices take them."""
    return f"models/{use_case}/"


def bucket_stem(site: Site) -> str:
    """The name of the plant's bucket, but for the account's number."""
    return join_name(f"edgeward-{site.name}", limit=_BUCKET_STEM_LIMIT)


def plant_bucket(site: Site) -> str:
    """The bucket that is there already, or the one that the stack makes.

    That has the declared account's number in its name; without one it is nobody's.
    """
    return site.existing.bucket or f"{bucket_stem(site)}-{site.cloud.account or UNSET_ACCOUNT}"


def role_alias(site: Site, device: str) -> str:
    """What a device asks for when it wants credentials."""
    return join_name(f"edgeward-{site.name}", device, limit=_ROLE_ALIAS_LIMIT)


def landing_streams(site: Site, placements: Iterable[Placement]) -> tuple[Stream, ...]:
    """The streams that the bucket has a folder for, by name: a placed use case reads them."""
    placed = {placement.use_case for placement in placements}
    read = {name for case in site.use_cases if case.name in placed for name in case.reads}
    landing = (stream for stream in site.streams if stream.leaves and stream.name in read)
    return tuple(sorted(landing, key=lambda stream: stream.name))


def is_live(site: Site, stream: Stream, placements: Iterable[Placement]) -> bool:
    """Whether the stream goes out message by message; one that might be too large does not."""
    scored = {p.use_case for p in placements if p.inference_tier == CLOUD}
    whole = any(stream.name in case.reads for case in site.use_cases if case.name in scored)
    kb = stream.kb if whole or stream.leaves is None else stream.leaves.kb
    return site.connectivity.tier != "offline_first" and kb.high <= _LARGEST_MESSAGE_KB


def uploaded_streams(site: Site, placements: Iterable[Placement]) -> tuple[Stream, ...]:
    """The streams that land in the bucket as files, by name."""
    placed = tuple(placements)
    landing = landing_streams(site, placed)
    return tuple(stream for stream in landing if not is_live(site, stream, placed))
