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
from importlib.metadata import version
from pathlib import Path

from edgeward.declare.code_owners import PLACES
from edgeward.lock import LOCK_NAME
from edgeward.shipped import shipped_path

_LIBRARIES = ("jsonschema", "pyyaml", "jinja2", "wasmtime")


def digest_frame(root: Path, today: date) -> str:
    """What all plants of a repository share: catalog, fleet, rules, thresholds, templates, day."""
    folders = [
        *(shipped_path("catalog"), shipped_path("policies"), shipped_path("templates")),
        *(root / "sites" / "catalog", root / "policies", root / "templates"),
    ]
    parts = [_digest_code(), today.isoformat()]
    parts += [_digest_folder(each) for each in dict.fromkeys(folders)]
    parts += [_digest_file(root / each) for each in ("sites/fleet.yaml", *PLACES)]
    return _digest_parts(parts)


def digest_plant(frame: str, root: Path, name: str, *question: str) -> str:
    """What one plant's answer to a question depends on."""
    folder = root / "sites" / name
    files = (_digest_file(folder / each) for each in ("site.yaml", LOCK_NAME))
    return _digest_parts([frame, name, *question, *files])


@cache
def _digest_code() -> str:
    """edgeward as it is installed: of a source tree, the version alone says nothing."""
    package = Path(__file__).parent
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    return _digest_parts([sys.version, *libraries, _digest_folder(package)])


def _digest_folder(folder: Path) -> str:
    return _digest_parts(
        [part for path in _files(folder) for part in (str(path), _digest_file(folder / path))]
    )


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            yield path.relative_to(folder)


def _digest_file(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "absent"


def _digest_parts(parts: list[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="surrogateescape")).hexdigest()
