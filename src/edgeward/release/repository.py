"""A TUF repository on disk: `metadata/`, `targets/`, and `releases/` with what was built.

Whoever reads it follows `timestamp.json`, which is replaced last: a kill before that leaves files
that nothing refers to, and the next run writes them again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from securesystemslib.signer import Signer
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import (
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from edgeward.errors import UsageError
from edgeward.release.keys import ReleaseKeys, RoleKeys
from edgeward.release.versions import newest, read
from edgeward.write import sync_file_system, write_file_atomically

S = TypeVar("S", Snapshot, Timestamp, Targets)


@dataclass(frozen=True, slots=True)
class Published:
    """The metadata that clients see now; `roles` are the delegated ones by name."""

    root: Metadata[Root]
    targets: Metadata[Targets]
    snapshot: Metadata[Snapshot] | None
    timestamp: Metadata[Timestamp] | None
    roles: Mapping[str, Metadata[Targets]]


def read_published(repository: Path) -> Published:
    """Raises UsageError for a folder that is no repository yet, or is damaged."""
    folder = repository / "metadata"
    try:
        root = newest(folder, "root", Root)
        targets = newest(folder, "targets", Targets)
        first = not (folder / "timestamp.json").is_file()
        timestamp = None if first else read(folder / "timestamp.json", Timestamp)
        snapshot = None
        listed: Mapping[str, MetaFile] = {}
        if timestamp is not None:
            version = timestamp.signed.snapshot_meta.version
            snapshot = read(folder / f"{version}.snapshot.json", Snapshot)
            listed = snapshot.signed.meta
        roles = {
            name.removesuffix(".json"): read(folder / f"{meta.version}.{name}", Targets)
            for name, meta in listed.items()
            if name != "targets.json"
        }
    except RepositoryError as error:
        raise UsageError(f"{repository}: its metadata cannot be read: {error}") from error
    if root is None or targets is None:
        raise UsageError(f"{repository}: is not signed yet; run `edgeward release keys` first")
    return Published(root, targets, snapshot, timestamp, roles)


def publish(
    repository: Path,
    wanted: Mapping[str, Mapping[str, TargetFile]],
    keys: ReleaseKeys,
    signers: Mapping[str, Signer],
    now: datetime,
) -> tuple[str, ...]:
    """Sign what `wanted` says of each role, with snapshot and timestamp; the roles that changed.

    A role that is not in `wanted` stays as it is, and is signed anew past half of its time.

    Raises UsageError where the signers do not reach a threshold; then nothing was written.
    """
    before = read_published(repository)
    signing = _Signing(before, keys, signers, now)
    changed = {
        name: signing.role(name, wanted.get(name))
        for name in sorted({*before.roles, *wanted})
        if signing.is_due(name, wanted.get(name))
    }
    snapshot = signing.snapshot(changed)
    timestamp = signing.timestamp(snapshot)
    folder = repository / "metadata"
    for name, metadata in changed.items():
        _write(folder / f"{metadata.signed.version}.{name}.json", metadata.to_bytes())
    _write(folder / f"{snapshot.signed.version}.snapshot.json", snapshot.to_bytes())
    sync_file_system(folder)
    write_file_atomically(folder / "timestamp.json", timestamp.to_bytes())
    return tuple(changed)


@dataclass(frozen=True, slots=True)
class _Signing:
    before: Published
    keys: ReleaseKeys
    signers: Mapping[str, Signer]
    now: datetime

    def is_due(self, name: str, wanted: Mapping[str, TargetFile] | None) -> bool:
        known = self.before.roles.get(name)
        if known is None or (wanted is not None and known.signed.targets != wanted):
            return True
        half = timedelta(days=self.keys.of_role(name).days) / 2
        return known.signed.expires - self.now < half and self._is_delegated(name)

    def role(self, name: str, wanted: Mapping[str, TargetFile] | None) -> Metadata[Targets]:
        known = self.before.roles.get(name)
        targets = dict(wanted) if wanted is not None else known.signed.targets if known else {}
        version = known.signed.version + 1 if known is not None else 1
        metadata = Metadata(Targets(version=version, targets=targets))
        if not self._is_delegated(name):
            message = f"{name}: no key may sign for it yet; run `edgeward release keys`"
            raise UsageError(message)
        return self._sign(metadata, name, self.keys.of_role(name))

    def snapshot(self, changed: Mapping[str, Metadata[Targets]]) -> Metadata[Snapshot]:
        """Roles once listed stay: a client takes one that has gone for an attack."""
        known = self.before.snapshot
        meta = dict(known.signed.meta) if known is not None else {}
        for name, each in {"targets": self.before.targets, **changed}.items():
            meta[f"{name}.json"] = _describe(each)
        version = known.signed.version + 1 if known is not None else 1
        unsigned = Metadata(Snapshot(version=version, meta=meta))
        return self._sign(unsigned, "snapshot", self.keys.roles["snapshot"])

    def timestamp(self, snapshot: Metadata[Snapshot]) -> Metadata[Timestamp]:
        known = self.before.timestamp
        version = known.signed.version + 1 if known is not None else 1
        metadata = Metadata(Timestamp(version=version, snapshot_meta=_describe(snapshot)))
        return self._sign(metadata, "timestamp", self.keys.roles["timestamp"])

    def _sign(self, metadata: Metadata[S], name: str, role: RoleKeys) -> Metadata[S]:
        metadata.signed.expires = self.now + timedelta(days=role.days)
        delegator = self.before.targets if self._is_delegated(name) else self.before.root
        found = delegator.signed.get_delegated_role(name)
        for keyid in found.keyids:
            if keyid in self.signers:
                metadata.sign(self.signers[keyid], append=True)
        if len(metadata.signatures) < found.threshold:
            raise UsageError(
                f"{name}: the keys given make {len(metadata.signatures)} of the "
                f"{found.threshold} signatures needed; give more with --key"
            )
        return metadata

    def _is_delegated(self, name: str) -> bool:
        delegations = self.before.targets.signed.delegations
        return delegations is not None and name in (delegations.roles or {})


def _describe(metadata: Metadata[S]) -> MetaFile:
    content = metadata.to_bytes()
    return MetaFile.from_data(metadata.signed.version, content, ["sha256"])


def _write(path: Path, content: bytes) -> None:
    """Nothing refers to the file yet, so half of it does no harm."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
