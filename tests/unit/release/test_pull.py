"""The pull script on a host: windows, the health gate, going back, a full disk, and kills."""

from __future__ import annotations

import json
import os
import random
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from edgeward.inventory.reported import read_reports
from edgeward.release.assign import Assigned
from edgeward.release.host import host_files
from edgeward.write import replace_directory
from edgeward_pull.refused import Refused
from edgeward_pull.release import Host
from tests.unit.release.staging import BOX, NOW, Stage, make_stage, served

HEALTH = """#!/bin/sh
# Sick is what says so, or what is not whole.
cd "$(dirname "$0")/releases/current" || exit 1
test -x check/net-1.0/run && test -s manifest.json && ! grep -q sick etc/edgeward/said
"""


class Plain:
    """A plain host of lyon's, with its own folder for /opt/edgeward."""

    def __init__(self, stage: Stage, folder: Path, url: str) -> None:
        self.stage, self.folder, self.into = stage, folder, folder / "releases"
        replace_directory(folder, host_files(stage.repository, "lyon", BOX, url))
        health = folder / "health"
        health.write_text(HEALTH)
        health.chmod(0o755)
        settings = json.loads((self.into / "pull.json").read_bytes())
        settings |= {"activate": ["true"], "health": [str(health)]}
        settings |= {"health_seconds": 0, "settle_seconds": 0}
        (self.into / "pull.json").write_text(json.dumps(settings))

    def pull(self, now: datetime = NOW) -> str:
        return Host(self.into, lambda: now, sleep=lambda _: None).run()

    def release(self, number: int, text: str, **assigned: object) -> None:
        self.stage.build(number, text)
        self.stage.publish({"lyon": Assigned(number, **assigned)})  # type: ignore[arg-type]

    @property
    def runs(self) -> str | None:
        said = self.into / "current" / "etc" / "edgeward" / "said"
        return said.read_text() if said.exists() else None

    def settle(self, **settings: object) -> None:
        path = self.into / "pull.json"
        path.write_text(json.dumps(json.loads(path.read_bytes()) | settings))


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Plain]:
    stage = make_stage(tmp_path)
    with served(stage.repository) as url:
        yield Plain(stage, tmp_path / "opt", url)


def test_a_release_runs_and_stays(host: Plain) -> None:
    assert host.pull().endswith(" runs")
    assert host.runs == "one for lyon"
    assert host.pull().endswith(" runs already")


def test_a_sick_release_goes_back_and_is_not_tried_again(host: Plain) -> None:
    host.pull()
    host.release(2, "sick")
    with pytest.raises(Refused, match=r"2-.* failed its health gate: back to 1-"):
        host.pull()
    assert host.runs == "one for lyon"
    with pytest.raises(Refused, match="waits for another release"):
        host.pull()
    host.release(3, "three")
    assert host.pull().startswith("3-")
    assert (host.into / "previous").readlink().name.startswith("1-")


def test_a_sick_first_release_leaves_nothing_running(host: Plain) -> None:
    host.release(2, "sick")
    with pytest.raises(Refused, match="nothing ran before it"):
        host.pull()
    assert host.runs is None


def test_health_has_to_last(host: Plain) -> None:
    """Healthy at first, and sick after the time to settle: the gate sees it."""
    host.pull()
    host.release(2, "two")
    once = host.folder / "once"
    host.settle(health=["sh", "-c", f"test ! -e {once} && touch {once}"])
    with pytest.raises(Refused, match="back to 1-"):
        host.pull()


def test_it_waits_for_its_window(host: Plain) -> None:
    host.pull()
    opens = NOW + timedelta(hours=5)
    window = tuple(f"{each:%Y-%m-%dT%H:%M:%SZ}" for each in (opens, opens + timedelta(hours=1)))
    host.release(2, "two", windows=(window,))
    host.settle(health_seconds=600)
    assert "waits for its window" in host.pull()
    assert "waits for its window" in host.pull(opens - timedelta(seconds=1))
    # Too late to try it and go back before the window closes.
    assert "waits for its window" in host.pull(opens + timedelta(minutes=41))
    assert host.runs == "one for lyon"
    assert host.pull(opens + timedelta(minutes=39)).endswith(" runs")


def test_a_window_that_closes_during_the_download(host: Plain) -> None:
    host.pull()
    window = tuple(f"{NOW + timedelta(hours=each):%Y-%m-%dT%H:%M:%SZ}" for each in (-1, 1))
    host.release(2, "two", windows=(window,))
    times = iter([NOW, NOW + timedelta(hours=3)])
    said = Host(host.into, lambda: next(times), sleep=lambda _: None).run()
    assert "waits for its window" in said
    assert host.runs == "one for lyon"


def _make_certificate(folder: Path, name: str) -> tuple[str, str]:
    pair = str(folder / f"{name}.pem"), str(folder / f"{name}.key")
    command = ["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-subj", f"/CN={name}"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-out", pair[0], "-keyout", pair[1]]
    subprocess.run(command, check=True, capture_output=True)
    return pair


def test_it_shows_the_certificate_of_the_box(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that only talks to boxes that it knows, by the credentials that systemd gives."""
    server, box = _make_certificate(tmp_path, "server"), _make_certificate(tmp_path, "device")
    stage = make_stage(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*server)
    context.load_verify_locations(box[0])
    context.verify_mode = ssl.CERT_REQUIRED
    monkeypatch.setenv("SSL_CERT_FILE", server[0])
    with served(stage.repository, tls=context) as url:
        host = Plain(stage, tmp_path / "opt", url)
        with pytest.raises(Refused, match=r"out of reach|broke off"):
            host.pull()
        monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
        assert host.pull().endswith(" runs")


def test_a_clock_that_was_put_back(host: Plain) -> None:
    host.pull()
    with pytest.raises(Refused, match="the clock says"):
        host.pull(NOW - timedelta(days=400))


def test_going_back_is_publishing_the_lower_number(host: Plain) -> None:
    host.pull()
    host.release(2, "two")
    host.pull()
    host.stage.publish({"lyon": Assigned(1)})
    assert host.pull().startswith("1-")
    assert host.runs == "one for lyon"


def test_a_reboot_loop_ends_in_the_old_release(host: Plain) -> None:
    """The box dies each time that the new release starts."""
    host.pull()
    host.release(2, "two")
    host.settle(
        activate=["sh", "-c", f"grep -q two {host.into}/current/etc/edgeward/said && kill -9 $PPID"]
    )
    for _ in range(3):
        done = _start(host).wait()
        assert done in (-signal.SIGKILL, 1)
    assert host.runs == "one for lyon"
    assert json.loads((host.into / "failed.json").read_bytes())[0].startswith("2-")


def test_no_space_is_seen_before_the_download(host: Plain, monkeypatch: pytest.MonkeyPatch) -> None:
    host.pull()
    host.release(2, "two")
    monkeypatch.setattr("edgeward_pull.release.free_bytes", lambda _folder: 1000)
    with pytest.raises(Refused, match=r"no space: .* bytes are needed and 1000 are free"):
        host.pull()
    assert host.runs == "one for lyon"


def test_a_disk_that_fills_up_on_the_way(host: Plain) -> None:
    """No file may be larger than 4 kB, so that writing ends in the middle."""
    host.pull()
    before = (host.into / "current").readlink()
    host.release(2, "two")
    process = _start(host, "ulimit -f 4; trap '' XFSZ; ")
    assert process.wait() == 1
    assert "cannot be put together here" in (host.folder / "said").read_text()
    assert (host.into / "current").readlink() == before
    assert host.runs == "one for lyon"
    assert host.pull().startswith("2-")


def test_the_report_says_what_is_known_of_the_box(host: Plain) -> None:
    certificate = str(host.folder / "cert.pem")
    command = ["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-subj", "/CN=box"]
    command += ["-days", "90", "-keyout", f"{certificate}.key", "-out", certificate]
    subprocess.run(command, check=True, capture_output=True)
    reports = host.folder / "reports"
    reports.mkdir()
    copy = ["sh", "-c", f'cp "$0" {reports}']
    host.settle(certificate=certificate, publish=copy)
    assert _start(host).wait() == 0
    counted = {"counters": {"rejects": {"events": 2, "bad": 1}}}
    (host.into / "current" / "measured.json").write_text(json.dumps(counted))
    assert _start(host).wait() == 0
    (report,), wrong = read_reports(reports)
    assert (report.name, report.release, report.healthy, wrong) == ("lyon/line2-gpu", 1, True, ())
    assert report.counters == {"rejects": (2, 1)}
    assert report.certificate_until is not None
    assert 89 <= (report.certificate_until - NOW).days <= 90


def test_a_damaged_note_of_a_trial_is_said(host: Plain) -> None:
    (host.into / "trial.json").write_text("{")
    with pytest.raises(Refused, match=r"trial.json: is damaged"):
        host.pull()


@pytest.mark.parametrize("seed", range(20))
def test_killed_at_any_point(host: Plain, seed: int) -> None:
    _kill_and_look(host, random.Random(seed))


@pytest.mark.soak
def test_killed_at_300_points(host: Plain) -> None:
    for seed in range(300):
        _kill_and_look(host, random.Random(seed), first=2 + 3 * seed)


def _kill_and_look(host: Plain, chance: random.Random, first: int = 2) -> None:
    """After a kill what is current is whole and old or new; the next run finishes the work."""
    with suppress(Refused):  # the sick one of before
        host.pull()
    old = host.runs
    host.release(first, f"text {first} {'sick' if chance.random() < 0.3 else 'well'}")
    process = _start(host)
    time.sleep(chance.uniform(0.02, 0.4))
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    new = f"text {first} "
    assert host.runs == old or (host.runs or "").startswith(new)
    assert _is_whole(host)
    for _ in range(2):
        _start(host).wait()
    assert _is_whole(host)
    assert not (host.into / "trial.json").exists()
    assert (host.runs or "").endswith("well for lyon") or host.runs == old


def _is_whole(host: Plain) -> bool:
    current = host.into / "current"
    manifest = json.loads((current / "manifest.json").read_bytes())
    return manifest["site"] == "lyon" and (current / "check" / "net-1.0" / "run").stat().st_size > 0


def _start(host: Plain, before: str = "") -> subprocess.Popen[bytes]:
    pull = f"{sys.executable} {host.folder}/bin/pull-releases --into {host.into}"
    script = f"{before}exec {pull} >{host.folder}/said 2>&1"
    return subprocess.Popen(["bash", "-c", script])
