"""What was worked out before, by the digest of everything that it followed from.

Each entry is a file in the user's cache directory, renamed into place whole, so runs at the same
time do not disturb one another and all of it may be deleted at any moment. What is damaged, or
cannot be read or written, is as good as absent. An entry can hold edgeward's own data types and
nothing else: reading one never runs code that it names.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import os
import pickle
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Any

from edgeward.policy.user_cache import cache_directory

_DRAWER = 64
"""Entries in each of 256 folders: the oldest make room, so there are at most 16,384."""
_MOST_BYTES = 4_000_000


class Store:
    """Values by key; a key is a hex digest."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, key: str) -> bool:
        return self._file(key).is_file()

    def get(self, key: str) -> Any:
        """The value, or None where there is none."""
        try:
            data = self._file(key).read_bytes()
            seal, packed = data[:32], data[32:]
            if seal != hashlib.sha256(packed).digest():
                return None
            return _Reader(io.BytesIO(packed)).load()
        except Exception:  # whatever stands there is no entry of this edgeward
            return None

    def put(self, key: str, value: object) -> None:
        packed = _pack(value)
        if len(packed) > _MOST_BYTES:
            return
        file = self._file(key)
        with suppress(OSError):  # worked out again next time, not wrong
            file.parent.mkdir(parents=True, exist_ok=True)
            _make_room(file.parent)
            handle, name = tempfile.mkstemp(dir=file.parent, prefix=".")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(hashlib.sha256(packed).digest() + packed)
                Path(name).replace(file)
            except OSError:
                Path(name).unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self._folder / key[:2] / key


def open_store() -> Store | None:
    """The user's store; None without a cache directory, or where another user could write to it."""
    base = cache_directory()
    if base is None:
        return None
    folder = base / "results"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        stat = folder.stat()
    except OSError:
        return None
    own = stat.st_uid == os.getuid() and not stat.st_mode & 0o022
    return Store(folder) if own else None


def _make_room(drawer: Path) -> None:
    with os.scandir(drawer) as entries:
        files = list(entries)
    if len(files) < _DRAWER:
        return
    ages = []
    for entry in files:
        with suppress(OSError):  # another run took it away
            ages.append((entry.stat().st_mtime_ns, entry.path))
    for _, path in sorted(ages)[: _DRAWER // 4]:
        Path(path).unlink(missing_ok=True)


def _pack(value: object) -> bytes:
    stream = io.BytesIO()
    _Writer(stream, pickle.HIGHEST_PROTOCOL).dump(value)
    return stream.getvalue()


class _Writer(pickle.Pickler):
    """Writes a data type as its constructor with its fields, which is quick to read."""

    def reducer_override(self, value: Any) -> Any:
        kind = type(value)
        if dataclasses.is_dataclass(kind):
            return kind, tuple(getattr(value, each.name) for each in dataclasses.fields(kind))
        if isinstance(value, Mapping) and kind is not dict:
            return dict, (dict(value),)
        return NotImplemented


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("builtins", "dict"):
            return dict
        if module.startswith("edgeward."):
            found = super().find_class(module, name)
            if isinstance(found, type) and _is_data(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no data type of edgeward")


def _is_data(kind: type) -> bool:
    named_tuple = issubclass(kind, tuple) and hasattr(kind, "_fields")
    return named_tuple or dataclasses.is_dataclass(kind) or issubclass(kind, Enum)
