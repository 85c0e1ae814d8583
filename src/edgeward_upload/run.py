"""One run: send what waits while the window is open, and give up what is beyond the bound."""

from __future__ import annotations

import hashlib
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import BinaryIO, NamedTuple, Protocol
from urllib.parse import quote

from edgeward_upload.failed import Closed, Denied, Unreachable
from edgeward_upload.metrics import Metrics
from edgeward_upload.settings import Settings
from edgeward_upload.spool import Item, Spool

_LOOK_AGAIN_SECONDS = 30.0
_TRIES = 6
_LONGEST_WAIT = 30.0
_CHUNK = 1 << 16


class Bucket(Protocol):
    def put(
        self, path: str, sha256: bytes, size: int, body: Callable[[], Iterator[bytes]]
    ) -> None: ...


class Time(NamedTuple):
    """Arguments, so that tests need no waiting. `window` gives the seconds until it closes."""

    window: Callable[[], float]
    now: Callable[[], float] = time.time
    elapsed: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class Upload:
    """A run over the spool; `said` is why it ended."""

    def __init__(
        self, settings: Settings, spool: Spool, bucket: Bucket, metrics: Metrics, clock: Time
    ) -> None:
        self._settings, self._spool, self._bucket = settings, spool, bucket
        self._metrics, self._time = metrics, clock
        self._denied: dict[str, str] = {}
        self._unread: dict[str, int] = {}
        self._failures = 0

    def run(self) -> tuple[str, bool]:
        """What was done, in a line, and whether all is as it should be."""
        sent = 0
        try:
            while items := self._look():
                done = self._send_for_a_while(items)
                sent += done
                if not done:
                    break
        except (Unreachable, Closed) as error:
            return f"{sent} sent, then {error}; the rest waits", True
        finally:
            self._look()
        troubles = [f"{stream}: {why}" for stream, why in sorted(self._denied.items())]
        troubles += [f"{stream}: cannot be read" for stream in sorted(self._unread)]
        return "; ".join([f"{sent} sent", *troubles]), not troubles

    def _look(self) -> list[Item]:
        """What waits and may be sent now, after what is beyond the bound was given up."""
        now = self._time.now()
        items = self._spool.list_items(now)
        given_up = self._spool.make_room(items)
        for item in given_up:
            self._metrics.count_dropped(item)
        gone = {item.path for item in given_up}
        waiting = [item for item in items if item.path not in gone]
        self._write_metrics(waiting, now)
        return [item for item in waiting if item.stream not in self._denied]

    def _write_metrics(self, waiting: list[Item], now: float) -> None:
        refused = {**self._spool.strange}
        for stream, count in self._unread.items():
            refused[stream] = refused.get(stream, 0) + count
        for item in waiting:
            if item.stream in self._denied:
                refused[item.stream] = refused.get(item.stream, 0) + 1
        with suppress(OSError):  # a full disk stops nothing that empties it
            self._metrics.write(waiting, refused, now)

    def _send_for_a_while(self, items: list[Item]) -> int:
        """Items in their order, until it is time to look for newer ones that come before them."""
        sent, begun = 0, self._time.elapsed()
        self._unread = {}
        for item in items:
            if item.stream not in self._denied:
                sent += self._send(item)
            if self._time.elapsed() - begun > _LOOK_AGAIN_SECONDS:
                break
        return sent

    def _send(self, item: Item) -> bool:
        """Whether the bucket has it."""
        while True:
            left = self._time.window()
            if left <= 0:
                raise Closed("the window closed")
            if item.size > left * (self._settings.bytes_per_second or float("inf")):
                return False  # the next may still be in time
            try:
                return self._deliver(item, left)
            except Denied as error:
                self._denied[item.stream] = str(error)
                return False
            except Unreachable as error:
                self._wait(error)

    def _wait(self, error: Unreachable) -> None:
        """Longer after each failure in a row, at random so that boxes do not come back at once."""
        self._failures += 1
        if self._failures >= _TRIES:
            raise error
        longest = min(_LONGEST_WAIT, 2.0**self._failures)
        self._time.sleep(random.uniform(longest / 2, longest))

    def _deliver(self, item: Item, left: float) -> bool:
        try:
            descriptor = os.open(item.path, os.O_RDONLY | os.O_NOFOLLOW)
        except FileNotFoundError:
            return False
        except OSError:
            self._unread[item.stream] = self._unread.get(item.stream, 0) + 1
            return False
        with os.fdopen(descriptor, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").digest()
            size = file.tell()
            body = partial(self._paced, file, size, self._time.elapsed() + left)
            self._bucket.put(self._path(item, digest), digest, size, body)
        self._failures = 0
        self._metrics.count_uploaded(item)
        item.remove()
        return True

    def _path(self, item: Item, digest: bytes) -> str:
        """The same for the same bytes, so that a second attempt replaces the first one; another
        item that came to have the same name keeps its own place."""
        name = f"{item.path.stem}-{digest.hex()[:16]}{item.path.suffix}"
        key = f"{item.folder}{self._settings.thing}/{name}"
        return f"/{quote(key, safe='/-_.~')}"

    def _paced(self, file: BinaryIO, size: int, deadline: float) -> Iterator[bytes]:
        """The item again from its start, no faster than its share of the link."""
        file.seek(0)
        begun, sent = self._time.elapsed(), 0
        while sent < size and (chunk := file.read(min(_CHUNK, size - sent))):
            yield chunk
            sent += len(chunk)
            rate = self._settings.bytes_per_second
            if rate:
                self._time.sleep(max(0.0, sent / rate - (self._time.elapsed() - begun)))
            if self._time.elapsed() > deadline and sent < size:
                raise Closed("the window closed")
