"""A collector with its rendered file unchanged, and a cloud that counts the records it is sent."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from os import kill
from pathlib import Path

from tests.drill.edge import Count
from tests.real.needs import needs
from tests.real.readers.box import Box
from tests.real.readers.bundles import bundles_of, unpack
from tests.real.readers.certificates import Authority, Identity
from tests.real.readers.packs import COLLECTOR

_HOST, _HERE, _THERE = "otlp.example.com", "10.9.8.1", "10.9.8.2"
_FOLDER = Path(__file__).parent


class CollectorDrill:
    """`send` starts a service that counts what the collector acknowledged."""

    def __init__(self, box: Box, cloud: Box) -> None:
        self.box, self.cloud = box, cloud
        self._arrived = box.folder / "records.txt"
        self._acknowledged = box.folder / "acknowledged.txt"
        self._acknowledged.touch()
        self.restart()

    def restart(self) -> None:
        """Start the collector as its unit does, and wait until it answers."""
        environment = ("env", "CREDENTIALS_DIRECTORY=/etc/edgeward/tls")
        program = (str(needs("otelcol")), "--config", f"/{COLLECTOR}")
        log = self.box.folder / "otelcol.log"
        self._process = self.box.start(*environment, *program, log=log)
        deadline = time.monotonic() + 10
        while "Everything is ready" not in log.read_text():
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)

    def send(self) -> None:
        program = (sys.executable, "-I", str(_FOLDER / "send.py"), str(self._acknowledged))
        self._sender = self.box.start(*program, log=self.box.folder / "sender.log")

    @contextmanager
    def cloud_up(self) -> Iterator[None]:
        """The cloud, for as long as the link is there."""
        program = (sys.executable, "-I", str(_FOLDER / "receive.py"), str(self.box.folder))
        process = self.cloud.start(*program, log=self.box.folder / "cloud.log")
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=10)

    def end(self, number: signal.Signals) -> None:
        parent = self._process.pid
        (child,) = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        kill(int(child), number)
        self._process.wait(timeout=20)

    def settle(self, seconds: float = 40) -> Count:
        self._sender.terminate()
        self._sender.wait(timeout=10)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.count().lost:
            time.sleep(0.3)
        return self.count()

    def count(self) -> Count:
        acknowledged = set(self._acknowledged.read_text().split())
        arrived = self._arrived.read_text().split() if self._arrived.exists() else []
        lost = len(acknowledged - set(arrived))
        return Count(len(acknowledged), lost, len(arrived) - len(set(arrived)))


@contextmanager
def collector_of(folder: Path) -> Iterator[CollectorDrill]:
    """A collector that sends to a cloud at the other end of a cable."""
    unpack(bundles_of("made-up-windows")[0], folder)
    tls = folder / "etc/edgeward/tls"
    tls.mkdir(parents=True)
    authority = Authority(tls / "cloud-ca.pem", "cloud")
    authority.issue(Identity(tls / "cloud.pem", tls / "cloud.key"), "box")
    authority.issue(Identity(tls / "server.pem", tls / "server.key"), "server", _HOST)
    (folder / "etc/hosts").write_text(f"127.0.0.1 localhost\n{_THERE} {_HOST}\n")
    with Box(folder) as box, Box(folder) as cloud:
        box.plug_into(cloud, _HERE, _THERE)
        own = "mount -t tmpfs none /var/lib && mkdir /var/lib/otelcol"
        assert box.run("sh", "-c", own).returncode == 0
        yield CollectorDrill(box, cloud)
