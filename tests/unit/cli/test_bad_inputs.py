"""What a pull request can bring that nobody meant: it ends in a message and a code.

Elsewhere: ten thousand findings, forty columns and links (test_odd_inputs), merges of locks
(test_lock_merge), plants renamed or gone (diff/test_review), hostile templates (bundle/test_pack),
hostile YAML file by file (declare/test_load and cases/declarations/reject).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from edgeward.cli import main as cli
from edgeward.errors import ExitCode
from tests.fleets import PLANT, write_fleet
from tests.unit.diff.changes import GIT, commit

COMPARING = (
    ("diff", "{}"),
    ("check", "--changed-since", "{}"),
    ("decide", "--check", "--changed-since", "{}"),
    ("plants", "--changed-since", "{}"),
    ("approved", "{}", "--approvals", "/dev/null"),
    ("preview", "plant", "--base", "{}"),
    ("policy", "impact", "--base", "{}"),
)
HOSTILE_YAML = {
    "a bomb of aliases": "a: &a [1]\n" + "".join(f"a{n}: [*a, *a]\n" for n in range(99)),
    "a tag that would run": "kind: !!python/object/apply:os.system [id]\n",
    "nested for ever": "[" * 100_000,
    "of a terminal": "kind: \x1b[2J\x1b]0;owned\x07\n",
    "a command of a forge": 'kind: "\\n::add-mask::x\\n##[error]x"\nname: "::error::"\n',
    "two documents": "kind: Site\n---\nkind: Site\n",
    "half a merge": "<<<<<<< ours\nkind: Site\n=======\nkind: Site\n>>>>>>> theirs\n",
    "no text": "\x00\x01\x02",
    "right to left": "kind: \u202eetiS\n",
}


@dataclass(frozen=True, slots=True)
class Said:
    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line, in this process."""

    def run_once(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["edgeward", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert isinstance(ended.value.code, int)
        return Said(ended.value.code, *capsys.readouterr())

    return run_once


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """A repository with one plant, committed and decided."""
    root = write_fleet(tmp_path / "fleet")
    monkeypatch.chdir(root)
    assert run("decide").code == ExitCode.CLEAN
    commit(root)
    return root


def without_base(case: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Takes the base away; gives back the name under which it is asked for."""
    if case == "shallow":
        (root / "new").write_text("")
        commit(root)
        shallow = root.parent / "shallow"
        clone = ("clone", "-q", "--depth=1", f"file://{root}", str(shallow))
        subprocess.run([*GIT, *clone], check=True)
        monkeypatch.chdir(shallow)
    elif case == "no repository":
        (root / ".git").rename(root / ".not-git")
    elif case == "no git":
        monkeypatch.setenv("PATH", "")
    return "main-x" if case in ("shallow", "missing") else "HEAD^"


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("shallow", r"clone is shallow.*git fetch"),
        ("missing", r"git knows no such branch, tag or commit; see `git branch"),
        ("no repository", r"not a git repository"),
        ("no git", r"git does not answer, is it installed"),
    ],
)
def test_without_the_base_it_is_said_how_to_get_it(
    case: str, says: str, root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = without_base(case, root, monkeypatch)
    for verb in COMPARING:
        said = run(*(each.format(base) for each in verb))
        assert (said.code, said.out) == (ExitCode.INVALID, ""), verb
        assert re.search(says, said.err), said.err


@pytest.mark.parametrize("text", HOSTILE_YAML.values(), ids=HOSTILE_YAML)
def test_hostile_yaml_ends_in_a_problem_of_that_plant_alone(
    text: str, root: Path, run: Run
) -> None:
    (root / "sites" / "stranger").mkdir()
    (root / "sites" / "stranger" / "site.yaml").write_text(text)
    for verb in (("check",), ("check", "--format", "github")):
        said = run(*verb)
        assert (said.code, said.err) == (ExitCode.INVALID, ""), verb
        assert "stranger" in said.out
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]|^::add-mask", said.out, re.M)
    assert run("check", "plant").code == ExitCode.CLEAN


def test_hostile_yaml_of_a_fork_is_told_in_one_comment(root: Path, run: Run) -> None:
    for number, text in enumerate(HOSTILE_YAML.values()):
        (root / "sites" / f"stranger-{number}").mkdir()
        (root / "sites" / f"stranger-{number}" / "site.yaml").write_text(text)
    said = run("diff", "HEAD", "--format", "markdown")
    assert (said.code, said.err) == (ExitCode.INVALID, "")
    assert all(f"<b>stranger-{number}</b>" in said.out for number in range(len(HOSTILE_YAML)))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202e]", said.out)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\n"], ids=["CRLF", "CR", "LF"])
def test_an_editor_s_line_ends_and_marks_change_nothing(
    mark: bytes, end: bytes, root: Path, run: Run
) -> None:
    for name in ("plant/site.yaml", "plant/decision.lock.yaml", "fleet.yaml"):
        file = root / "sites" / name
        file.write_bytes(mark + file.read_bytes().replace(b"\n", end))
    assert run("check", "--locked").code == ExitCode.CLEAN


@pytest.mark.parametrize("name", ["plant/site.yaml", "fleet.yaml"])
def test_a_file_that_is_not_utf_8_is_named(name: str, root: Path, run: Run) -> None:
    file = root / "sites" / name
    file.write_bytes(file.read_text().encode("utf-16"))
    said = run("check")
    assert said.code == ExitCode.INVALID
    assert f"{name}: the file is UTF-16" in said.out + said.err


def test_half_a_merge_in_a_lock_is_named_with_what_to_do(root: Path, run: Run) -> None:
    lock = root / "sites" / "plant" / "decision.lock.yaml"
    lock.write_text(f"<<<<<<< ours\n{lock.read_text()}=======\n{lock.read_text()}>>>>>>> theirs\n")
    said = run("check", "--locked")
    assert said.code == ExitCode.STALE
    assert "conflict markers" in said.out and "run `edgeward decide`" in said.err


def test_a_plant_that_is_gone_is_told_and_nothing_else_of_it_is_asked_for(
    root: Path, run: Run
) -> None:
    (root / "sites" / "other").mkdir()
    (root / "sites" / "other" / "site.yaml").write_text(PLANT.replace(": plant\n", ": other\n", 1))
    (root / "sites" / "plant" / "site.yaml").unlink()
    assert run("plants", "--changed-since", "HEAD").out == "other\n"
    assert run("check", "--changed-since", "HEAD").code == ExitCode.CLEAN
    said = run("diff", "HEAD")
    assert said.code == ExitCode.CLEAN and "renamed from plant" in said.out


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_a_reader_that_leaves_early_gets_no_traceback_and_no_verdict(form: str, root: Path) -> None:
    command = f'"{sys.executable}" -m edgeward.cli.main check --format {form} | true'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=root,
        env={**os.environ, "XDG_CACHE_HOME": str(root.parent / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (ExitCode.INTERRUPTED, "")
