"""Two merged changes that conflict in a lock, with real git: `edgeward decide` resolves it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from edgeward.cli.main import edgeward
from edgeward.errors import ExitCode
from edgeward.lock import LOCK_NAME, read_lock
from tests.fleets import PLANT, write_fleet

GIT = ("git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
SECOND = "  - {name: second, class: box, tier: plant, zone: line, owned: true}\nstreams:\n"


def git(root: Path, *arguments: str) -> int:
    return subprocess.run([*GIT, *arguments], cwd=root, capture_output=True, check=False).returncode


def run(*arguments: str) -> int:
    code = edgeward.main([*arguments, "--now", "2026-11-23"], standalone_mode=False)
    assert isinstance(code, int)
    return code


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
def test_a_conflict_in_a_lock_is_resolved_by_deciding(
    style: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_fleet(tmp_path / "fleet", PLANT.replace("streams:\n", SECOND))
    monkeypatch.chdir(root)
    site, lock = root / "sites" / "plant" / "site.yaml", root / "sites" / "plant" / LOCK_NAME
    assert run("decide") == ExitCode.CLEAN
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "base")
    text = site.read_text()
    for branch, old, new in (
        ("theirs", "kb: 100\n", "kb: 150\n"),
        ("main", "within_ms: 5000", "within_ms: 4900"),
    ):
        if branch != "main":
            git(root, "checkout", "-qb", branch)
        site.write_text(text.replace(old, new))
        assert run("decide") == ExitCode.CLEAN
        git(root, "commit", "-qam", branch)
        git(root, "checkout", "-q", "main")
    assert git(root, "-c", f"merge.conflictStyle={style}", "merge", "-q", "theirs") != 0
    assert b"<<<<<<<" in lock.read_bytes() and b"<<<<<<<" not in site.read_bytes()
    capsys.readouterr()
    assert run("check", "--locked") == ExitCode.STALE
    told = capsys.readouterr()
    assert "conflict markers of a merge: run `edgeward decide plant`" in " ".join(told.out.split())
    assert "missing or stale" in told.err
    assert run("decide") == ExitCode.CLEAN
    assert git(root, "add", "-A") == 0 and git(root, "commit", "-qm", "merge") == 0
    assert run("check", "--locked") == ExitCode.CLEAN
    written = read_lock(lock.read_bytes())
    assert written is not None and written.hosts == {"check": "box"}


def test_a_conflict_keeps_what_runs_where_both_sides_have_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deciding afresh would take the first box; both sides run on the second."""
    root = write_fleet(tmp_path / "fleet", PLANT.replace("streams:\n", SECOND))
    monkeypatch.chdir(root)
    lock = root / "sites" / "plant" / LOCK_NAME
    run("decide")
    text = lock.read_text()
    first = text.index("device: box")
    ran = text[:first] + text[first:].replace("device: box", "device: second", 1)
    digest = next(line for line in ran.splitlines() if line.startswith("inputs_digest"))
    lock.write_text(
        ran.replace(digest, f"<<<<<<< HEAD\n{digest}\n=======\n{digest[:-4]}abcd\n>>>>>>> theirs")
    )
    assert run("decide") == ExitCode.CLEAN
    written = read_lock(lock.read_bytes())
    assert written is not None and written.hosts == {"check": "second"}


def test_a_lock_of_a_newer_edgeward_is_neither_judged_nor_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_fleet(tmp_path / "fleet")
    monkeypatch.chdir(root)
    lock = root / "sites" / "plant" / LOCK_NAME
    run("decide")
    newer = lock.read_text().replace("edgeward: 0.1.0", "edgeward: 9.0.0")
    lock.write_text(newer)
    capsys.readouterr()
    for verb in ("check", "decide"):
        assert run(verb) == ExitCode.INVALID
        assert "edgeward 9.0.0, and this is 0.1.0" in " ".join(capsys.readouterr().out.split())
    assert lock.read_text() == newer
