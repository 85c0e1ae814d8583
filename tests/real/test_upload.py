"""The uploader of a bundle, as a process with the rendered settings, against a cloud on loopback.

Nothing that was handed over may be lost, whatever happens to the process, the link or the disk.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.real.needs import needs_namespaces
from tests.real.readers.bucket import SECRET, TOKEN, Cloud
from tests.real.readers.bundles import bundles_of, unpack
from tests.real.readers.certificates import Authority, Identity
from tests.real.readers.packs import UPLOADER, UPLOADS

STREAM = "cap-frames"
# Fills a disk with items of 40 kB until nothing more is kept, then uploads from it.
_FILL = """
import hashlib, os, pathlib, re, subprocess, sys
disk, stream, *upload = sys.argv[1:]
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], check=True)
folder = pathlib.Path(disk, "spool", stream)
folder.mkdir(parents=True)
for number in range(1000):
    content, part = os.urandom(40_000), folder / f".{number:04}"
    try:
        part.write_bytes(content)
    except OSError:
        break
    part.rename(folder / f"{number:04}")
    print("kept", hashlib.sha256(content).hexdigest())
sys.stdout.flush()
done = subprocess.run(upload)
print("left", len([path for path in folder.iterdir() if path.name[0] != "."]))
told = pathlib.Path(disk, "uploads.prom").read_text()
print("dropped", re.search(r"dropped_total{.*} (\\d+)", told)[1])
sys.exit(done.returncode)
"""


@dataclass(slots=True)
class Host:
    """A box with its bundle, whose settings name the loopback cloud instead of Amazon's hosts."""

    folder: Path
    cloud: Cloud
    said: str = ""
    numbers: dict[str, int] = field(default_factory=dict)
    handed_over: list[bytes] = field(default_factory=list)

    @property
    def spool(self) -> Path:
        return self.folder / "spool"

    @property
    def waiting(self) -> list[Path]:
        return sorted((self.spool / STREAM).iterdir())

    def hand_over(self, content: bytes) -> None:
        """As docs/how-to/edge-bundle.md says; what comes back from it counts as acknowledged."""
        name = f"{time.time_ns():020}-{len(self.handed_over):06}.bin"
        part = self.spool / STREAM / f".{name}"
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.rename(part.with_name(name))
        self.handed_over.append(content)

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self._command(),
            env={"PATH": os.environ["PATH"], "CREDENTIALS_DIRECTORY": str(self.folder / "tls")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, seconds: float = 60) -> int:
        process = self.start()
        self.said += process.communicate(timeout=seconds)[0]
        return process.returncode

    def metric(self, name: str) -> int:
        text = (self.folder / "state/uploads.prom").read_text()
        line = next(x for x in text.splitlines() if x.startswith(f'{name}{{stream="{STREAM}"}}'))
        return int(line.split()[-1])

    def change_settings(self, **changes: object) -> None:
        path = self.folder / UPLOADS
        path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))

    def arrived(self) -> list[bytes]:
        return sorted(self.cloud.objects.values())

    def _command(self) -> list[str]:
        return [
            str(self.folder / UPLOADER),
            f"--config={self.folder / UPLOADS}",
            f"--spool={self.spool}",
            f"--state={self.folder / 'state'}",
        ]


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    (bundle,) = bundles_of("made-up-uploads")
    unpack(bundle, tmp_path)
    settings: dict[str, Any] = json.loads((tmp_path / UPLOADS).read_text())
    tls = tmp_path / "tls"
    for folder in (tls, tmp_path / "state", tmp_path / "spool" / STREAM):
        folder.mkdir(parents=True)
    authority = Authority(tls / "cloud-ca.pem", "the cloud")
    server = authority.issue(Identity(tmp_path / "s.pem", tmp_path / "s.key"), "localhost")
    authority.issue(Identity(tls / "cloud.pem", tls / "cloud.key"), settings["thing"])
    cloud = Cloud(settings["thing"])
    with cloud.serve(server, str(authority.certificate)) as address:
        host = Host(tmp_path, cloud)
        host.change_settings(credentials_host=address, bucket_host=address)
        yield host
    assert SECRET not in host.said and TOKEN not in host.said


def _contents(count: int, most: int = 300_000) -> list[bytes]:
    return [os.urandom(random.randrange(1, most)) for _ in range(count)]


def test_what_waits_arrives_once_and_leaves_the_spool(host: Host) -> None:
    contents = _contents(20)
    for content in contents:
        host.hand_over(content)
    assert host.run() == 0, host.said
    assert host.arrived() == sorted(contents)
    assert host.waiting == []
    assert (host.cloud.asked, host.cloud.refused) == (1, [])
    assert all(
        key.startswith(f"streams/{STREAM}/{host.cloud.thing}/") for key in host.cloud.objects
    )
    assert host.metric("edgeward_upload_items_total") == 20
    assert host.metric("edgeward_upload_bytes_total") == sum(map(len, contents))
    assert host.metric("edgeward_upload_backlog_items") == 0


def test_a_link_that_is_cut_or_busy_or_swallows_the_answer_loses_nothing(host: Host) -> None:
    contents = _contents(5)
    for content in contents:
        host.hand_over(content)
    host.cloud.faults.extend(["busy", None, "cut", None, "no answer"])
    assert host.run() == 0, host.said
    assert host.arrived() == sorted(contents)
    assert host.waiting == []
    assert host.cloud.puts == 6, "the one without an answer came twice, to the same place"


def test_credentials_that_ran_out_are_asked_for_again(host: Host) -> None:
    host.cloud.good_for = timedelta(minutes=1)
    for content in _contents(3):
        host.hand_over(content)
    assert host.run() == 0, host.said
    assert host.cloud.asked == 3, "a minute is too short to be relied on"
    host.cloud.good_for = timedelta(hours=1)
    host.hand_over(b"one")
    host.hand_over(b"two" * 100_000)
    host.cloud.bytes_per_second = 400_000
    process = host.start()
    while host.cloud.puts < 4:
        time.sleep(0.01)
    host.cloud.generation += 1
    host.said += process.communicate(timeout=30)[0]
    assert process.returncode == 0, host.said
    assert host.cloud.refused == ["ExpiredToken"] and host.waiting == []


@pytest.mark.parametrize("ahead", [-7200, 7200])
def test_a_box_whose_clock_is_wrong_signs_by_that_of_the_cloud(host: Host, ahead: float) -> None:
    host.cloud.ahead = ahead
    host.hand_over(b"late or early")
    assert host.run() == 0, host.said
    assert host.arrived() == [b"late or early"] and host.waiting == []


def test_a_file_that_is_still_being_written_is_left_alone(host: Host) -> None:
    part = host.spool / STREAM / ".half"
    part.write_bytes(b"half")
    assert host.run() == 0
    assert host.cloud.objects == {} and host.waiting == [part]
    part.rename(part.with_name("whole"))
    assert host.run() == 0
    assert host.arrived() == [b"half"]


def test_a_file_that_changes_on_the_way_is_not_taken_for_what_was_sent(host: Host) -> None:
    """Against the contract, and still nothing is lost: both arrive, each at its own place."""
    path = host.spool / STREAM / "twice"
    path.write_bytes(b"1" * 600_000)
    host.cloud.bytes_per_second = 1_000_000
    process = host.start()
    while not host.cloud.asked:
        time.sleep(0.01)
    time.sleep(0.2)
    (host.spool / STREAM / ".again").write_bytes(b"2" * 10)
    (host.spool / STREAM / ".again").rename(path)
    process.communicate(timeout=30)
    assert host.arrived() == [b"1" * 600_000, b"2" * 10]


def test_what_is_refused_stays_and_somebody_is_told(host: Host) -> None:
    host.hand_over(b"refused")
    host.cloud.faults.append("denied")
    assert host.run() == 1
    assert "the bucket answers 403" in host.said
    assert host.metric("edgeward_upload_refused") == 1 and len(host.waiting) == 1
    assert host.run() == 0
    assert host.waiting == []


def test_a_certificate_of_another_box_gets_nothing(host: Host) -> None:
    host.hand_over(b"mine")
    host.change_settings(thing="another-box")
    assert host.run() == 1
    assert "answers 403" in host.said and host.cloud.objects == {}


def test_without_its_certificate_it_sends_nothing_and_still_keeps_to_its_bounds(host: Host) -> None:
    for number in range(3):
        host.hand_over(bytes([number]) * 1000)
    (host.folder / "tls/cloud.key").unlink()
    host.change_settings(most_bytes=2000)
    assert host.run() == 1
    assert "the certificate of the box cannot be used" in host.said
    assert len(host.waiting) == 2 and host.metric("edgeward_upload_refused") == 2


def test_a_cloud_that_the_plant_does_not_trust_gets_nothing(host: Host) -> None:
    host.hand_over(b"mine")
    for name in ("cloud-ca.pem", "cloud-ca.authority"):
        (host.folder / "tls" / name).rename(host.folder / name)
    Authority(host.folder / "tls/cloud-ca.pem", "another")
    process = host.start()
    time.sleep(1.5)
    process.kill()
    process.communicate()
    assert host.cloud.asked == 0 and host.cloud.objects == {} and len(host.waiting) == 1


def test_it_takes_no_more_of_the_link_than_its_share(host: Host) -> None:
    for _ in range(4):
        host.hand_over(os.urandom(50_000))
    host.change_settings(bytes_per_second=200_000)
    begun = time.monotonic()
    assert host.run() == 0
    assert time.monotonic() - begun >= 1


def test_a_window_that_is_closed_sends_nothing_and_one_that_closes_breaks_off(host: Host) -> None:
    host.hand_over(os.urandom(400_000))
    zone = {"timezone": "UTC"}
    now = time.gmtime()
    start = f"{(now.tm_hour + 12) % 24:02}:00"
    host.change_settings(windows=[{"days": [], "start": start, "seconds": 60}], **zone)
    assert host.run() == 0
    assert host.cloud.asked == 0 and "the window closed" in host.said
    seconds = now.tm_min * 60 + time.gmtime().tm_sec + 3
    start = f"{now.tm_hour:02}:00"
    host.change_settings(windows=[{"days": [], "start": start, "seconds": seconds}], **zone)
    host.cloud.bytes_per_second = 50_000
    assert host.run() == 0
    assert host.cloud.objects == {} and len(host.waiting) == 1


def test_beyond_the_bound_the_end_is_given_up_and_counted(host: Host) -> None:
    contents = [bytes([number]) * 1000 for number in range(10)]
    for content in contents:
        host.hand_over(content)
    host.change_settings(most_bytes=6500)
    assert host.run() == 0
    assert host.arrived() == contents[:6]
    assert host.metric("edgeward_upload_dropped_total") == 4


@pytest.mark.parametrize("reserve", [0, 20])
def test_a_full_disk_loses_what_is_in_the_way_of_its_reserve_and_nothing_else(
    host: Host, reserve: int
) -> None:
    """A tmpfs of 1 MB that is full to the last byte, with the uploader's own state on it."""
    needs_namespaces()
    host.change_settings(free_percent=reserve)
    disk = host.folder / "disk"
    disk.mkdir()
    arguments = [f"--config={host.folder / UPLOADS}", f"--spool={disk}/spool", f"--state={disk}"]
    upload = [str(host.folder / UPLOADER), *arguments]
    done = subprocess.run(
        ["unshare", "--mount", sys.executable, "-I", "-c", _FILL, str(disk), STREAM, *upload],
        env={"PATH": os.environ["PATH"], "CREDENTIALS_DIRECTORY": str(host.folder / "tls")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    kept = [line for line in done.stdout.splitlines() if line.startswith("kept ")]
    arrived = [f"kept {hashlib.sha256(each).hexdigest()}" for each in host.cloud.objects.values()]
    assert len(kept) > 20
    print(f"\nfull disk: {len(kept)} handed over, {len(kept) - len(arrived)} given up")
    # Keys are in the order of names, and so of time.
    given_up = len(kept) - len(arrived)
    assert arrived == kept[: len(arrived)]
    assert given_up == 0 if reserve == 0 else 4 <= given_up <= 6
    assert "left 0" in done.stdout
    assert reserve == 0 or f"dropped {given_up}" in done.stdout


def _disturb(host: Host, rounds: int) -> None:
    """Kill the process at random points while items come and the link misbehaves."""
    for _ in range(rounds):
        for content in _contents(random.randrange(1, 5), 200_000):
            host.hand_over(content)
        host.cloud.faults.extend(random.choices(["busy", "cut", "no answer"], k=2))
        process = host.start()
        time.sleep(random.uniform(0.05, 0.8))
        process.kill()
        process.communicate()
    host.cloud.faults.clear()
    assert host.run(300) == 0, host.said


def _check_kills(host: Host, rounds: int) -> None:
    host.cloud.bytes_per_second = 2_000_000
    _disturb(host, rounds)
    assert host.arrived() == sorted(host.handed_over), "an item that was handed over is lost"
    assert host.waiting == []
    twice = host.cloud.puts - len(host.handed_over)
    print(f"\n{rounds} kills: {len(host.handed_over)} handed over, 0 lost, {twice} sent twice")
    assert host.cloud.refused == []


def test_twenty_kills_lose_nothing(host: Host) -> None:
    _check_kills(host, 20)


@pytest.mark.soak
def test_two_hundred_kills_lose_nothing(host: Host) -> None:
    _check_kills(host, 200)
