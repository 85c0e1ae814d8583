"""Metadata files by version, as consistent snapshots name them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Snapshot, Targets, Timestamp

S = TypeVar("S", Root, Timestamp, Snapshot, Targets)


def newest(folder: Path, role: str, kind: type[S]) -> Metadata[S] | None:
    """The highest version of a role, None where there is none; raises RepositoryError."""
    versions = [*_versions(folder, role)]
    return read(folder / f"{max(versions)}.{role}.json", kind) if versions else None


def read(path: Path, kind: type[S]) -> Metadata[S]:
    """Raises RepositoryError for a file that is missing or is not of the kind."""
    try:
        metadata = Metadata[S].from_bytes(path.read_bytes())
    except OSError as error:
        raise RepositoryError(f"{path.name}: {error}") from error
    if metadata.signed.type != kind.type:
        raise RepositoryError(f"{path.name} is no {kind.type} metadata")
    return metadata


def _versions(folder: Path, role: str) -> Iterator[int]:
    for path in folder.glob(f"*.{role}.json"):
        version = path.name.partition(".")[0]
        if version.isdigit():
            yield int(version)
