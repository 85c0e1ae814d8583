"""What the uploader of a box has to know: which streams, where to, when, how fast, how many bytes.

A box whose streams all leave as messages has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from edgeward.bundle.box import BOXES, Box
from edgeward.bundle.number import pick_most
from edgeward.bundle.sizing import size_queues
from edgeward.bundle.window import ClockWindow, sync_windows
from edgeward.facts.upload import plant_bucket, role_alias, stream_folder
from edgeward.program import make_program

PROGRAM_PATH = "usr/lib/edgeward/upload-streams"
UNSET_CREDENTIALS = "credentials-endpoint.invalid"
"""Stands for the host until the site names it; RFC 2606 keeps it from ever resolving."""
_BYTES_PER_MBIT = 125_000


@dataclass(frozen=True, slots=True)
class UploadedStream:
    """A folder of the spool, and the folder of the bucket that its items go to."""

    name: str
    folder: str


@dataclass(frozen=True, slots=True)
class Upload:
    """`streams` come by priority. None stands for a bound that nobody knows."""

    name: str
    thing: str
    role_alias: str
    region: str
    credentials_host: str
    bucket_host: str
    timezone: str
    windows: tuple[ClockWindow, ...]
    bytes_per_second: int | None
    most_bytes: int | None
    streams: tuple[UploadedStream, ...]


@dataclass(frozen=True, slots=True)
class UploadsContext:
    """`uploads` is empty or has one member; `encrypted` says that the class has an encrypted volume
    for what waits."""

    site: str
    title: str
    file: str
    device: str
    encrypted: bool
    uploads: tuple[Upload, ...]


@lru_cache(maxsize=BOXES)
def make_uploads_context(box: Box) -> UploadsContext:
    """Raises InvalidDeclaration for a sync window that is no time of the clock."""
    return UploadsContext(
        site=box.site.name,
        title=box.site.title or box.site.name,
        file=box.site.file,
        device=box.device.name,
        encrypted=box.encrypts,
        uploads=(_upload(box),) if box.uploaded else (),
    )


def upload_program() -> bytes:
    """The program that reads what this says."""
    return make_program("edgeward_upload")


def _upload(box: Box) -> Upload:
    sizing, region = size_queues(box), box.site.cloud.region or "us-east-1"
    domain = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    # Too high takes more than its share; too low would keep items back for ever.
    share = box.upload_mbps.stated or pick_most(box.upload_mbps)
    return Upload(
        name="upload",
        thing=box.identity.client,
        role_alias=role_alias(box.site, box.device.name),
        region=region,
        credentials_host=box.site.cloud.credentials_endpoint or UNSET_CREDENTIALS,
        bucket_host=f"{plant_bucket(box.site)}.s3.{region}.{domain}",
        timezone=box.site.timezone or "UTC",
        windows=sync_windows(box.site),
        bytes_per_second=None if share is None else max(1, int(share * _BYTES_PER_MBIT)),
        most_bytes=sizing.spool_bytes,
        streams=tuple(
            UploadedStream(stream.name, stream_folder(stream.name))
            for stream in sizing.streams
            if stream.uploaded
        ),
    )
