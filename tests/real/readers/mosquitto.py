"""The broker as a reader: mosquitto really started with a box's files, and its log searched.

What the configuration names beside the bundle are throw-away certificates; the cloud's broker is a
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
ACCESS = "etc/mosquitto/edgeward.acl"
RUNNING = r"mosquitto version \S+ running"
JOINED = "Received CONNACK"
_USER = "mosquitto"
_BOX_ADDRESS, _CLOUD_ADDRESS = "10.9.8.1", "10.9.8.2"
_CLOUD_CONFIG = "etc/cloud.conf"
_WAIT_SECONDS = 8.0
# A host such as cloud-endpoint.invalid is no complaint.
_COMPLAINT = re.compile(r"error|warning|unable|unknown|too low|(?<![.])\binvalid", re.I)

# What is said of a client without a certificate is as it should be.
_STRANGER = re.compile("Client <unknown>|peer did not return a certificate")

_INT = 2**31 - 1
# mosquitto takes numbers with atoi: `ten` is 0, and 0 is no limit. See mosquitto.conf(5).
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
_HOW_MANY = {"restart_timeout": 2}  # the shortest and the longest
_CLOUD = f"""
per_listener_settings true
listener 8883 {_CLOUD_ADDRESS}
require_certificate true
use_identity_as_username true
cafile /etc/edgeward/tls/cloud-ca.pem
certfile /etc/edgeward/tls/server.pem
keyfile /etc/edgeward/tls/server.key
listener 1883 127.0.0.1
allow_anonymous true
"""


def read_broker(folder: Path) -> list[str]:
    """Everything that is wrong with the broker's files below `folder`; empty for a good bundle."""
    config = (folder / CONFIG).read_text()
    plant = provide(folder)
    found = read_numbers(config)
    with Box(folder) as box:
        if "\nconnection " not in config:
            return [*found, *_try_out(start_broker(box, plant))]
        with cloud_of(box):
            broker = start_broker(box, plant)
            wait_for(broker, f"{JOINED}|[Ee]rror")
            joined = re.search(JOINED, broker.log.read_text())
            found += [] if joined else ["the bridge did not reach the cloud's broker"]
            return [*found, *_try_out(broker)]


def read_numbers(config: str) -> list[str]:
    """The settings whose value is no number, or none that mosquitto can hold."""
    settings = [line.split() for line in config.splitlines() if line and line[0] != "#"]
    return [
        f"{key} {' '.join(value)}: not a number from 0 to {_NUMBERS[key]}"
        for key, *value in settings
        if key in _NUMBERS and not _are_numbers(value, _HOW_MANY.get(key, 1), _NUMBERS[key])
    ]


def _are_numbers(values: list[str], how_many: int, most: int) -> bool:
    numbers = [int(value) for value in values if value.isdecimal() and int(value) <= most]
    return 1 <= len(values) <= how_many and len(numbers) == len(values)


def _try_out(broker: Broker) -> list[str]:
    """A client of the access list must get in over TLS, and nobody without a certificate."""
    access = (broker.box.folder / ACCESS).read_text()
    granted = re.search(r"^user (\S+)\n(?:topic read .*\n)*topic write (\S+)/#$", access, re.M)
    assert granted is not None, "nobody may write"
    told = broker.publish(f"{granted[2]}/try", "1", broker.client(granted[1]))
    found = [f"{granted[1]} is refused: {told}"] if told else []
    stranger = broker.publish(f"{granted[2]}/try", "1", None)
    found += [] if stranger else ["a client without a certificate is admitted"]
    return [*found, *(line for line in broker.stop() if not _STRANGER.search(line))]


@dataclass(frozen=True, slots=True)
class Broker:
    """A started broker and the authority that the plant's clients have their certificates from."""

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

    def subscribe(self, topic: str, who: Identity) -> subprocess.Popen[bytes]:
        """A subscribed client that writes the first message into its log and ends."""
        return self._listen(self._call("mosquitto_sub", who), topic)

    def publish_inside(self, topic: str, message: str) -> None:
        """Publish to the cloud's broker as the cloud itself."""
        call = [*_cloud_call("mosquitto_pub"), "-t", topic, "-m", message]
        assert self.box.run(*call).returncode == 0

    def subscribe_inside(self, topic: str) -> subprocess.Popen[bytes]:
        return self._listen(_cloud_call("mosquitto_sub"), topic)

    def stop(self) -> list[str]:
        """End the broker; gives back what it complained about, from its start to now."""
        self.process.terminate()
        code = self.process.wait(timeout=10)
        lines = [line for line in self.log.read_text().splitlines() if _COMPLAINT.search(line)]
        return [*lines, *([f"exit code {code}"] if code else [])]

    def _listen(self, call: list[str], topic: str) -> subprocess.Popen[bytes]:
        log = self.log.with_suffix(".received")
        limit = ["-C", "1", "-W", f"{_WAIT_SECONDS:.0f}"]
        client = self.box.start(*call, "-t", topic, *limit, log=log)
        assert wait_for(self, r"Sending SUBACK to (?!local)"), self.log.read_text()
        return client

    def received(self, client: subprocess.Popen[bytes]) -> str:
        """What a subscribed client got, once it ended."""
        client.wait(timeout=_WAIT_SECONDS + 2)
        return self.log.with_suffix(".received").read_text().strip()

    def _call(self, program: str, who: Identity | None) -> list[str]:
        shown = ["--cert", str(who.certificate), "--key", str(who.key)] if who else []
        trusted = ["--cafile", str(self.plant.certificate), *shown]
        address = ["-h", "localhost", "-p", "8883", "-q", "1", "-V", "mqttv5"]
        return [str(needs(program)), *address, *trusted]


def _cloud_call(program: str) -> list[str]:
    return [str(needs(program)), "-h", "127.0.0.1", "-p", "1883", "-q", "1"]


def provide(folder: Path) -> Authority:
    """Put what the configuration names and the bundle does not bring below `folder`.

    As on a real box, the keys belong to the user that mosquitto becomes.
    """
    tls = folder / "etc/edgeward/tls"
    tls.mkdir(parents=True)
    bridge = re.search(r"^address (\S+):8883$", (folder / CONFIG).read_text(), re.M)
    host = bridge[1] if bridge else "cloud.invalid"
    plant, cloud = (
        Authority(tls / "plant-ca.pem", "plant"),
        Authority(tls / "cloud-ca.pem", "cloud"),
    )
    plant.issue(Identity(tls / "broker.pem", tls / "broker.key"), "broker")
    cloud.issue(Identity(tls / "cloud.pem", tls / "cloud.key"), "box")
    cloud.issue(Identity(tls / "server.pem", tls / "server.key"), "server", host)
    for file in tls.iterdir():
        shutil.chown(file, _USER)
    (folder / "etc/hosts").write_text(f"127.0.0.1 localhost\n{_CLOUD_ADDRESS} {host}\n")
    (folder / _CLOUD_CONFIG).write_text(_CLOUD)
    return plant


def start_broker(box: Box, plant: Authority, config: str = CONFIG) -> Broker:
    """The broker once it says that it runs, or has given up."""
    log = box.folder / f"{Path(config).stem}.log"
    # -v: everything is logged, whatever the configuration leaves out.
    process = box.start(str(needs("mosquitto")), "-v", "-c", f"/{config}", log=log)
    broker = Broker(box, process, log, plant)
    wait_for(broker, RUNNING)
    return broker


@contextmanager
def cloud_of(box: Box, longest_seconds: int = 60) -> Iterator[Broker]:
    """The cloud's broker for a box with a bridge, at the other end of a cable."""
    with Box(box.folder, longest_seconds) as cloud:
        box.plug_into(cloud, _BOX_ADDRESS, _CLOUD_ADDRESS)
        unused = Authority(box.folder / "unused.pem", "unused")
        broker = start_broker(cloud, unused, _CLOUD_CONFIG)
        assert re.search(RUNNING, broker.log.read_text()), broker.log.read_text()
        yield broker


def wait_for(broker: Broker, pattern: str) -> bool:
    """Whether the broker logs the pattern before it ends and within some seconds."""
    deadline = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < deadline:
        ended = broker.process.poll() is not None
        if re.search(pattern, broker.log.read_text()):
            return True
        if ended:
            return False
        time.sleep(0.02)
    return False
