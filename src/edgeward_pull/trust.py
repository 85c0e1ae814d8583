"""What a repository's metadata may be trusted for: the client workflow of TUF (specification 1.0).

The trusted metadata is kept in a folder, one file a role; a file is only replaced by one that was
verified, so a kill leaves the old or the new.
"""

from __future__ import annotations

import fnmatch
import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from edgeward_pull.disk import replace_file
from edgeward_pull.refused import Missing, Refused
from edgeward_pull.signature import count_signatures

Json = Mapping[str, Any]
Fetch = Callable[[str, int], bytes]
"""A file of the metadata by name, with the most bytes that it may have."""

_ROOT_MOST, _TIMESTAMP_MOST, _MOST = 512_000, 16_384, 5_000_000
_ROTATIONS = 256


class Target(NamedTuple):
    """A file that was signed for; `custom` is what the signer said of it."""

    path: str
    length: int
    sha256: str
    custom: Json


class Trust:
    """The metadata of a repository as last verified; `refresh` goes through the whole workflow."""

    def __init__(self, folder: Path, fetch: Fetch, now: datetime) -> None:
        self._folder, self._fetch, self._now = folder, fetch, now
        self._root: Json = _parse((folder / "root.json").read_bytes(), "root")["signed"]
        self._snapshot: Json = {}
        self._targets: Json = {}
        self._delegated: dict[str, Json] = {}

    def refresh(self) -> None:
        """Raises Refused for the first thing that is wrong."""
        try:
            self._refresh()
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Refused(f"metadata that was signed is not as TUF has it: {error!r}") from error

    def _refresh(self) -> None:
        self._update_root()
        timestamp = self._update_timestamp()
        self._snapshot = self._update_snapshot(timestamp)
        self._targets = self._update_listed("targets", self._root)

    def find(self, path: str) -> Target:
        """The signed description of a file, from the one role that may sign for it."""
        for role in self._targets.get("delegations", {}).get("roles", ()):
            if any(_matches(path, pattern) for pattern in role.get("paths", ())):
                return self._find_in(role, path)
        raise Refused(f"wrong plant: no key may sign for {path}")

    def _find_in(self, role: Json, path: str) -> Target:
        name = role["name"]
        if name not in self._delegated:
            self._delegated[name] = self._update_listed(name, self._targets["delegations"])
        targets = self._delegated[name]["targets"]
        for each in targets:
            if not any(_matches(each, pattern) for pattern in role["paths"]):
                raise Refused(f"wrong plant: {name} signs for {each}, which is not its own")
        if path not in targets:
            raise Refused(f"wrong plant: {name} has no release for {path}")
        found = targets[path]
        return Target(path, found["length"], found["hashes"]["sha256"], found.get("custom", {}))

    def _update_root(self) -> None:
        for _ in range(_ROTATIONS):
            version = self._root["version"] + 1
            try:
                content = self._fetch(f"{version}.root.json", _ROOT_MOST)
            except Missing:
                break
            new = _parse(content, "root")
            self._check_signed(new, "root", self._root)
            self._check_signed(new, "root", new["signed"])
            if new["signed"]["version"] != version:
                raise Refused(
                    f"rollback: root is version {new['signed']['version']}, not {version}"
                )
            if _online_keys(new["signed"]) != _online_keys(self._root):
                # So that a stolen key that signed a version far ahead does no harm for good.
                for name in ("timestamp", "snapshot"):
                    (self._folder / f"{name}.json").unlink(missing_ok=True)
            replace_file(self._folder / "root.json", content)
            self._root = new["signed"]
        self._check_fresh(self._root, "root")

    def _update_timestamp(self) -> Json:
        content = self._fetch("timestamp.json", _TIMESTAMP_MOST)
        signed = self._verify(content, "timestamp", self._root)
        seen = self._seen("timestamp")
        if seen is not None:
            _not_older(signed["version"], seen["version"], "timestamp")
            old, new = (each["meta"]["snapshot.json"]["version"] for each in (seen, signed))
            _not_older(new, old, "snapshot")
        self._check_fresh(signed, "timestamp")
        replace_file(self._folder / "timestamp.json", content)
        return signed

    def _update_snapshot(self, timestamp: Json) -> Json:
        listed = timestamp["meta"]["snapshot.json"]
        content = self._fetch(f"{listed['version']}.snapshot.json", listed.get("length", _MOST))
        _check_listed(content, listed, "snapshot")
        signed = self._verify(content, "snapshot", self._root)
        _check_version(signed, listed, "snapshot")
        for name, meta in (self._seen("snapshot") or {"meta": {}})["meta"].items():
            if name not in signed["meta"]:
                raise Refused(f"mix-and-match: {name} has gone from the snapshot")
            _not_older(signed["meta"][name]["version"], meta["version"], name)
        self._check_fresh(signed, "snapshot")
        replace_file(self._folder / "snapshot.json", content)
        return signed

    def _update_listed(self, role: str, delegator: Json) -> Json:
        """`targets` or a delegated role, in exactly the version that the snapshot lists."""
        listed = self._snapshot["meta"].get(f"{role}.json")
        if listed is None:
            raise Refused(f"mix-and-match: the snapshot does not list {role}")
        content = self._fetch(f"{listed['version']}.{role}.json", listed.get("length", _MOST))
        _check_listed(content, listed, role)
        signed = self._verify(content, role, delegator)
        _check_version(signed, listed, role)
        self._check_fresh(signed, role)
        return signed

    def _verify(self, content: bytes, role: str, delegator: Json) -> Json:
        metadata = _parse(content, role)
        self._check_signed(metadata, role, delegator)
        signed: Json = metadata["signed"]
        return signed

    def _check_signed(self, metadata: Json, role: str, delegator: Json) -> None:
        found = delegator["roles"]
        if isinstance(found, list):
            found = {each["name"]: each for each in found}
        names, threshold = found[role]["keyids"], max(int(found[role]["threshold"]), 1)
        count = count_signatures(metadata, delegator["keys"], names)
        if count == 0:
            raise Refused(f"arbitrary software: {role} is signed by no key that is trusted for it")
        if count < threshold:
            raise Refused(f"too few keys: {role} is signed by {count} of the {threshold} needed")

    def _check_fresh(self, signed: Json, role: str) -> None:
        expires = datetime.strptime(signed["expires"], "%Y-%m-%dT%H:%M:%SZ")
        if expires.replace(tzinfo=UTC) <= self._now:
            raise Refused(f"freeze: {role} was good until {signed['expires']}; nothing newer came")

    def _seen(self, role: str) -> Json | None:
        path = self._folder / f"{role}.json"
        if not path.exists():
            return None
        signed: Json = _parse(path.read_bytes(), role)["signed"]
        return signed


def _parse(content: bytes, role: str) -> Json:
    """Metadata of the right type; its inside is looked at only once its signature is verified."""
    kind = role if role in ("root", "timestamp", "snapshot") else "targets"
    try:
        metadata = json.loads(content)
        signed = metadata["signed"]
        good = signed["_type"] == kind and isinstance(metadata["signatures"], list)
        good = good and type(signed["version"]) is int and isinstance(signed["expires"], str)
    except (ValueError, KeyError, TypeError, RecursionError):
        good = False
    if not good:
        raise Refused(f"{role}: cannot be read as TUF metadata")
    found: Json = metadata
    return found


def _check_listed(content: bytes, listed: Json, role: str) -> None:
    wanted = listed.get("hashes", {}).get("sha256")
    if wanted is not None and hashlib.sha256(content).hexdigest() != wanted:
        raise Refused(f"mix-and-match: {role} is not the file that belongs with the others")


def _check_version(signed: Json, listed: Json, role: str) -> None:
    if signed["version"] != listed["version"]:
        raise Refused(
            f"mix-and-match: {role} is version {signed['version']}, "
            f"and {listed['version']} belongs with the others"
        )


def _not_older(new: int, seen: int, role: str) -> None:
    if new < seen:
        raise Refused(f"rollback: {role} is version {new}, and {seen} was seen before")


def _online_keys(root: Json) -> list[Any]:
    return [root["roles"][name]["keyids"] for name in ("timestamp", "snapshot")]


def _matches(path: str, pattern: str) -> bool:
    ours, theirs = path.split("/"), pattern.split("/")
    return len(ours) == len(theirs) and all(map(fnmatch.fnmatchcase, ours, theirs))
