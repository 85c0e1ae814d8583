"""What CI and terminals do to a report: many findings, few columns, a reader that leaves early."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from edgeward.errors import ExitCode
from edgeward.finding import Finding, Severity
from edgeward.git import changed_files
from edgeward.inputs import digest_plant
from edgeward.report.github import render_github
from edgeward.report.gitlab import render_gitlab
from edgeward.report.json import render_json
from edgeward.report.junit import render_junit
from edgeward.report.sarif import render_sarif
from edgeward.report.text import render_text
from edgeward.result import PlantResult, RunResult
from tests.fleets import PLANT, write_fleet
from tests.formats import read_github, read_gitlab, read_junit, read_sarif
from tests.samples import DECISION

MANY = 10_000
FINDING = Finding(
    *("security.retention_is_limited", Severity.ERROR, "kept 400 days, 90 are allowed"),
    *("streams.frames.retention_days", "sites/plant/site.yaml", 3, 5, "plant"),
)


@pytest.fixture(scope="module")
def crowded() -> RunResult:
    findings = tuple(
        replace(FINDING, line=number + 1, subject=f"{number}") for number in range(MANY)
    )
    return RunResult((PlantResult("plant", decision=DECISION, findings=findings),))


def test_ten_thousand_findings_are_told_in_every_form(crowded: RunResult) -> None:
    started = time.process_time()
    assert render_text(crowded).count("security.retention_is_limited") == MANY
    assert len(json.loads(render_json(crowded, 1))["plants"][0]["findings"]) == MANY
    assert len(read_sarif(render_sarif(crowded))["results"]) == MANY
    assert len(read_junit(render_junit(crowded)).findall(".//failure")) == MANY
    assert len(read_gitlab(render_gitlab(crowded))) == MANY
    shown, _ = read_github(render_github(crowded))
    assert len(shown) == 10 and shown[-1].message.startswith("9991 more error")
    assert time.process_time() - started < 20


def edgeward(root: Path, *arguments: str, columns: str = "80") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "edgeward.cli.main", *arguments],
        cwd=root,
        env={**os.environ, "COLUMNS": columns, "XDG_CACHE_HOME": str(root.parent / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_forty_columns_change_no_byte_of_a_report(tmp_path: Path) -> None:
    root = write_fleet(tmp_path / "fleet")
    wide, narrow = (edgeward(root, "check", columns=each) for each in ("80", "40"))
    assert wide.returncode == narrow.returncode == ExitCode.CLEAN, wide.stderr
    assert wide.stdout == narrow.stdout


def test_a_terminal_need_not_know_every_character(tmp_path: Path) -> None:
    cache = str(tmp_path / "cache")
    root = write_fleet(tmp_path / "fleet")
    done = subprocess.run(
        [sys.executable, "-m", "edgeward.cli.main", "check"],
        cwd=root,
        env={**os.environ, "PYTHONIOENCODING": "latin-1", "XDG_CACHE_HOME": cache},
        capture_output=True,
        check=False,
    )
    assert done.returncode == ExitCode.CLEAN, done.stderr
    assert b"check ? plant box" in done.stdout


def test_a_pipe_closed_early_ends_quietly_also_with_workers(tmp_path: Path) -> None:
    root = write_fleet(tmp_path / "fleet")
    for number in range(30):
        folder = root / "sites" / f"plant-{number}"
        folder.mkdir()
        text = PLANT.replace("name: plant\n", f"name: plant-{number}\n", 1)
        (folder / "site.yaml").write_text(text)
    script = f'set -o pipefail; "{sys.executable}" -m edgeward.cli.main check -v | head -n 1'
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=root,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stderr == "" and done.returncode in (ExitCode.CLEAN, ExitCode.INTERRUPTED)
    assert done.stdout.startswith("plant")


def test_a_link_out_of_the_repository_is_not_read_whole(tmp_path: Path) -> None:
    root = write_fleet(tmp_path / "fleet")
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(1 << 40)  # a hole: nobody could read it
    (root / "sites" / "plant" / "notes.txt").symlink_to(large)
    (root / "sites" / "plant" / "zero").symlink_to("/dev/zero")
    assert digest_plant("", root, "plant") == digest_plant("", root, "plant")
    git = (
        "git",
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.com",
        "-c",
        "commit.gpgsign=false",
    )
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "base")):
        subprocess.run([*git, *arguments], cwd=root, check=True)
    assert changed_files(root, "HEAD", ("sites",)) == ("sites/plant/notes.txt",)
