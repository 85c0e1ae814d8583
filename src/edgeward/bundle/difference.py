"""What a new rendering changes against the last one, as people read it in a review."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path

from edgeward.write import MARKER, OutputFile

_PACKED = (".tar", ".sig.json")


def compare_trees(last: Path, files: Iterable[OutputFile]) -> Iterator[str]:
    """The lines of a unified diff from the folder `last` to `files`, file by file.

    Archives are left out: they hold the same files.
    """
    new = {file.path: file for file in files}
    old = {path.relative_to(last).as_posix(): path for path in sorted(last.rglob("*"))}
    there = {
        name: path
        for name, path in old.items()
        if path.is_file() and name != MARKER and not name.endswith(_PACKED)
    }
    for name in sorted(there.keys() | new.keys()):
        yield from _compare(name, there.get(name), new.get(name))


def _compare(name: str, old: Path | None, new: OutputFile | None) -> Iterator[str]:
    before = _lines(old.read_bytes()) if old is not None else []
    after = _lines(new.content) if new is not None else []
    yield from difflib.unified_diff(
        before,
        after,
        fromfile=f"a/{name}" if old is not None else "/dev/null",
        tofile=f"b/{name}" if new is not None else "/dev/null",
    )
    if old is not None and new is not None and old.stat().st_mode & 0o7777 != new.mode:
        yield f"{name}: mode {old.stat().st_mode & 0o7777:04o} becomes {new.mode:04o}\n"


def _lines(content: bytes) -> list[str]:
    lines = content.decode("utf-8", errors="replace").splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return lines
