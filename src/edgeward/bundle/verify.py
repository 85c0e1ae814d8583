"""Whether a bundle is what was signed, whole and not older than what this machine has seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edgeward.bundle.archive import Untrusted, unpack_files
from edgeward.bundle.bundle import MANIFEST
from edgeward.bundle.render import BundleFile
from edgeward.bundle.signature import read_signed


@dataclass(frozen=True, slots=True)
class Verified:
    """A trusted bundle: which box of which site it is for, its release, how many files it has."""

    site: str
    box: str
    release: int
    files: int

    @property
    def name(self) -> str:
        return f"{self.site}/{self.box}"


def verify_bundle(
    archive: bytes, envelope: bytes, public_key: Path, seen: Mapping[str, int]
) -> Verified:
    """Check a bundle against its signature; `seen` has the highest release by `site/box`.

    Raises Untrusted with everything that differs.
    """
    signed = read_signed(envelope, public_key)
    files = unpack_files(archive)
    found = next((file for file in files if file.path == MANIFEST), None)
    if found is None or found.content != signed:
        raise Untrusted(f"{MANIFEST} is not the one that was signed")
    manifest = json.loads(signed)
    wrong = [*_differences(manifest, files)]
    if wrong:
        raise Untrusted("; ".join(wrong))
    verified = Verified(manifest["site"], manifest["box"], manifest["release"], len(files))
    if verified.release < seen.get(verified.name, 0):
        raise Untrusted(
            f"release {verified.release} is older than {seen[verified.name]}, which was seen here"
        )
    return verified


def _differences(manifest: Mapping[str, Any], files: Iterable[BundleFile]) -> Iterator[str]:
    listed = {entry["path"]: entry for entry in manifest["files"]}
    there = {file.path: file for file in files if file.path != MANIFEST}
    for path in sorted(listed.keys() | there.keys()):
        if path not in there:
            yield f"{path} is missing"
        elif path not in listed:
            yield f"{path} was added"
        else:
            yield from _compare(listed[path], there[path])


def _compare(entry: Mapping[str, Any], file: BundleFile) -> Iterator[str]:
    if entry["sha256"] != hashlib.sha256(file.content).hexdigest():
        yield f"{file.path} was changed"
    if entry["mode"] != f"{file.mode:04o}" or entry["owner"] != file.owner:
        yield f"{file.path} has another mode or owner"
