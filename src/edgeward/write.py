"""Writing output so that a kill at any moment leaves the old or the new, never a mix.

A directory is written whole beside the old one and the two names are exchanged in one system call
(`renameat2` with RENAME_EXCHANGE, Linux 3.15). Linux only, on a local file system.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from edgeward.errors import EdgewardError, ExitCode

MARKER = ".edgeward"
_MARKER_TEXT = b"Written by edgeward, and replaced as a whole the next time.\n"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class NotWritten(EdgewardError):
    """Output cannot be written there; nothing was changed."""

    exit_code = ExitCode.INVALID


@dataclass(frozen=True, slots=True)
class OutputFile:
    """`path` is relative, with forward slashes; `mode` are the permission bits."""

    path: str
    content: bytes
    mode: int = 0o644


def replace_directory(target: Path, files: Iterable[OutputFile]) -> None:
    """Make `target` hold exactly `files` and the marker, all or nothing.

    Raises NotWritten for a directory with content that edgeward did not write, a path that would
    leave the directory, and whatever the file system refuses.
    """
    output = _check_paths(files)
    with _one_writer(target) as (place, staging):
        _refuse_foreign(place)
        staging.mkdir()
        for file in (*output, OutputFile(MARKER, _MARKER_TEXT)):
            _write(staging / file.path, file)
        sync_file_system(staging)
        if place.exists():
            _exchange(staging, place)
        else:
            staging.rename(place)


def write_file_atomically(path: Path, content: bytes) -> None:
    """Replace one file, all or nothing. Raises NotWritten for what the file system refuses."""
    with _one_writer(path) as (place, staging):
        with staging.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        staging.replace(place)


def write_new_files(root: Path, files: Iterable[OutputFile]) -> None:
    """Write files that are not there yet beside what is, all or none.

    Raises NotWritten for a path that is taken or would leave `root`, and for what the file system
    refuses; what was written until then is removed.
    """
    written: list[Path] = []
    try:
        for file in _check_paths(files):
            path = root / file.path
            if os.path.lexists(path):
                raise NotWritten(f"{path}: is there already, and is left as it is")
            write_file_atomically(path, file.content)
            written.append(path)
            path.chmod(file.mode)
    except BaseException:
        for path in reversed(written):
            _take_back(path, root)
        raise


def _take_back(path: Path, root: Path) -> None:
    """Remove a file and the folders that are empty without it."""
    path.unlink()
    with suppress(OSError):
        while (path := path.parent) != root:
            path.rmdir()


@contextmanager
def _one_writer(target: Path) -> Iterator[tuple[Path, Path]]:
    """The resolved target and a free name beside it, under a lock on the parent directory.

    Under the lock, something of that name can only be left from a run that was killed.
    """
    try:
        place = target.resolve()
        place.parent.mkdir(parents=True, exist_ok=True)
        parent = os.open(place.parent, os.O_RDONLY | os.O_DIRECTORY)
        staging = place.with_name(f".{place.name}.edgeward-staging")
        try:
            fcntl.flock(parent, fcntl.LOCK_EX)
            _remove(staging)
            yield place, staging
            os.fsync(parent)
        finally:
            _remove(staging)
            os.close(parent)
    except (OSError, RuntimeError) as error:  # resolve() raises RuntimeError for a symlink loop
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise NotWritten(f"{target}: cannot be written ({reason}); choose another place") from error


def _check_paths(files: Iterable[OutputFile]) -> tuple[OutputFile, ...]:
    output = tuple(sorted(files, key=lambda file: file.path))
    seen: set[str] = {MARKER}
    for file in output:
        parts = PurePosixPath(file.path).parts
        safe = parts and ".." not in parts and not file.path.startswith("/")
        if not safe or "\0" in file.path or "/".join(parts) != file.path:
            raise NotWritten(f"{file.path!r}: not a plain path inside the output directory")
        if file.path in seen:
            raise NotWritten(f"{file.path!r}: two files of the output have this path")
        seen.add(file.path)
    return output


def _refuse_foreign(place: Path) -> None:
    if not place.exists():
        return
    if not place.is_dir():
        raise NotWritten(f"{place}: is a file; name a directory")
    if any(place.iterdir()) and not (place / MARKER).is_file():
        raise NotWritten(
            f"{place}: has content that edgeward did not write; "
            "name a new or an empty directory, or remove it yourself"
        )


def _write(path: Path, file: OutputFile) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file.content)
    path.chmod(file.mode)


def sync_file_system(directory: Path) -> None:
    """One sync for all files; as strong as an fsync of each and far cheaper for thousands."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        _check(ctypes.CDLL(None, use_errno=True).syncfs(descriptor))
    finally:
        os.close(descriptor)


def _exchange(new: Path, old: Path) -> None:
    renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    names = (os.fsencode(new), os.fsencode(old))
    _check(renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE))


def _check(result: int) -> None:
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
