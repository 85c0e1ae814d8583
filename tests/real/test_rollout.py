"""Two plants on loopback: a good release, a bad one that goes back, and a plant that was dark.

The repository is served over HTTP, both hosts are processes of the shipped pull script with a
folder each, and every step is taken by the verb. The how-to shows the run as it is here.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from edgeward.cli.main import edgeward
from edgeward.inventory.reported import instant
from tests.fleets import PLANT, write_fleet
from tests.unit.release.staging import HOLDERS, served, write_keys

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "release.md"
ALWAYS = """timezone: Europe/Prague
windows:
  maintenance: [{start: "00:00", duration_hours: 24}, {start: "12:00", duration_hours: 24}]
"""
ROLLOUT = """\
apiVersion: edgeward/v1alpha1
kind: Rollout
name: NAME
release: NEW
back_to: OLD
owner: ml@example.com
approver: quality@example.com
canary: {plants: 1, soak_hours: 0.000001}
stages: [{share: 1, soak_hours: 0.000001}]
gates:
  inference: {metric: rejects, events_per_hour: 1000000000, usual_share: 0.01, bad_share: 0.3}
activation_hours: 0.05
"""
HEALTH = "! grep -q '\"release\": 3' {into}/current/manifest.json"


class Fleet:
    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        self.told: list[str] = []
        self.reports = folder / "reports"
        self.reports.mkdir()
        self.root = write_keys(write_fleet(folder / "root"))
        (self.root / "sites" / "plant" / "site.yaml").unlink()
        for name in ("brno", "lyon"):
            text = PLANT.replace("name: plant\n", f"name: {name}\n{ALWAYS}")
            path = self.root / "sites" / name / "site.yaml"
            path.parent.mkdir()
            text = text.replace("zone: line, owned", "zone: line, runtime: systemd, owned")
            path.write_text(text.replace("worst_outage_hours: 1,", "worst_outage_hours: 72,"))
        model = folder / "models" / "net-1.0.0"
        model.mkdir(parents=True)
        (model / "run").write_text("#!/bin/sh\n")

    def verb(self, *arguments: str, code: int = 0) -> str:
        done = CliRunner().invoke(edgeward, arguments, standalone_mode=False)
        if done.exception is not None:
            raise done.exception
        assert done.return_value == code, done.output
        self.tell(f"$ edgeward {' '.join(arguments)}", done.output)
        return done.output

    def tell(self, command: str, output: str) -> None:
        """Note what was run and said, as the how-to has it: without places, times and digests."""
        short = re.sub(r" --(root|repository|key|models) \S+", "", command)
        text = f"{short}\n{output}".replace(f"{self.folder}/", "")
        text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", "…", text)
        self.told += re.sub(r"-[0-9a-f]{12}\b", "-…", text).splitlines()

    def release(self, verb: str, *arguments: str) -> str:
        place = ("--root", str(self.root), "--repository", str(self.folder / "repository"))
        return self.verb("release", verb, *arguments, *place)

    def make(self, number: int) -> None:
        self.release("make", "--number", str(number), "--models", str(self.folder / "models"))

    def publish(self, *arguments: str) -> None:
        self.release("publish", *arguments, *self.keys(*HOLDERS[3:7]))

    def keys(self, *holders: str) -> list[str]:
        pairs = (("--key", str(self.root / "releases" / f"{each}.key")) for each in holders)
        return [word for pair in pairs for word in pair]

    def host(self, site: str) -> None:
        out = self.folder / site
        repository = ("--repository", str(self.folder / "repository"))
        given = ("--address", self.url, "--out", str(out))
        self.verb("release", "host", f"{site}/box", *repository, *given)
        path = out / "releases" / "pull.json"
        settings = json.loads(path.read_bytes()) | {
            "activate": ["true"],
            "health": ["sh", "-c", HEALTH.format(into=out / "releases")],
            "health_seconds": 0,
            "settle_seconds": 0,
            "publish": ["sh", "-c", f'cp "$0" {self.reports}/{site}.json'],
        }
        path.write_text(json.dumps(settings))

    def pull(self, site: str, code: int = 0) -> str:
        into = self.folder / site
        command = [sys.executable, into / "bin" / "pull-releases", "--into", into / "releases"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == code, done.stderr
        self.tell(f"{site}$ pull-releases", done.stdout + done.stderr)
        return done.stdout + done.stderr

    def counts(self, site: str, bad: int) -> None:
        """The service of the running slot counts, and the next report says so."""
        counters = {"rejects": {"events": 1000, "bad": bad}}
        path = self.folder / site / "releases" / "current" / "measured.json"
        path.write_text(json.dumps({"counters": counters}))
        self.pull(site)

    def falls_silent(self, site: str, hours: int) -> None:
        """Its last report is that old."""
        path = self.reports / f"{site}.json"
        report = json.loads(path.read_bytes())
        at = instant(report["at"]) - timedelta(hours=hours)
        path.write_text(json.dumps(report | {"at": at.isoformat()}))

    def plan_rollout(self, name: str, new: int, old: int) -> None:
        text = ROLLOUT.replace("NAME", name).replace("NEW", str(new)).replace("OLD", str(old))
        (self.root / "rollouts").mkdir(exist_ok=True)
        (self.root / "rollouts" / f"{name}.yaml").write_text(text)
        assert "ends" in self.verb("rollout", "plan", name, "--root", str(self.root))

    def step(self, name: str, code: int = 0) -> str:
        place = ("--root", str(self.root), "--reports", str(self.reports))
        said = self.verb("rollout", "step", name, *place, code=code)
        self.publish("--rollout", name)
        return said

    def inventory(self, code: int) -> str:
        place = ("--root", str(self.root), "--reports", str(self.reports))
        return self.verb(
            "inventory", *place, "--repository", str(self.folder / "repository"), code=code
        )

    def runs(self, site: str) -> str:
        link = self.folder / site / "releases" / "current"
        return link.readlink().name.partition("-")[0]


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    (tmp_path / "repository").mkdir()
    with served(tmp_path / "repository") as url:
        yield Fleet(tmp_path, url)


def test_two_plants(fleet: Fleet) -> None:
    fleet.release("keys", *fleet.keys(*HOLDERS[:3]))
    fleet.make(1)
    fleet.publish("--number", "1")
    for site in ("brno", "lyon"):
        fleet.host(site)
        fleet.pull(site)
    assert "release 1 runs on 2" in fleet.inventory(0)

    # A good release, while lyon is dark: brno does not wait for it.
    fleet.falls_silent("lyon", hours=30)
    fleet.make(2)
    fleet.plan_rollout("good", 2, 1)
    assert "brno: assigned" in fleet.step("good")
    assert "2-" in fleet.pull("brno")
    fleet.counts("brno", bad=9)
    assert "brno: running" in fleet.step("good")
    time.sleep(1.1)  # the soak
    assert "done: all plants within reach have it" in fleet.step("good")
    assert fleet.runs("lyon") == "1"
    said = fleet.inventory(0)
    assert "lyon/box: is silent for 30 h" in said
    assert "release 1 runs on 1, release 2 runs on 1" in said

    # Lyon comes back and catches up.
    fleet.pull("lyon")
    assert "lyon: assigned" in fleet.step("good")
    fleet.pull("lyon")
    assert "lyon: running" in fleet.step("good")
    assert (fleet.runs("brno"), fleet.runs("lyon")) == ("2", "2")
    assert "release 2 runs on 2" in fleet.inventory(0)

    # A bad release: the first plant goes back by itself, and the other never gets it.
    fleet.make(3)
    fleet.plan_rollout("bad", 3, 2)
    said = fleet.step("bad")
    canary, other = ("brno", "lyon") if "brno: assigned" in said else ("lyon", "brno")
    assert "failed its health gate: back to 2-" in fleet.pull(canary, code=1)
    assert "aborted: 1 of 1 plants failed" in fleet.step("bad", code=1)
    for site in (canary, other):
        fleet.pull(site)
    assert (fleet.runs("brno"), fleet.runs("lyon")) == ("2", "2")
    said = fleet.inventory(0)
    assert f"{canary}/box: release 3 failed its health gate there" in said
    assert "release 2 runs on 2" in said
    # Taking the step again changes nothing.
    state = fleet.root / "rollouts" / "state" / "bad.json"
    before = state.read_bytes()
    fleet.step("bad", code=1)
    fleet.step("bad", code=1)
    assert json.loads(state.read_bytes())["status"] == "aborted"
    assert len(json.loads(state.read_bytes())["log"]) <= len(json.loads(before)["log"]) + 1
    # Retired, it still runs until a release without it is there.
    site = fleet.root / "sites" / "lyon" / "site.yaml"
    site.write_text(site.read_text().replace("stage: pilot", "stage: retired"))
    assert "lyon: check is retired, and still runs on lyon/box" in fleet.inventory(0)

    told = iter(fleet.told)
    for line in _shown():  # in this order, with others between
        assert line in told, f"{HOW_TO.name} shows what was not said there: {line}"


def _shown() -> list[str]:
    _head, _title, section = HOW_TO.read_text().partition("\n## A run of it\n")
    blocks = re.findall(r"```console\n(.*?)```", section.partition("\n## ")[0], re.DOTALL)
    lines = "".join(blocks).splitlines()
    assert lines, "the how-to has no run"
    return lines
