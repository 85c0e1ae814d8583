"""Which files of the bundles differ, and what on a box restarts or reads its file again."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from edgeward.bundle.bundle import MANIFEST, Bundle
from edgeward.bundle.render import BundleFile
from edgeward.diff.change import BoxChange, Version

_BOOKKEEPING = ("files", "inputs_digest", "packs", "release")
"""What of a manifest follows from something else."""
_RELOADS = (
    (r"etc/mosquitto/.*", "mosquitto"),
    (r"etc/nftables\.d/.*|usr/lib/edgeward/apply-firewall", "edgeward-firewall"),
    (r"etc/prometheus/.*", "prometheus"),
)
"""Whose programs read their files anew while they run."""
_RESTARTS = (
    (r"etc/edgeward/use_cases/(?P<name>.+)\.json", "{name}"),
    (r"etc/edgeward/compose\.yaml", "containers whose definition differs"),
    (r"etc/systemd/system/(?P<name>.+)\.(service|timer)", "{name}"),
    (r"etc/otelcol/.*", "edgeward-collector"),
    (r".*greengrass.*", "the component, by a Greengrass deployment"),
)


def compare_boxes(before: Version | None, after: Version | None) -> tuple[BoxChange, ...]:
    """The boxes whose bundle differs, by name."""
    old, new = _bundles(before), _bundles(after)
    changes = (_compare(name, old.get(name), new.get(name)) for name in sorted({*old, *new}))
    return tuple(each for each in changes if each.added or each.changed or each.removed)


def _bundles(version: Version | None) -> dict[str, Bundle]:
    return {each.name: each for each in (version.result.bundles if version is not None else ())}


def _compare(name: str, old: Bundle | None, new: Bundle | None) -> BoxChange:
    had, has = _files(old), _files(new)
    changed = sorted(path for path in had.keys() & has.keys() if had[path] != has[path])
    added, removed = sorted(has.keys() - had.keys()), sorted(had.keys() - has.keys())
    touched = (*added, *changed, *removed)
    reloads, restarts = (_users(touched, table) for table in (_RELOADS, _RESTARTS))
    lines = tuple(_lines(old, new, changed))
    state = "new" if old is None else "gone" if new is None else "changed"
    files = (tuple(added), tuple(changed), tuple(removed))
    return BoxChange(name, state, *files, restarts, reloads, lines)


def _files(bundle: Bundle | None) -> dict[str, tuple[int, str, object]]:
    """What each file means: the digest of the inputs, which changes with all, is left out."""
    if bundle is None:
        return {}
    manifest: dict[str, Any] = json.loads(bundle.manifest)
    digest = str(manifest["inputs_digest"]).encode()
    return {
        file.path: (file.mode, file.owner, _meaning(file, manifest, digest))
        for file in bundle.files
    }


def _meaning(file: BundleFile, manifest: dict[str, Any], digest: bytes) -> object:
    if file.path == MANIFEST:
        return {key: value for key, value in manifest.items() if key not in _BOOKKEEPING}
    return file.content.replace(digest, b"") if digest else file.content


def _lines(old: Bundle | None, new: Bundle | None, changed: Iterable[str]) -> Iterator[str]:
    if old is None or new is None:
        return
    for path in changed:
        if _users([path], (*_RELOADS, *_RESTARTS)):
            before, after = (_text(bundle, path) for bundle in (old, new))
            told = difflib.unified_diff(before, after, n=0, lineterm="")
            for line in islice(told, 2, None):
                if not line.startswith("@@"):
                    yield line[0] + line[1:].strip()


def _text(bundle: Bundle, path: str) -> list[str]:
    content = next(file.content for file in bundle.files if file.path == path)
    return content.decode("utf-8", errors="replace").splitlines()


def _users(paths: Iterable[str], table: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """What uses the files, by a table of patterns; nothing on the box reads the others."""
    return tuple(
        dict.fromkeys(
            name.format(**hit.groupdict())
            for path in paths
            for pattern, name in table
            if (hit := re.fullmatch(pattern, path))
        )
    )
