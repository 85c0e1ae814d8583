"""The templates for CI against the readers of their formats, and what they install for real.

Their other steps run in tests/house, as written too.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.house.templates import (
    ACTIONS,
    GITLAB,
    ROOT,
    STARTERS,
    WORKFLOWS,
    Runner,
    all_steps,
    git,
    gitlab_jobs,
    write_merged,
)
from tests.real.needs import needs

FOR_GITHUB = (*WORKFLOWS, *ACTIONS, STARTERS / "github.yaml")
SCRIPTS = Path(sys.executable).parent


def say(*command: str | Path, at: Path = ROOT, env: Mapping[str, str] | None = None) -> str:
    """What a program says; it has to be content."""
    done = subprocess.run(
        list(map(str, command)), cwd=at, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_actionlint_has_nothing_to_say() -> None:
    assert say(needs("actionlint"), "-color=false", *WORKFLOWS, STARTERS / "github.yaml") == ""


def test_zizmor_has_nothing_to_say() -> None:
    said = say(SCRIPTS / "zizmor", "--offline", "--no-progress", "--color=never", *FOR_GITHUB)
    assert said.startswith("No findings to report")


def test_hadolint_has_nothing_to_say() -> None:
    assert say(SCRIPTS / "hadolint", "Containerfile") == ""


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-workflows", [*WORKFLOWS, STARTERS / "github.yaml"]),
        ("github-actions", ACTIONS),
        ("gitlab-ci", [*GITLAB, STARTERS / "gitlab.yaml"]),
    ],
)
def test_the_templates_pass_their_schemas(schema: str, files: list[Path]) -> None:
    assert files
    say(SCRIPTS / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files)


def installs() -> list[tuple[str, str]]:
    """Every way in which a template installs edgeward, with the place that it is in."""
    scripts: dict[str, str] = {}
    for path, step in all_steps():
        if step.get("name") == "Install edgeward":
            scripts.setdefault(step["run"], path.name)
    for name, job in gitlab_jobs().items():
        script = "\n".join(job.get("before_script", ()))
        if "pip" in script:
            scripts.setdefault(script, name)
    return [(name, script) for script, name in scripts.items()]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    say(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.parametrize(("name", "script"), installs())
def test_edgeward_is_installed_as_written_from_what_the_base_pins(
    name: str, script: str, wheel: Path, tmp_path: Path
) -> None:
    """Without an index, so the wheel alone: what it needs is left out. Where the template takes
    the pins of the base, a change that pins something else is not asked."""
    runner = Runner(tmp_path / "checkout", tmp_path / "runner", {"apt-get": 'echo "$@"'})
    (tmp_path / "checkout").mkdir()
    pinned = tmp_path / "checkout" / "requirements.txt"
    right = hashlib.sha256(wheel.read_bytes()).hexdigest()
    git(pinned.parent, "init", "-q")
    for pin in ("0" * 64, right, "0" * 64 if "git show" in script else right):
        pinned.write_text(f"edgeward @ file://{wheel} --hash=sha256:{pin}\n")
        git(pinned.parent, "add", "-A")
        git(pinned.parent, "commit", "-q", "--allow-empty", "-m", pin)
    env = {
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "REQUIREMENTS": "requirements.txt",
        "BASE": "HEAD^1",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD^1",
    }
    script = script.replace("/tmp/", f"{tmp_path}/runner/")
    done = runner.run(script, **env)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "runner" / "edgeward" / "bin"
    assert (folder / "edgeward").is_file()
    assert runner.path.read_text() in ("", f"{folder}\n")
    git(pinned.parent, "checkout", "-q", "HEAD^1" if "git show" in script else "HEAD~2")
    done = runner.run(script, **env)
    assert done.returncode != 0 and "hash" in done.stderr.lower()


def test_the_hooks_are_valid_for_pre_commit() -> None:
    say(sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml")
    say(sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml")


@pytest.mark.soak
def test_pre_commit_installs_the_hooks_and_runs_them(tmp_path: Path) -> None:
    """With what the hooks need from the package index, in a folder of its own."""
    env = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "cache")}
    (tmp_path / "plants").mkdir()
    root = write_merged(tmp_path / "plants")
    for hook in ("edgeward-check", "edgeward-locked"):
        command = (sys.executable, "-m", "pre_commit", "try-repo", ROOT, hook, "--all-files")
        assert "Passed" in say(*command, at=root, env=env)


@pytest.mark.soak
def test_the_first_stage_of_the_container_file_runs_as_written(tmp_path: Path) -> None:
    """There is no container engine, so in a folder instead; what it makes can check the plants."""
    text = (ROOT / "Containerfile").read_text().replace("\\\n", "")
    first = text.split("\nFROM ")[1].partition("AS build")[2]
    say("git", "clone", "-q", ROOT, tmp_path / "source")
    made = tmp_path / "edgeward"
    for line in first.splitlines():
        if line.startswith("RUN "):
            script = line.removeprefix("RUN ").replace("/opt/edgeward", str(made))
            say("sh", "-c", script, at=tmp_path / "source")
    assert "bottling-brno" in say(made / "bin" / "edgeward", "check", "bottling-brno")
