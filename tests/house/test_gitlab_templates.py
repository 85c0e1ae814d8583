"""The templates for GitLab: what they may, and their scripts run as written against its API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.gitlab_api import AUTHOR, REQUEST, TOKEN, GitLab, serve
from tests.house.templates import Runner, gitlab_jobs
from tests.real.needs import needs

OF_GITLAB = {
    "CI_MERGE_REQUEST_PROJECT_ID": "1",
    "CI_MERGE_REQUEST_IID": "5",
    "CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD^1",
    "PLANTS_TOKEN": TOKEN,
}
PUSHED = "2026-11-25T12:00:00.500Z"


@pytest.fixture
def gitlab() -> Iterator[GitLab]:
    for program in ("curl", "jq"):
        needs(program)
    with serve(GitLab()) as served:
        yield served


def run_job(runner: Runner, name: str, **env: str) -> str:
    """The script of a job after what its before_script exports; gives back what it prints."""
    job = gitlab_jobs()[name]
    before = job.get("before_script") or gitlab_jobs()[str(job["extends"])]["before_script"]
    exports = [line for line in before if line.startswith("export BASE")]
    script = "\n".join([*exports, *job["script"]]).replace("/tmp/", f"{runner.path.parent}/")
    done = runner.run(script, **{**OF_GITLAB, **env})
    assert done.returncode == 0, (done.stdout, done.stderr)
    return done.stdout


def test_they_sign_in_only_on_the_default_branch_or_by_schedule() -> None:
    jobs = gitlab_jobs()
    signing = {name for name, job in jobs.items() if "id_tokens" in job}
    assert signing == {"plants-deploy", "plants-drift"}
    for name in signing:
        (rule,) = jobs[name]["rules"]
        assert "merge_request" not in rule["if"] and jobs[name]["environment"], name


def test_what_holds_a_token_has_nothing_of_the_change() -> None:
    holding = {"plants-comment", "plants-approvals"}
    for name, job in gitlab_jobs().items():
        asks = "PLANTS_TOKEN" in "\n".join(job.get("script", ()))
        assert asks == (name in holding), name
        if asks:
            assert job["variables"] == {"GIT_STRATEGY": "none"} and "extends" not in job
    (rule,) = gitlab_jobs()["plants-comment"]["rules"]
    assert "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_MERGE_REQUEST_PROJECT_ID" in rule["if"]
    assert "unset PLANTS_TOKEN" in gitlab_jobs()["plants-approved"]["before_script"]


def test_a_merge_request_is_checked(runner: Runner) -> None:
    run_job(runner, "plants-check")
    report = runner.checkout / "report"
    assert "budget" in (report / "change.md").read_text()
    assert isinstance(json.loads((report / "quality.json").read_text()), list)
    assert (report / "junit.xml").read_text().startswith("<?xml")


def test_what_a_merge_request_touches_is_previewed(runner: Runner) -> None:
    told = run_job(runner, "plants-preview")
    assert told.startswith("plant (eu-central-1): ") and "other (" not in told
    assert run_job(runner, "plants-preview", CI_MERGE_REQUEST_DIFF_BASE_SHA="HEAD") == ""


def test_plants_are_built_and_compared(runner: Runner, tmp_path: Path) -> None:
    env = {
        "AWS_TOKEN": "t",
        "PLANTS_ROLE": "r",
        "PLANTS_ROLE_READ": "r",
        "PLANTS_BACKEND": "s3://b",
    }
    run_job(runner, "plants-deploy", CI_COMMIT_BEFORE_SHA="HEAD^1", **env)
    run_job(runner, "plants-drift", **env)
    calls = [each.split()[:3] for each in (tmp_path / "calls").read_text().splitlines()]
    assert calls == [
        ["up", "--stack", "plant"],
        ["preview", "--stack", "other"],
        ["preview", "--stack", "plant"],
    ]


@pytest.mark.parametrize("before", [0, 250])
def test_the_note_is_made_once_and_then_updated(
    runner: Runner, gitlab: GitLab, before: int
) -> None:
    gitlab.note(AUTHOR, "<!-- edgeward: not by the bot -->")
    for number in range(before):
        gitlab.note(AUTHOR, f"note {number}")
    report = runner.checkout / "report"
    report.mkdir(exist_ok=True)
    for text in ("first & 100 %\n", "second: ü\n"):
        (report / "change.md").write_text(f"<!-- edgeward: x -->\n{text}")
        run_job(runner, "plants-comment", CI_API_V4_URL=gitlab.url)
        gitlab.note(AUTHOR, "an answer")
    ours = [each["body"] for each in gitlab.notes if "x -->" in each["body"]]
    assert ours == ["<!-- edgeward: x -->\nsecond: ü\n"]
    writes = [call for call in gitlab.calls if not call.startswith("GET")]
    assert writes == [f"POST {REQUEST}/notes", f"PUT {REQUEST}/notes/{before + 2}"]


def test_a_token_that_is_refused_fails_the_job(runner: Runner, gitlab: GitLab) -> None:
    for name in ("plants-comment", "plants-approvals"):
        script = "\n".join(gitlab_jobs()[name]["script"])
        script = script.replace("/tmp/", f"{runner.path.parent}/")
        env = {**OF_GITLAB, "CI_API_V4_URL": gitlab.url, "PLANTS_TOKEN": ""}
        done = runner.run(script, **env)
        assert done.returncode != 0 and "401" in done.stderr, name


def test_approvals_are_those_of_others_after_the_last_push(runner: Runner, gitlab: GitLab) -> None:
    def approve(who: str, at: str | None, number: int = 9) -> None:
        user = {"id": number, "username": who}
        gitlab.approved_by.append({"user": user, "approved_at": at})

    gitlab.versions = [
        {"id": 3, "created_at": PUSHED},
        {"id": 2, "created_at": "2026-11-20T12:00:00.000Z"},
    ]
    approve("early", "2026-11-25T12:00:00.499Z")
    approve("elsewhere", "2026-11-25T13:00:00.400+01:00")
    approve("old-gitlab", None)
    approve("author", "2026-11-25T13:00:00.000Z", AUTHOR)
    approve("ann", "2026-11-25T12:00:00.501Z")
    approve("sue", "2026-11-25T13:00:00.600+01:00")
    run_job(runner, "plants-approvals", CI_API_V4_URL=gitlab.url)
    assert (runner.checkout / "approvals").read_text() == "@ann\n@sue\n"


def test_the_gate_holds_them_against_what_the_base_says(runner: Runner) -> None:
    approvals = runner.checkout / "approvals"
    approvals.write_text("quality@example.com\nplant-it@example.com\n")
    assert ", 0 missing" in run_job(runner, "plants-approved")
    approvals.write_text("@ann\n")
    with pytest.raises(AssertionError, match=r"quality@example.com, .*: NOT approved"):
        run_job(runner, "plants-approved")


def test_merged_results_are_compared_with_the_target_of_now(runner: Runner) -> None:
    (line,) = (
        line for line in gitlab_jobs()[".edgeward"]["before_script"] if line.startswith("export B")
    )
    script = f'{line}; echo "$BASE"'
    assert runner.run(script, CI_MERGE_REQUEST_DIFF_BASE_SHA="b").stdout == "b\n"
    target = {"CI_MERGE_REQUEST_TARGET_BRANCH_SHA": "t", "CI_MERGE_REQUEST_DIFF_BASE_SHA": "b"}
    assert runner.run(script, **target).stdout == "t\n"
