"""One run on a host: what is released for this box becomes what runs, or nothing changes."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

from edgeward_pull.fetch import fetch_bytes, fetch_file, free_bytes
from edgeward_pull.refused import Refused
from edgeward_pull.slots import Slots, unpack
from edgeward_pull.trust import Target, Trust

_COMMAND_SECONDS = 300
_POLL_SECONDS = 2.0
_BEHIND = timedelta(days=1)
Sleep = Callable[[float], None]
Clock = Callable[[], datetime]


class Settings(NamedTuple):
    """`activate` makes `current` what runs; `health` ends in 0 where it works, `parked` where
    a machine that moves stands still; `publish` gets the path of the report.

    Without `health` nothing may be activated: a release that nobody looks at is not healthy.
    """

    repository: str
    site: str
    box: str
    activate: list[str]
    health: list[str]
    health_seconds: float = 120
    settle_seconds: float = 10
    publish: list[str] | None = None
    certificate: str | None = None
    parked: list[str] | None = None


def read_settings(path: Path) -> Settings:
    try:
        found = Settings(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        raise Refused(f"{path}: is not the settings of this program: {error}") from error
    if not found.health or not found.activate:
        raise Refused(f"{path}: name the commands `activate` and `health`")
    return found


class Host:
    """A box with its slots; `clock` and `sleep` are arguments so that tests need no waiting."""

    def __init__(self, into: Path, clock: Clock, sleep: Sleep = time.sleep) -> None:
        self.settings = read_settings(into / "pull.json")
        self.slots = Slots(into)
        self._into, self._clock, self._sleep = into, clock, sleep

    def run(self) -> str:
        """Bring the box to what is released for it, and say in a line what was done."""
        left_over = self._finish_trial()
        if left_over is not None:
            return left_over
        trust = self._refresh()
        target = trust.find(f"plants/{self.settings.site}/{self.settings.box}.tar")
        name = f"{int(target.custom['release'])}-{target.sha256[:12]}"
        if name == self.slots.current:
            return f"{name} runs already"
        if name in self.slots.failed():
            raise Refused(f"{name} failed its health gate here; it waits for another release")
        if not self.slots.has(name):
            self._prepare(trust, target, name)
        if not self._may_activate(target):
            return f"{name} is ready and waits for its window"
        return self._activate(name)

    def _refresh(self) -> Trust:
        now = self._clock()
        self._check_clock(now)
        base = f"{self.settings.repository.rstrip('/')}/metadata"
        trust = Trust(self._into / "trust", partial(fetch_bytes, base), now)
        trust.refresh()
        return trust

    def _check_clock(self, now: datetime) -> None:
        """A clock that was put back would make what has expired good again."""
        seen = self._into / "trust" / "timestamp.json"
        if not seen.exists():
            return
        last = datetime.fromtimestamp(seen.stat().st_mtime, UTC)
        if now < last - _BEHIND:
            raise Refused(f"the clock says {now:%Y-%m-%d %H:%M}, and it was {last:%Y-%m-%d} before")

    def _prepare(self, trust: Trust, target: Target, name: str) -> None:
        """Download and unpack into a new slot; what runs is not touched."""
        incoming = self.slots.clear_incoming()
        try:
            models = {
                folder: _pinned(trust.find(each["path"]), each["sha256"])
                for folder, each in target.custom.get("models", {}).items()
            }
            self._check_space([target, *models.values()])
            self._add(target, incoming, incoming)
            self._check_made_for_us(incoming)
            for folder, model in models.items():
                self._add(model, incoming, incoming.joinpath(*_plain(folder)))
            self.slots.keep(incoming, name)
        except (OSError, tarfile.TarError, ValueError, KeyError) as error:
            raise Refused(f"{name} cannot be put together here: {error}") from error
        finally:
            shutil.rmtree(incoming, ignore_errors=True)

    def _add(self, target: Target, incoming: Path, folder: Path) -> None:
        archive = incoming / ".archive"
        head, _, file = target.path.rpartition("/")
        path = f"targets/{head}/{target.sha256}.{file}"
        fetch_file(self.settings.repository, path, archive, target.length, target.sha256)
        unpack(archive, folder)
        archive.unlink()

    def _check_space(self, targets: list[Target]) -> None:
        """All that is unpacked, and beside it the largest archive."""
        sizes = [each.length for each in targets]
        needed, free = sum(sizes) + max(sizes), free_bytes(self._into)
        if needed > free:
            raise Refused(f"no space: {needed} bytes are needed and {free} are free")

    def _check_made_for_us(self, incoming: Path) -> None:
        manifest = json.loads((incoming / "manifest.json").read_bytes())
        made, ours = (manifest["site"], manifest["box"]), (self.settings.site, self.settings.box)
        if made != ours:
            raise Refused(
                f"wrong plant: it was made for {'/'.join(made)}, this is {'/'.join(ours)}"
            )

    def _may_activate(self, target: Target) -> bool:
        """Within a window, and early enough in it to try the release and go back."""
        if self.settings.parked and not succeeds(self.settings.parked):
            return False
        windows = target.custom.get("activate")
        needed = timedelta(seconds=self.settings.health_seconds + self.settings.settle_seconds)
        now = self._clock()  # the download may have taken hours
        return windows is None or any(
            _instant(start) <= now and _instant(end) - now >= 2 * needed for start, end in windows
        )

    def _activate(self, name: str) -> str:
        self.slots.begin_trial(name)
        return self._judge(name, started=succeeds(self.settings.activate))

    def _finish_trial(self) -> str | None:
        """What a kill or a reboot left on trial: judged once more, then taken back."""
        trial = self.slots.trial()
        if trial is None:
            return None
        name = trial["slot"]
        if self.slots.current != name and name not in self.slots.failed():
            self.slots.close_trial()  # killed before it was switched to
            return None
        again = name not in self.slots.failed() and self.slots.count_start()
        return self._judge(name, started=again and succeeds(self.settings.activate))

    def _judge(self, name: str, started: bool) -> str:
        if started and self._is_healthy():
            self.slots.end_trial()
            return f"{name} runs"
        before = self.slots.roll_back()
        restarted = before is None or succeeds(self.settings.activate)
        self.slots.close_trial()
        said = f"back to {before}" if before else "nothing ran before it"
        if not restarted:
            said += ", which does not start either: somebody has to look"
        raise Refused(f"{name} failed its health gate: {said}")

    def _is_healthy(self) -> bool:
        """Healthy within the time given, and still so a while after."""
        waited = 0.0
        while not succeeds(self.settings.health):
            if waited >= self.settings.health_seconds:
                return False
            self._sleep(_POLL_SECONDS)
            waited += _POLL_SECONDS
        self._sleep(self.settings.settle_seconds)
        return succeeds(self.settings.health)


def _pinned(target: Target, sha256: str) -> Target:
    """The model that the plant's release was made with, and no other of its name."""
    if target.sha256 != sha256:
        raise Refused(f"mix-and-match: {target.path} is not the model that the release names")
    return target


def _plain(folder: str) -> list[str]:
    parts = folder.split("/")
    if {"", ".", ".."} & set(parts):
        raise Refused(f"{folder!a} is no plain folder inside the release")
    return parts


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def succeeds(command: list[str]) -> bool:
    try:
        done = subprocess.run(command, timeout=_COMMAND_SECONDS, capture_output=True, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
