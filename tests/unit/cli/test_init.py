"""`edgeward init`: a repository that is checked as it is; and what it refuses.

That its first `make` works is tried by the docs' first hour of a platform engineer.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from edgeward import __version__
from edgeward.cli import main as cli
from edgeward.errors import ExitCode

_PROGRAMS = Path(sys.executable).parent


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["edgeward", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_the_first_check_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "Werke: Süd"
    assert _run(monkeypatch, "init", str(made)) == ExitCode.CLEAN
    monkeypatch.chdir(made)
    assert _run(monkeypatch, "check", "--locked") == ExitCode.CLEAN
    assert yaml.safe_load((made / "Pulumi.yaml").read_text())["name"] == "werke-sued"
    wanted = (made / "requirements.txt").read_text().splitlines()
    assert wanted[-1] == f"edgeward[aws]=={__version__}"
    assert (made / "docs" / "schema" / "site.schema.json").is_file()


@pytest.mark.parametrize(
    ("forge", "path"), [("github", ".github/workflows/edgeward.yaml"), ("gitlab", ".gitlab-ci.yml")]
)
def test_the_ci_of_the_forge_runs_what_people_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forge: str, path: str
) -> None:
    assert _run(monkeypatch, "init", str(tmp_path / "plants"), "--ci", forge) == ExitCode.CLEAN
    text = (tmp_path / "plants" / path).read_text()
    assert yaml.safe_load(text)
    monkeypatch.chdir(tmp_path / "plants")
    (line,) = [each for each in text.splitlines() if "make check" in each]
    command = line.partition("make check")[2].strip()
    env = {**os.environ, "PATH": f"{_PROGRAMS}:{os.environ['PATH']}"}
    subprocess.run(f"make check {command}", shell=True, check=True, capture_output=True, env=env)


def test_what_a_forge_puts_into_a_new_repository_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "README.md").write_text("ours")
    monkeypatch.chdir(tmp_path)
    assert _run(monkeypatch, "init") == ExitCode.CLEAN
    assert (tmp_path / "README.md").read_text() == "ours"
    assert (tmp_path / "Makefile").is_file()


@pytest.mark.parametrize("there", ["Makefile", "sites/brno/site.yaml", "sites"])
def test_a_folder_that_has_such_files_is_left_alone(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    there: str,
) -> None:
    (tmp_path / there).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / there).write_text("ours")
    assert _run(monkeypatch, "init", str(tmp_path)) == ExitCode.INVALID
    assert there.partition("/")[0] in capsys.readouterr().err
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert left == [tmp_path / there]


def test_schemas_are_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sites").mkdir()
    assert _run(monkeypatch, "schema", "--root", str(tmp_path)) == ExitCode.CLEAN
    ours = Path(__file__).parents[3] / "docs" / "schema"
    for path in ours.iterdir():
        assert (tmp_path / "docs" / "schema" / path.name).read_bytes() == path.read_bytes()
    assert "site.schema.json" in capsys.readouterr().out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_completes_verbs_and_plants(tmp_path: Path, shell: str) -> None:
    (tmp_path / "sites" / "brno").mkdir(parents=True)
    (tmp_path / "sites" / "brno" / "site.yaml").touch()

    def complete(words: str) -> str:
        last = words.rpartition(" ")[2] if shell == "fish" else str(words.count(" "))
        env = {
            **os.environ,
            "_EDGEWARD_COMPLETE": f"{shell}_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": last,
        }
        program = [str(_PROGRAMS / "edgeward")]
        return subprocess.run(
            program, env=env, cwd=tmp_path, check=True, capture_output=True, text=True
        ).stdout

    assert "decide" in complete("edgeward dec")
    assert "brno" in complete("edgeward decide br")
