"""The broker as a reader: mosquitto really started with a box's files, and its log searched.

The paths that the configuration names are given throw-away certificates; the cloud's broker is a
second mosquitto in a box of its own, at the other end of a cable.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.real.needs import needs
from tests.real.readers.box import Box
from tests.real.readers.certificates import Authority, Identity

CONFIG = "etc/mosquitto/mosquitto.conf"
USER = "mosquitto"
BOX_ADDRESS, CLOUD_ADDRESS = "10.9.8.1", "10.9.8.2"
_PORT = "8883"
_START_SECONDS = 5.0
_COMPLAINT = re.compile(r"error|warning|unable|invalid|too low|unknown|not found", re.I)

_INT = 2**31 - 1
# mosquitto takes numbers with atoi: `ten` is 0, and 0 is no limit. mosquitto.conf(5).
_NUMBERS: Mapping[str, int] = {
    "autosave_interval": _INT,
    "keepalive_interval": _INT,
    "max_connections": _INT,
    "max_inflight_messages": _INT,
    "max_keepalive": _INT,
    "max_packet_size": _INT,
    "max_queued_bytes": 2**63 - 1,
    "max_queued_messages": _INT,
    "memory_limit": 2**63 - 1,
    "message_size_limit": _INT,
    "restart_timeout": _INT,
}
_CLOUD_CONFIG = f"""
per_listener_settings true
listener {_PORT} {CLOUD_ADDRESS}
require_certificate true
use_identity_as_username true
cafile {{tls}}/cloud-ca.pem
certfile {{tls}}/server.pem
keyfile {{tls}}/server.key
listener 1883 127.0.0.1
allow_anonymous true
"""


def read_numbers(config: str) -> list[str]:
    """The settings whose value is no number, or none that mosquitto can hold."""
    settings = [line.split() for line in config.splitlines() if line and line[0] != "#"]
    return [
        f"{key} {' '.join(value)}: not a number from 0 to {_NUMBERS[key]}"
        for key, *value in settings
        if key in _NUMBERS and not _is_number(value, _NUMBERS[key])
    ]


def _is_number(value: list[str], most: int) -> bool:
    return len(value) == 1 and value[0].isdecimal() and int(value[0]) <= most


@dataclass(frozen=True, slots=True)
class Broker:
    """A running broker and the authority that the plant's clients have their certificates from."""

    box: Box
    process: subprocess.Popen[bytes]
    log: Path
    plant: Authority

    def client(self, user: str) -> Identity:
        folder = self.box.folder / "clients"
        folder.mkdir(exist_ok=True)
        return self.plant.issue(Identity(folder / f"{user}.pem", folder / f"{user}.key"), user)

    def publish(self, topic: str, message: str, who: Identity | None) -> str:
        """Publish over TLS; what the client was told, empty when the message was accepted."""
        told = self.box.run(*self._call("mosquitto_pub", who), "-t", topic, "-m", message)
        return told.stderr.strip() or ("" if told.returncode == 0 else f"exit {told.returncode}")

    def subscribe(self, topic: str, who: Identity, log: Path) -> subprocess.Popen[bytes]:
        """A client that ends with the first message, which it writes into its log."""
        call = self._call("mosquitto_sub", who)
        return self.box.start(*call, "-t", topic, "-C", "1", "-W", "8", log=log)

    def stop(self) -> list[str]:
        """End the broker; gives back what it complained about, from its start to now."""
        self.process.terminate()
        code = self.process.wait(timeout=10)
        return [*complaints(self.log), *([f"exit code {code}"] if code else [])]

    def _call(self, program: str, who: Identity | None) -> list[str]:
        shown = ["--cert", str(who.certificate), "--key", str(who.key)] if who else []
        trusted = ["--cafile", str(self.plant.certificate), *shown]
        address = ["-h", "localhost", "-p", _PORT, "-q", "1", "-V", "mqttv5"]
        return [str(needs(program)), *address, *trusted]


def complaints(log: Path) -> list[str]:
    """The lines of a log that are not good news; mosquitto starts in spite of most of them."""
    return [line for line in log.read_text().splitlines() if _COMPLAINT.search(line)]


def provide(folder: Path) -> Authority:
    """Put what the configuration names and the bundle does not bring below `folder`.

    As on a real box, the keys belong to the user that mosquitto becomes.
    """
    tls = folder / "etc/edgeward/tls"
    tls.mkdir(parents=True)
    plant, cloud = Authority(tls / "plant-ca.pem", "plant"), Authority(tls / "cloud-ca.pem", "cloud")
    plant.issue(Identity(tls / "broker.pem", tls / "broker.key"), "broker")
    cloud.issue(Identity(tls / "cloud.pem", tls / "cloud.key"), "box")
    host = cloud_host((folder / CONFIG).read_text())
    cloud.issue(Identity(tls / "server.pem", tls / "server.key"), "server", host or "none.invalid")
    hosts = f"127.0.0.1 localhost\n{CLOUD_ADDRESS} {host or 'none.invalid'}\n"
    (folder / "etc/hosts").write_text(hosts)
    for file in tls.iterdir():
        shutil.chown(file, USER)
    return plant


def cloud_host(config: str) -> str | None:
    """Where the configuration's bridge goes to, None without one."""
    found = re.search(rf"^address (\S+):{_PORT}$", config, re.M)
    return found[1] if found else None


def start_broker(box: Box, plant: Authority, config: str = f"/{CONFIG}") -> Broker:
    """The broker once it says that it runs, or has given up."""
    log = box.folder / "mosquitto.log"
    # -v: everything is logged, whatever the configuration leaves out.
    process = box.start(str(needs("mosquitto")), "-v", "-c", config, log=log)
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if re.search(r"mosquitto version \S+ running", log.read_text()):
            break
        time.sleep(0.02)
    return Broker(box, process, log, plant)


@contextmanager
def cloud_of(box: Box) -> Iterator[Broker]:
    """The cloud's broker for a box with a bridge, at the other end of a cable."""
    folder = box.folder / "cloud"
    folder.mkdir()
    config = folder / "cloud.conf"
    config.write_text(_CLOUD_CONFIG.format(tls=box.folder / "etc/edgeward/tls"))
    with Box(folder) as cloud:
        box.plug_into(cloud, BOX_ADDRESS, CLOUD_ADDRESS)
        authority = Authority(folder / "unused.pem", "unused")
        yield start_broker(cloud, authority, str(config))
