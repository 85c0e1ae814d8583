"""The whole way of a release by the verb: keys, make, publish, host; then it is pulled."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from edgeward.cli.main import edgeward
from tests.fleets import PLANT, write_fleet
from tests.unit.release.staging import HOLDERS, served, write_keys

PLANT_ON_SYSTEMD = PLANT.replace("zone: line, owned", "zone: line, runtime: systemd, owned")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write_fleet(tmp_path / "root", PLANT_ON_SYSTEMD)
    model = tmp_path / "models" / "net-1.0.0"
    model.mkdir(parents=True)
    (model / "run").write_text("#!/bin/sh\n")
    (model / "run").chmod(0o755)
    return write_keys(root)


def _run(root: Path, *arguments: str) -> Result:
    command = ["release", *arguments, "--repository", str(root.parent / "repository")]
    return CliRunner().invoke(edgeward, command, standalone_mode=False)


def _keys(root: Path, *holders: str) -> list[str]:
    pairs = (("--key", str(root / "releases" / f"{holder}.key")) for holder in holders)
    return [*("--root", str(root)), *(word for pair in pairs for word in pair)]


def test_the_whole_way(root: Path) -> None:
    assert "1 of 2 signatures" in _run(root, "keys", *_keys(root, "root-a")).output
    assert _run(root, "keys", *_keys(root, "root-b", "targets")).return_value == 0
    models = str(root.parent / "models")
    made = _run(root, "make", "--root", str(root), "--number", "4", "--models", models)
    assert made.output == "release 4: 1 boxes of 1 plants\n"
    published = _run(root, "publish", "--number", "4", *_keys(root, *HOLDERS[3:7]))
    assert published.output == "published: models, plant-plant\n"
    into = root.parent / "host"
    with served(root.parent / "repository") as url:
        assert _run(root, "host", "plant/box", "--address", url, "--out", str(into)).exit_code == 0
        _name_commands(into / "releases" / "pull.json")
        pull = [sys.executable, str(into / "bin" / "pull-releases"), "--into", into / "releases"]
        done = subprocess.run(pull, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("pull-releases: 4-") and done.stdout.endswith(" runs\n")
    assert (into / "releases" / "current" / "check" / "net-1.0.0" / "run").stat().st_mode & 0o100
    report = json.loads((into / "releases" / "report.json").read_bytes())
    assert (report["release"], report["healthy"], report["failed"]) == (4, True, [])
    assert report["models"][0]["version"] == "1.0.0"


def _name_commands(path: Path) -> None:
    settings = json.loads(path.read_bytes())
    settings |= {"activate": ["true"], "health": ["true"], "settle_seconds": 0}
    path.write_text(json.dumps(settings))


def test_a_missing_model_is_named(root: Path) -> None:
    made = _run(root, "make", "--root", str(root), "--number", "1")
    assert "net-1.0.0: there is no folder of that name in --models" in str(made.exception)


def test_publishing_what_was_not_made(root: Path) -> None:
    _run(root, "keys", *_keys(root, *HOLDERS[:3]))
    published = _run(root, "publish", "--number", "9", *_keys(root, *HOLDERS[3:7]))
    assert "release 9 was not built" in str(published.exception)
