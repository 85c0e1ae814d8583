"""The templates for CI that edgeward ships, and their shell steps run as they are written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.fleets import PLANT, write_fleet

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTIONS = sorted((ROOT / ".github" / "actions").glob("*/action.yml"))
GITLAB = sorted((ROOT / ".gitlab").glob("*.yml"))
STARTERS = ROOT / "src" / "edgeward" / "onboard" / "starter"
"""What `edgeward init` writes for a forge; tests/unit/cli/test_init.py runs it."""
GIT = ("git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text())


def steps_of(path: Path, job: str | None = None) -> list[dict[str, Any]]:
    """The steps of an action, or of one job of a workflow."""
    document = read(path)
    steps: list[dict[str, Any]] = (
        document["runs"]["steps"] if job is None else document["jobs"][job]["steps"]
    )
    return steps


def all_steps() -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in ACTIONS:
        yield from ((path, step) for step in steps_of(path))
    for path in WORKFLOWS:
        for job in read(path)["jobs"]:
            yield from ((path, step) for step in steps_of(path, job))


def gitlab_jobs() -> dict[str, dict[str, Any]]:
    """The jobs of GitLab's templates by name, also those that others extend."""
    parts = (part for path in GITLAB for part in read(path).items())
    return {name: job for name, job in parts if name != "variables"}


class Runner:
    """As a job's machine: a checkout, a folder of its own, programs before those of the PATH."""

    def __init__(self, checkout: Path, scratch: Path, programs: Mapping[str, str]) -> None:
        self.checkout = checkout
        self.summary, self.output = scratch / "summary.md", scratch / "output"
        self.path = scratch / "path"
        bin_ = scratch / "bin"
        bin_.mkdir(parents=True)
        for name, text in programs.items():
            (bin_ / name).write_text(f"#!/bin/bash\n{text}\n")
            (bin_ / name).chmod(0o755)
        self.env = {
            **os.environ,
            "PATH": os.pathsep.join((str(bin_), str(ROOT / ".venv" / "bin"), os.environ["PATH"])),
            "RUNNER_TEMP": str(scratch),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_PATH": str(self.path),
            "XDG_CACHE_HOME": str(scratch / "cache"),
        }
        for file in (self.summary, self.output, self.path):
            file.write_text("")

    def run(self, script: str, **env: str) -> subprocess.CompletedProcess[str]:
        """One step, by the shell that GitHub would start for it."""
        shell = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
        return subprocess.run(
            shell,
            cwd=self.checkout,
            env={**self.env, **env},
            capture_output=True,
            text=True,
            check=False,
        )


def git(root: Path, *arguments: str) -> None:
    subprocess.run([*GIT, *arguments], cwd=root, check=True, capture_output=True)


def write_merged(root: Path) -> Path:
    """A pull request as merged, its base the first parent: it moves one budget of two plants."""
    write_fleet(root)
    other = PLANT.replace("name: plant\n", "name: other\n", 1)
    (root / "sites" / "other").mkdir()
    (root / "sites" / "other" / "site.yaml").write_text(other)
    git(root, "init", "-q", "-b", "main")
    subprocess.run(
        [sys.executable, "-m", "edgeward.cli.main", "decide"],
        cwd=root,
        check=True,
        capture_output=True,
    )
    git(root, "add", "-A")
    git(root, "commit", "-qm", "base")
    git(root, "checkout", "-qb", "change")
    site = root / "sites" / "plant" / "site.yaml"
    site.write_text(site.read_text().replace("budget_ms: 5000", "budget_ms: 4000"))
    git(root, "commit", "-qam", "change")
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", "merge", "change")
    return root
