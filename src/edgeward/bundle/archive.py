"""A bundle as one file: a tar archive whose bytes depend on nothing but its members.

Not compressed: a compressor's output changes with its version, and a bundle is a hundred kilobytes.
Reading trusts nothing: whatever is not exactly what packing gives is refused.
"""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from edgeward.bundle.render import BundleFile
from edgeward.errors import EdgewardError, ExitCode

LARGEST_BYTES = 64_000_000


class Untrusted(EdgewardError):
    """A bundle that is not what was signed, or is older than one that was seen."""

    exit_code = ExitCode.FINDINGS


def pack_files(files: Iterable[BundleFile]) -> bytes:
    """The archive: members by path, no time, no numbers of users, no folders."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for file in sorted(files, key=lambda file: file.path):
            member = tarfile.TarInfo(file.path)
            member.size = len(file.content)
            member.mode = file.mode
            member.uname = member.gname = file.owner
            archive.addfile(member, io.BytesIO(file.content))
    return stream.getvalue()


def zip_files(archive: Path) -> bytes:
    """The members of an archive of ours as a zip, which is all that Greengrass unpacks."""
    stream = io.BytesIO()
    with tarfile.open(archive, mode="r:") as members, zipfile.ZipFile(stream, "w") as packed:
        for member in members:
            content = members.extractfile(member)
            if content is not None:
                entry = zipfile.ZipInfo(member.name)
                entry.external_attr = (stat.S_IFREG | member.mode) << 16
                packed.writestr(entry, content.read())
    return stream.getvalue()


def unpack_files(content: bytes) -> tuple[BundleFile, ...]:
    """The files of an archive. Raises Untrusted for one that `pack_files` does not give."""
    if len(content) > LARGEST_BYTES:
        raise Untrusted("the archive is larger than any bundle")
    try:
        files = tuple(_members(content))
    except (tarfile.TarError, ValueError, EOFError, OSError) as error:
        raise Untrusted(f"the archive cannot be read: {error}") from error
    if len({file.path for file in files}) != len(files):
        raise Untrusted("the archive holds a file twice")
    if pack_files(files) != content:
        raise Untrusted("the archive holds more than its files, or holds them in another way")
    return files


def _members(content: bytes) -> Iterator[BundleFile]:
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isreg() else None
            parts = member.name.split("/")
            if stream is None or "" in parts or ".." in parts or "." in parts:
                raise Untrusted(f"{member.name!a} is no plain file inside the bundle")
            yield BundleFile(member.name, member.mode, stream.read(), member.uname)
