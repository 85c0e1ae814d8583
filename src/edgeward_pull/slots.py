"""Releases side by side on a host: `current` points to the one that runs, `previous` to the last.

Every state that a kill can leave is finished by the next run: a slot appears whole by one rename,
`current` changes by one rename, and `trial.json` says that a slot has not shown yet that it works.
"""

from __future__ import annotations

import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from edgeward_pull.disk import point, remove_file, replace_file, sync
from edgeward_pull.refused import Refused

_INCOMING = ".incoming"
_STARTS = 2


class Slots:
    """`into` has `slots/<name>/`, the links and what is known of trials and failures."""

    def __init__(self, into: Path) -> None:
        self._into = into
        self.folder = into / "slots"
        self.folder.mkdir(parents=True, exist_ok=True)

    @property
    def current(self) -> str | None:
        return self._linked("current")

    @property
    def previous(self) -> str | None:
        return self._linked("previous")

    def has(self, name: str) -> bool:
        return (self.folder / name).is_dir()

    def path(self, name: str) -> Path:
        return self.folder / name

    def failed(self) -> list[str]:
        """The slots that failed their health gate; none is tried again."""
        found: list[str] = self._read("failed.json", [])
        return found

    def trial(self) -> dict[str, Any] | None:
        """The slot on trial, what ran before it, and how often it was started."""
        found: dict[str, Any] | None = self._read("trial.json", None)
        return found

    def clear_incoming(self) -> Path:
        """An empty folder to put a release together in, with all room that can be had."""
        self._prune()
        incoming = self.folder / _INCOMING
        shutil.rmtree(incoming, ignore_errors=True)
        incoming.mkdir()
        return incoming

    def keep(self, incoming: Path, name: str) -> None:
        """Make what was put together a slot; from here on it is whole, also over a power cut."""
        for folder, _folders, files in os.walk(incoming):
            for file in files:
                sync(Path(folder) / file)
            sync(Path(folder))
        incoming.rename(self.folder / name)
        sync(self.folder)

    def begin_trial(self, name: str) -> None:
        self._write("trial.json", {"slot": name, "before": self.current, "starts": 1})
        point(self._into / "current", f"slots/{name}")

    def count_start(self) -> bool:
        """Count one more start of the slot on trial; False where it had its last one."""
        trial = self.trial() or {}
        starts = int(trial.get("starts", 0)) + 1
        self._write("trial.json", {**trial, "starts": starts})
        return starts <= _STARTS

    def end_trial(self) -> None:
        """The slot works: what ran before it is what to go back to."""
        before = (self.trial() or {}).get("before")
        if before is not None:
            point(self._into / "previous", f"slots/{before}")
        remove_file(self._into / "trial.json")
        self._prune()

    def roll_back(self) -> str | None:
        """Point `current` to what ran before the trial; the failed slot is not tried again."""
        trial = self.trial() or {}
        name, before = trial.get("slot"), trial.get("before")
        if name is not None and name not in self.failed():
            self._write("failed.json", [*self.failed(), name])
        if before is not None:
            point(self._into / "current", f"slots/{before}")
        else:
            remove_file(self._into / "current")
        return before

    def close_trial(self) -> None:
        """After a roll back, once the old release was started again."""
        remove_file(self._into / "trial.json")

    def _prune(self) -> None:
        kept = {self.current, self.previous}
        for path in self.folder.iterdir():
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)

    def _linked(self, link: str) -> str | None:
        try:
            return (self._into / link).readlink().name
        except OSError:
            return None

    def _read(self, name: str, otherwise: Any) -> Any:
        path = self._into / name
        try:
            return json.loads(path.read_bytes()) if path.exists() else otherwise
        except ValueError as error:
            raise Refused(f"{path}: is damaged; look at what runs, then remove it") from error

    def _write(self, name: str, value: object) -> None:
        replace_file(self._into / name, json.dumps(value, sort_keys=True).encode())


def unpack(archive: Path, target: Path) -> None:
    """The plain files of an archive. Raises Refused for a member that is anything else."""
    with tarfile.open(archive, mode="r:") as tar:
        for member, parts in _members(tar):
            path = target.joinpath(*parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            source = tar.extractfile(member)
            assert source is not None
            with source, path.open("xb") as file:
                shutil.copyfileobj(source, file)
            path.chmod(member.mode & 0o755)


def _members(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, list[str]]]:
    for member in tar:
        parts = member.name.split("/")
        if not member.isreg() or {"", ".", ".."} & set(parts):
            raise Refused(f"{member.name!a} is no plain file inside the release")
        yield member, parts
