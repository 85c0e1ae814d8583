"""Root and targets: signed offline, by several people one after the other, and seldom.

What waits for signatures is in `pending/`. It travels to whoever holds the next key, and becomes
valid metadata with the signature that reaches the threshold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from securesystemslib.signer import Key, Signer
from tuf.api.exceptions import RepositoryError, UnsignedMetadataError
from tuf.api.metadata import DelegatedRole, Delegations, Metadata, Role, Root, Targets

from edgeward.errors import UsageError
from edgeward.release.keys import MODELS, ReleaseKeys, RoleKeys, plant_role
from edgeward.release.versions import newest
from edgeward.write import write_file_atomically

S = TypeVar("S", Root, Targets)
_ROOT_ROLES = ("root", "targets", "snapshot", "timestamp")


@dataclass(frozen=True, slots=True)
class Ceremony:
    """How far a role got: `signed` of `needed` signatures; complete ones are in the repository."""

    role: str
    version: int
    signed: int
    needed: int

    @property
    def complete(self) -> bool:
        return self.signed >= self.needed


def sign_offline(
    repository: Path,
    keys: ReleaseKeys,
    plants: Sequence[str],
    signers: Mapping[str, Signer],
    now: datetime,
) -> tuple[Ceremony, ...]:
    """Add signatures to root and targets where they differ from `releases/keys.yaml` or are due.

    None where both are as they should be.

    Raises UsageError for a repository that cannot be read, or keys that may sign neither.
    """
    try:
        found = (
            _root(repository, keys, signers, now),
            _targets(repository, keys, plants, signers, now),
        )
    except (RepositoryError, ValueError) as error:
        raise UsageError(f"{repository}: its metadata cannot be read: {error}") from error
    return tuple(each for each in found if each is not None)


def _root(
    repository: Path, keys: ReleaseKeys, signers: Mapping[str, Signer], now: datetime
) -> Ceremony | None:
    old = newest(repository / "metadata", "root", Root)
    new = Root(
        version=old.signed.version + 1 if old else 1, expires=_expiry(keys.roles["root"], now)
    )
    for name in _ROOT_ROLES:
        role = keys.roles[name]
        new.roles[name] = Role([], role.threshold)
        for key in role.keys:
            new.add_key(key, name)
    good = old is not None and _is_good(old, keys.roles["root"], now)
    if good and old and (old.signed.keys, old.signed.roles) == (new.keys, new.roles):
        return None
    pending = _continue(repository, "root", Metadata(new))
    _sign(pending, _holders(new, old), signers)
    result = pending.signed.get_root_verification_result(
        old.signed if old else None, pending.signed_bytes, pending.signatures
    )
    counted = (result.first, result.second)
    short = min(counted, key=lambda each: len(each.signed) - each.threshold)
    return _finish(repository, pending, "root", len(short.signed), short.threshold)


def _targets(
    repository: Path,
    keys: ReleaseKeys,
    plants: Sequence[str],
    signers: Mapping[str, Signer],
    now: datetime,
) -> Ceremony | None:
    root = newest(repository / "metadata", "root", Root)
    if root is None:
        return None  # first the root, which says who may sign this
    old = newest(repository / "metadata", "targets", Targets)
    version = old.signed.version + 1 if old else 1
    delegations = _delegations(keys, plants)
    new = Targets(
        version=version, expires=_expiry(keys.roles["targets"], now), delegations=delegations
    )
    good = old is not None and _is_good(old, keys.roles["targets"], now)
    same = good and old is not None and old.signed.delegations == delegations
    if same and old is not None and _is_verified(root, old):
        return None
    pending = _continue(repository, "targets", Metadata(new))
    role = root.signed.roles["targets"]
    _sign(pending, role.keyids, signers)
    payload, signatures = pending.signed_bytes, pending.signatures
    result = root.signed.get_verification_result("targets", payload, signatures)
    return _finish(repository, pending, "targets", len(result.signed), result.threshold)


def _delegations(keys: ReleaseKeys, plants: Sequence[str]) -> Delegations:
    roles: dict[str, DelegatedRole] = {}
    known: dict[str, Key] = {}
    listed = [(MODELS, keys.roles[MODELS], f"{MODELS}/*")]
    listed += [(plant_role(each), keys.of_plant(each), f"plants/{each}/*") for each in plants]
    for name, role, pattern in listed:
        known.update({key.keyid: key for key in role.keys})
        keyids = [key.keyid for key in role.keys]
        roles[name] = DelegatedRole(name, keyids, role.threshold, True, [pattern])
    return Delegations(known, roles)


def _continue(repository: Path, role: str, new: Metadata[S]) -> Metadata[S]:
    """What waits already, where it says the same but for its date; else the new one."""
    path = _pending(repository, role)
    if path.is_file():
        waiting = Metadata[S].from_bytes(path.read_bytes())
        new_signed = type(new.signed).from_dict(new.signed.to_dict())
        new_signed.expires = waiting.signed.expires
        if waiting.signed == new_signed:
            return waiting
    return new


def _holders(new: Root, old: Metadata[Root] | None) -> list[str]:
    """Both roots have to agree that the new one is right."""
    before = old.signed.roles["root"].keyids if old is not None else []
    return [*new.roles["root"].keyids, *before]


def _sign(metadata: Metadata[S], keyids: Sequence[str], signers: Mapping[str, Signer]) -> None:
    for keyid in dict.fromkeys(keyids):
        if keyid in signers:
            metadata.sign(signers[keyid], append=True)


def _finish(
    repository: Path,
    metadata: Metadata[Root] | Metadata[Targets],
    role: str,
    signed: int,
    needed: int,
) -> Ceremony:
    version = metadata.signed.version
    pending = _pending(repository, role)
    if signed < needed:
        write_file_atomically(pending, metadata.to_bytes())
    else:
        write_file_atomically(
            repository / "metadata" / f"{version}.{role}.json", metadata.to_bytes()
        )
        pending.unlink(missing_ok=True)
    return Ceremony(role, version, signed, needed)


def _pending(repository: Path, role: str) -> Path:
    return repository / "pending" / f"{role}.json"


def _expiry(role: RoleKeys, now: datetime) -> datetime:
    return now.replace(microsecond=0) + timedelta(days=role.days)


def _is_good(metadata: Metadata[Root] | Metadata[Targets], role: RoleKeys, now: datetime) -> bool:
    """Whether more than half of its time is left."""
    return metadata.signed.expires - now > timedelta(days=role.days) / 2


def _is_verified(root: Metadata[Root], targets: Metadata[Targets]) -> bool:
    try:
        root.signed.verify_delegate("targets", targets.signed_bytes, targets.signatures)
    except UnsignedMetadataError:
        return False
    return True
