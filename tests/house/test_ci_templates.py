"""The templates for CI: pinned, least privilege, no secrets for forks; their steps run locally."""

from __future__ import annotations

import base64
import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.house.templates import (
    ACTIONS,
    ROOT,
    STARTERS,
    WORKFLOWS,
    Runner,
    all_steps,
    gitlab_jobs,
    read,
    steps_of,
)

CHECK = ROOT / ".github" / "workflows" / "plants-check.yml"
APPROVED = ROOT / ".github" / "workflows" / "plants-approved.yml"
DEPLOY = ROOT / ".github" / "workflows" / "plants-deploy.yml"
DRIFT = ROOT / ".github" / "workflows" / "plants-drift.yml"
IMAGE = re.compile(r"python:3\.12-slim@sha256:[0-9a-f]{64}")


# By the tests below and, what installs edgeward, by tests/real/test_workflows.py.
RUN = {
    "action.yml": {
        "Install edgeward",
        "Say what the change does",
        "Check the plants that the change touches",
    },
    "plants-approved.yml": {
        "Install edgeward",
        "Read the approvals of this commit",
        "Hold them against who has to approve",
    },
    "plants-check.yml": {
        "Install edgeward",
        "List the plants that the change touches",
        "Say what the change does",
        "Check the plants that the change touches",
        "Preview the cloud side",
        "Comment, or update the comment that is there",
        "Show the findings beside their lines",
    },
    "plants-deploy.yml": {
        "Install edgeward",
        "List the plants",
        "Build what was decided, reviewed and merged",
    },
    "plants-drift.yml": {"Install edgeward", "List the plants", "Compare with what is there"},
}
RUN_IN_GITLAB = {
    *(
        ".edgeward",
        "plants-check",
        "plants-preview",
        "plants-comment",
        "plants-deploy",
        "plants-drift",
    ),
    *("plants-approvals", "plants-approved"),
}


def test_every_step_of_every_template_is_run_by_a_test() -> None:
    steps: dict[str, set[str]] = {}
    for path, step in all_steps():
        if "run" in step:
            steps.setdefault(path.name, set()).add(step["name"])
    assert steps == RUN
    assert gitlab_jobs().keys() == RUN_IN_GITLAB


def test_every_action_is_pinned_by_commit_with_its_version() -> None:
    used = 0
    for path in (*WORKFLOWS, *ACTIONS, STARTERS / "github.yaml"):
        for line in path.read_text().splitlines():
            if re.match(r"\s*(- )?uses:", line):
                used += 1
                assert re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), (path.name, line)
    assert used >= 8


def test_every_image_is_pinned_by_digest() -> None:
    jobs = (*gitlab_jobs().values(), *read(STARTERS / "gitlab.yaml").values())
    images = [job["image"] for job in jobs if "image" in job]
    assert len(images) == 5 and all(IMAGE.fullmatch(each) for each in images)
    froms = re.findall(r"^FROM (\S+)", (ROOT / "Containerfile").read_text(), re.MULTILINE)
    assert len(froms) == 2 and all(IMAGE.fullmatch(each) for each in froms)
    assert "USER 10001" in (ROOT / "Containerfile").read_text()


def test_what_is_installed_is_pinned_by_hash() -> None:
    installs = [step["run"] for _, step in all_steps() if step.get("name") == "Install edgeward"]
    installs += [line for job in gitlab_jobs().values() for line in job.get("before_script", ())]
    lines = [line for each in installs for line in each.splitlines() if "pip" in line]
    assert len(lines) == 10 and all("--require-hashes" in each for each in lines)


def test_no_job_has_more_than_it_needs() -> None:
    for path in WORKFLOWS:
        workflow = read(path)
        assert workflow["permissions"] == {}, path
        assert set(workflow[True]) == {"workflow_call"}, "the caller says when"
        assert "secrets" not in path.read_text().replace("no secret", "").replace("secrets,", "")
        for name, job in workflow["jobs"].items():
            writes = {key for key, value in job["permissions"].items() if value == "write"}
            if name == "tell":
                # It may write, so it has no checkout, no edgeward, and runs for no fork.
                assert writes == {"pull-requests", "security-events"}
                assert not any("checkout" in step.get("uses", "") for step in job["steps"])
                assert "head.repo.full_name == github.repository" in job["if"]
            elif path != CHECK and name == "plants":
                assert writes == {"id-token"} and job["environment"]
            else:
                assert not writes, (path.name, name)
            for step in job["steps"]:
                if "checkout" in step.get("uses", ""):
                    assert step["with"]["persist-credentials"] is False


def test_nothing_that_a_change_says_is_pasted_into_a_script() -> None:
    for path, step in all_steps():
        assert "${{" not in step.get("run", ""), (path.name, step)


def run_steps(runner: Runner, path: Path, job: str | None, **env: str) -> None:
    for step in steps_of(path, job):
        if "run" in step and step["name"] != "Install edgeward":
            done = runner.run(step["run"], **env)
            assert done.returncode == 0, (step["name"], done.stdout, done.stderr)


def test_the_steps_of_a_check_run_as_written(runner: Runner) -> None:
    base = read(CHECK)["env"]["BASE"]
    run_steps(runner, CHECK, "check", BASE=base)
    (output,) = runner.output.read_text().splitlines()
    assert json.loads(output.removeprefix("matrix=")) == {"plants": ["plant"]}
    comment = (runner.checkout / "report" / "comment.md").read_text()
    assert comment.startswith("<!-- edgeward:") and "budget" in comment
    assert runner.summary.read_text() == comment
    sarif = json.loads((runner.checkout / "report" / "edgeward.sarif").read_text())
    assert sarif["version"] == "2.1.0"


def test_the_steps_of_the_action_run_as_written(runner: Runner) -> None:
    (action,) = ACTIONS
    run_steps(runner, action, None, BASE=read(action)["inputs"]["base"]["default"])
    assert "budget" in runner.summary.read_text()


def test_a_check_fails_where_the_lock_is_stale(runner: Runner, tmp_path: Path) -> None:
    script = steps_of(CHECK, "check")[-1]["run"]
    lock = runner.checkout / "sites" / "plant" / "decision.lock.yaml"
    kept = lock.read_bytes()
    try:
        lock.write_bytes(kept.replace(b"fallback: human", b"fallback: none"))
        done = runner.run(script, BASE="HEAD^1")
        assert done.returncode == 4 and "edgeward decide" in done.stderr
    finally:
        lock.write_bytes(kept)


def test_approvals_are_those_of_the_last_commit_and_the_last_word(
    runner: Runner, tmp_path: Path
) -> None:
    said = "ann COMMENTED\nann APPROVED\nbob APPROVED\nbob CHANGES_REQUESTED\n"
    (tmp_path / "comments").write_text(said)
    read_reviews, hold = (step["run"] for step in steps_of(APPROVED, "approved")[-2:])
    env = {"REPOSITORY": "acme/plants", "NUMBER": "7", "COMMIT": "c0ffee", "BASE": "HEAD^1"}
    assert runner.run(read_reviews, **env).returncode == 0
    assert (tmp_path / "runner" / "approvals").read_text() == "@ann\n"
    done = runner.run(hold, **env)
    assert done.returncode == 1 and "quality@example.com" in done.stdout, done.stderr
    (tmp_path / "runner" / "approvals").write_text("quality@example.com\nplant-it@example.com\n")
    assert runner.run(hold, **env).returncode == 0


@pytest.mark.parametrize("known", ["", "12\n34\n"])
def test_the_comment_is_made_once_and_then_updated(
    runner: Runner, tmp_path: Path, known: str
) -> None:
    report = runner.checkout / "report"
    report.mkdir(exist_ok=True)
    (report / "comment.md").write_text("<!-- edgeward: what this change does -->\n")
    (report / "edgeward.sarif").write_text("{}")
    (tmp_path / "comments").write_text(known)
    run_steps(
        runner, CHECK, "tell", REPOSITORY="acme/plants", NUMBER="7", COMMIT="c0ffee", GH_TOKEN="t"
    )
    look, write, sarif = (tmp_path / "calls").read_text().splitlines()
    assert "repos/acme/plants/issues/7/comments --jq" in look
    issues = "repos/acme/plants/issues"
    at = f"PATCH {issues}/comments/12 " if known else f"POST {issues}/7/comments "
    assert at in write and "body=@report/comment.md" in write
    assert "ref=refs/pull/7/head" in sarif and "commit_sha=c0ffee" in sarif
    assert gzip.decompress(base64.b64decode((report / "edgeward.sarif.gz").read_text())) == b"{}"


def test_preview_runs_as_written(runner: Runner) -> None:
    script = steps_of(CHECK, "preview")[-1]["run"]
    done = runner.run(script, PLANTS="plant other")
    assert done.returncode == 0, done.stderr
    first, *_, last = done.stdout.splitlines()
    assert first.startswith("::stop-commands::") and last == f"::{first.split('::')[2]}::"
    failed = runner.run(script, PLANTS="nowhere")
    assert failed.returncode == 2 and failed.stdout.splitlines()[-1].startswith("::")


@pytest.mark.parametrize(("path", "verb"), [(DEPLOY, "up"), (DRIFT, "preview")])
def test_one_plant_that_fails_stops_no_other_and_fails_the_job(
    runner: Runner, tmp_path: Path, path: Path, verb: str
) -> None:
    run_steps(runner, path, "list", BASE="HEAD^1")
    plants = "plant" if verb == "up" else "other"
    assert f'"{plants}"' in runner.output.read_text()
    script = steps_of(path, "plants")[-1]["run"]
    assert runner.run(script, PLANTS="plant other").returncode == 0
    assert runner.run(script, PLANTS="broken other").returncode == 1
    calls = (tmp_path / "calls").read_text().splitlines()
    assert [each.split()[:3] for each in calls] == [
        [verb, "--stack", name] for name in ("plant", "other", "broken", "other")
    ]


def test_the_hooks_run_as_written(merged: Path) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert [hook["id"] for hook in hooks] == ["edgeward-check", "edgeward-locked"]
    for hook in hooks:
        verb, *arguments = hook["entry"].split()[1:]
        done = subprocess.run(
            [sys.executable, "-m", "edgeward.cli.main", verb, *arguments],
            cwd=merged,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0 and done.stdout == "0 plants\n", done.stderr
