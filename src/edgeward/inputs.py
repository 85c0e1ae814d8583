"""The digest of everything that the result for a plant depends on, from the bytes of the files.

Two runs with the same digest find the same. Positions and comments count, as messages name lines;
so do edgeward's own code and the libraries that put words into messages.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from edgeward.declare.code_owners import PLACES
from edgeward.declare.signing import KEYS_FILE
from edgeward.shipped import shipped_path

_MOST_BYTES = 32_000_000
_STACK_LIBRARIES = ("pulumi", "pulumi-aws")
_LIBRARIES = ("jsonschema", "pyyaml", "jinja2", "wasmtime")


def digest_frame(root: Path, today: date) -> str:
    """What all plants of a repository share: catalog, fleet, rules, thresholds, templates, day."""
    folders = [
        *(shipped_path("policies"), shipped_path("templates")),
        *(root / "policies", root / "templates"),
    ]
    parts = [digest_stock(root), today.isoformat()]
    parts += [_digest_folder(each) for each in dict.fromkeys(folders)]
    parts += [_digest_file(root / each) for each in ("sites/fleet.yaml", KEYS_FILE, *PLACES)]
    return _digest_parts([*parts, digest_rollouts(root)])


def digest_rollouts(root: Path) -> str:
    """The declared rollouts, which say how fast AWS's agents bring a release to boxes."""
    files = sorted((root / "rollouts").glob("*.yaml"))
    return _digest_parts([part for each in files for part in (each.name, _digest_file(each))])


def digest_stock(root: Path) -> str:
    """What a repository's catalog is read from, and the code that reads it."""
    folders = dict.fromkeys((shipped_path("catalog"), root / "sites" / "catalog"))
    return _digest_parts([_digest_code(), *map(_digest_folder, folders)])


def still(before: str, after: str) -> str:
    """The digest of what was read between two digests; that of nothing else if it moved."""
    return before if before == after else _digest_parts(["moved", before, after])


def digest_plant(frame: str, root: Path, name: str, *question: str, besides: bool = False) -> str:
    """What one plant's answer to a question depends on; `besides` leaves its declaration out."""
    folder = root / "sites" / name
    files = [
        part
        for path in _files(folder)
        if not (besides and path.name == "site.yaml")
        for part in (str(path), _digest_file(folder / path))
    ]
    return _digest_parts([frame, name, *question, *files])


def digest_pair(before: str, after: str, question: str) -> str:
    """What the answer to a question about two versions of a plant depends on."""
    return _digest_parts([before, after, question])


@cache
def digest_built() -> str:
    """The programs that make cloud resources."""
    found = find_spec("edgeward_stacks")
    folders = found.submodule_search_locations if found is not None else None
    stacks = [_digest_folder(Path(each)) for each in folders or ()]
    return _digest_parts(["built", *stacks, *map(_version, _STACK_LIBRARIES)])


@cache
def _digest_code() -> str:
    """edgeward as it is installed: of a source tree, the version alone says nothing."""
    package = Path(__file__).parent
    libraries = map(_version, _LIBRARIES)
    return _digest_parts([sys.version, *libraries, _digest_folder(package)])


def _version(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return f"{library} absent"


def _digest_folder(folder: Path) -> str:
    return _digest_parts(
        [part for path in _files(folder) for part in (str(path), _digest_file(folder / path))]
    )


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            yield path.relative_to(folder)


def _digest_file(path: Path) -> str:
    """Of a file too large to be read by edgeward, which a link can lead to, only what it is."""
    try:
        if (size := path.stat().st_size) > _MOST_BYTES:
            return f"{size} bytes"
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "absent"


def _digest_parts(parts: list[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="surrogateescape")).hexdigest()
