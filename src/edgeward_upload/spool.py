"""What waits on disk: a folder for each stream, in it a file for each item.

A program hands an item over by renaming it to its last name, once it is on disk; a name that begins
with a dot is not handed over yet.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from edgeward_upload.settings import Settings

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_ABANDONED_SECONDS = 86_400


class Item(NamedTuple):
    """`changed` and `size` tell it from another one that came to have its name."""

    stream: str
    folder: str
    path: Path
    size: int
    changed: int

    def remove(self) -> bool:
        """False where it was replaced meanwhile, or is gone."""
        try:
            now = self.path.lstat()
            if (now.st_size, now.st_mtime_ns) != (self.size, self.changed):
                return False
            self.path.unlink()
        except FileNotFoundError:
            return False
        return True


class Spool:
    """The folders below `root`, in the order of the streams' priority.

    `strange` are the files that cannot be items, by stream, as of the last listing.
    """

    def __init__(self, root: Path, settings: Settings) -> None:
        self._root, self._settings = root, settings
        self.strange: dict[str, int] = {}

    def list_items(self, now: float) -> list[Item]:
        """All items, in the order in which they are sent: by priority, then by name."""
        return [
            item
            for stream in self._settings.streams
            for item in sorted(self._read(stream.name, stream.folder, now), key=_by_name)
        ]

    def make_room(self, items: Sequence[Item]) -> list[Item]:
        """Give up what is beyond the bound, from the end of what is sent last."""
        excess, given_up = self._excess(items), list[Item]()
        for item in reversed(items):
            if excess <= 0:
                break
            if item.remove():
                excess -= item.size
                given_up.append(item)
        return given_up

    def _excess(self, items: Sequence[Item]) -> float:
        """Bytes too many: beyond what may wait, or in the way of the disk's reserve."""
        disk = os.statvfs(self._root)
        reserve = disk.f_blocks * self._settings.free_percent / 100
        short = (reserve - disk.f_bavail) * disk.f_frsize
        most = self._settings.most_bytes
        return short if most is None else max(short, sum(item.size for item in items) - most)

    def _read(self, stream: str, folder: str, now: float) -> Iterator[Item]:
        self.strange[stream] = 0
        try:
            entries = os.scandir(self._root / stream)
        except FileNotFoundError:
            return
        with entries:
            for entry in entries:
                try:
                    found = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue
                if entry.name.startswith("."):
                    self._forget_abandoned(entry, now - found.st_mtime)
                elif stat.S_ISREG(found.st_mode) and _NAME.fullmatch(entry.name):
                    size, changed = found.st_size, found.st_mtime_ns
                    yield Item(stream, folder, Path(entry.path), size, changed)
                else:
                    self.strange[stream] += 1

    def _forget_abandoned(self, entry: os.DirEntry[str], age: float) -> None:
        """What a program that was killed left half written; nobody was told that it is kept."""
        if age > _ABANDONED_SECONDS and entry.is_file(follow_symlinks=False):
            Path(entry.path).unlink(missing_ok=True)


def _by_name(item: Item) -> str:
    return item.path.name
