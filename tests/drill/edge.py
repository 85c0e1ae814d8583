"""A box with its rendered files unchanged, a cloud at the end of a cable, a count of both.

What the broker acknowledged at the edge is held against what arrived in the cloud.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import kill
from pathlib import Path
from typing import Literal

from tests.real.needs import needs
from tests.real.readers.box import Box
from tests.real.readers.bundles import bundles_of, unpack
from tests.real.readers.mosquitto import (
    CONFIG,
    Broker,
    cloud_of,
    provide,
    start_broker,
)
from tests.real.readers.packs import break_file

TOPIC = "bottling-brno/line2-gpu/streams/cap-frames/drill"
USER = "streams.cap-frames"
Cut = Literal["reset", "black hole"]
_PLANT = "made-up-windows"
_PORT = 8883
_PUBLISH = Path(__file__).with_name("publish.py")
_VERDICTS: dict[Cut, str] = {"reset": "reject with tcp reset", "black hole": "drop"}


@dataclass(frozen=True, slots=True)
class Count:
    """What became of the messages that the broker acknowledged."""

    acknowledged: int
    lost: int
    duplicates: int

    def __str__(self) -> str:
        told = f"{self.acknowledged:>6} acknowledged, {self.lost:>5} lost"
        return f"{told}, {self.duplicates:>4} arrived twice"


class Edge:
    """A running box and cloud; `publish` starts a client that counts its acknowledgements."""

    def __init__(self, box: Box, broker: Broker, cloud: Broker) -> None:
        self.box, self.broker, self.cloud = box, broker, cloud
        self._arrived = box.folder / "arrived.txt"
        self._acknowledged = box.folder / "acknowledged.txt"
        self._publisher: subprocess.Popen[bytes] | None = None
        self._listen()

    def publish(self, per_second: int, size: int = 200) -> None:
        """Publish numbered messages until `settle`, again and again until acknowledged."""
        who = self.broker.client(USER)
        self._acknowledged.touch()
        self._publisher = self.box.start(
            *(sys.executable, str(_PUBLISH), str(self.broker.plant.certificate)),
            *(str(who.certificate), str(who.key), TOPIC),
            *(str(per_second), str(size), str(self._acknowledged)),
            log=self.box.folder / "publisher.log",
        )

    @contextmanager
    def cut(self, how: Cut) -> Iterator[None]:
        """The link as it is while somebody digs: refused at once, or silent."""
        self._nft("add table inet cut")
        self._nft("add chain inet cut link { type filter hook input priority 0; }")
        self._nft(f"add rule inet cut link tcp dport {_PORT} {_VERDICTS[how]}")
        try:
            yield
        finally:
            self._nft("delete table inet cut")

    def end_broker(self, number: signal.Signals) -> None:
        """End the broker itself, not the `timeout` around it, and wait until it is gone."""
        parent = self.broker.process.pid
        (child,) = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        kill(int(child), number)
        self.broker.process.wait(timeout=20)

    def restart_broker(self) -> None:
        self.broker = start_broker(self.box, self.broker.plant)

    def slow_down(self, kbit: int) -> None:
        """What the box sends, the link carries no faster."""
        shape = ("root", "tbf", "rate", f"{kbit}kbit", "burst", "16k", "latency", "2s")
        done = self.box.run(str(needs("tc")), "qdisc", "add", "dev", self.box.cable_end, *shape)
        assert done.returncode == 0, done.stderr

    def stop_publishing(self) -> Count:
        assert self._publisher is not None
        self._publisher.terminate()
        self._publisher.wait(timeout=20)
        return self.count()

    def settle(self, seconds: float = 40) -> Count:
        """Stop publishing and wait until everything arrived, or nothing came for a long while."""
        self.stop_publishing()
        last, since = -1, time.monotonic()
        while time.monotonic() - since < seconds and self.count().lost:
            arrived = self._arrived.stat().st_size
            if arrived != last:
                last, since = arrived, time.monotonic()
            time.sleep(0.2)
        return self.count()

    def count(self) -> Count:
        acknowledged = set(self._acknowledged.read_text().split())
        arrived = Counter(line.split()[0] for line in _whole_lines(self._arrived))
        twice = sum(number - 1 for number in arrived.values())
        return Count(len(acknowledged), len(acknowledged - arrived.keys()), twice)

    def _listen(self) -> None:
        """A client of the cloud with a session of its own writes down what arrives."""
        self.cloud.box.start(
            *(str(needs("mosquitto_sub")), "-h", "127.0.0.1", "-p", "1883", "-q", "1"),
            *("-c", "-i", "drill", "-t", f"{TOPIC}/#", "-F", "%p"),
            log=self._arrived,
        )
        deadline = time.monotonic() + 8
        while "Sending SUBACK to drill" not in self.cloud.log.read_text():
            assert time.monotonic() < deadline, self.cloud.log.read_text()
            time.sleep(0.02)

    def _nft(self, command: str) -> None:
        done = self.cloud.box.run(str(needs("nft")), command)
        assert done.returncode == 0, done.stderr


@contextmanager
def edge_of(
    folder: Path,
    longest: int = 120,
    small_disk: str | None = None,
    change: tuple[str, str] | None = None,
) -> Iterator[Edge]:
    """A box joined to its cloud; only for comparison is its configuration changed."""
    for name in ("mosquitto", "mosquitto_sub", "nft", "openssl"):
        needs(name)
    unpack(bundles_of(_PLANT)[0], folder)
    if change is not None:
        break_file(folder / CONFIG, *change)
    authority = provide(folder)
    with Box(folder, longest) as box, cloud_of(box, longest) as cloud:
        if small_disk is not None:
            disk = f"size={small_disk},uid=mosquitto"
            mount = ("mount", "-t", "tmpfs", "-o", disk, "none", "/var/lib/mosquitto")
            assert box.run(*mount).returncode == 0
        yield Edge(box, start_broker(box, authority), cloud)


def _whole_lines(path: Path) -> list[str]:
    text = path.read_text()
    return [line for line in text[: text.rfind("\n") + 1].splitlines() if line]
