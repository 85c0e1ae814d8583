"""Documents of a repository with a history: the same for a commit, whatever came after."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from edgeward.brief.text import render_text
from edgeward.documents import Asked, make_documents
from edgeward.errors import InvalidDeclaration, UsageError
from edgeward.history import read_history

_ROOT = Path(__file__).parents[2]
_PLANT = "water-leak-sensor"
_TODAY = date(2027, 5, 5)
_MESSAGE = "Ask for a longer battery (#7)\n\nBecause.\n\nReviewed-by: Q <q@example.com>\n"


def _git(root: Path, *arguments: str, day: str = "2026-11-01") -> None:
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com"}
    who |= {"GIT_COMMITTER_NAME": "M", "GIT_COMMITTER_EMAIL": "m@example.com"}
    when = f"{day}T12:00:00+00:00"
    subprocess.run(
        ["git", "-c", "commit.gpgsign=false", *arguments],
        cwd=root,
        check=True,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, **who},
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    shutil.copytree(_ROOT / "sites" / _PLANT, tmp_path / "sites" / _PLANT)
    _git(tmp_path, "init", "-q", "-b", "main")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "-q", "-m", "Add the plant")
    _git(tmp_path, "checkout", "-q", "-b", "change")
    _change(tmp_path, "# a comment\n")
    _git(tmp_path, "commit", "-q", "-a", "-m", "One step of a branch")
    _git(tmp_path, "checkout", "-q", "main")
    _git(tmp_path, "merge", "-q", "--no-ff", "-m", _MESSAGE, "change", day="2026-11-02")
    return tmp_path


def _change(root: Path, text: str) -> None:
    with (root / "sites" / _PLANT / "site.yaml").open("a") as file:
        file.write(text)


def _record(root: Path, at: str | None = None) -> str:
    documents = make_documents(root, Asked("record", (_PLANT,), None, at), None, _TODAY)
    return "\n".join(map(render_text, documents))


def test_a_merge_is_one_change_with_its_review(repository: Path) -> None:
    last, first = read_history(repository)[_PLANT]
    assert last.subject == "Ask for a longer battery (#7)"
    assert last.review == "reviewed by Q <q@example.com>"
    assert (last.day, last.author) == ("2026-11-02", "A <a@example.com>")
    assert (first.subject, first.review) == ("Add the plant", "")


def test_the_record_of_a_commit_is_the_same_at_any_time(repository: Path) -> None:
    before = _record(repository, "HEAD")
    assert "judged by the date 2026-11-02" in before
    _change(repository, "labels: {cost_centre: '1'}\n")
    _git(repository, "commit", "-q", "-a", "-m", "Later", day="2026-12-01")
    assert _record(repository, "HEAD~1") == before
    assert _record(repository, "HEAD") != before


def test_the_working_tree_says_where_it_differs_from_the_commit(repository: Path) -> None:
    assert "judged by the date 2027-05-05" in _record(repository)
    assert "changes that are not committed" not in _record(repository)
    _change(repository, "# not committed\n")
    assert "and changes that are not committed" in _record(repository)


def test_outside_of_git_nobody_is_known_to_have_approved(tmp_path: Path) -> None:
    shutil.copytree(_ROOT / "sites" / _PLANT, tmp_path / "sites" / _PLANT)
    record = " ".join(_record(tmp_path).split())
    assert "files that are in no git repository" in record
    assert "who approved is unknown" in record


def test_what_there_is_not_is_said(repository: Path) -> None:
    with pytest.raises(UsageError, match="git knows no such"):
        _record(repository, "no-such-commit")
    (repository / "sites" / _PLANT / "site.yaml").write_text("kind: [")
    with pytest.raises(InvalidDeclaration):
        _record(repository)
