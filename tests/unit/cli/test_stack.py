"""`edgeward stack` in an own repository: what it writes, says and ends with."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from edgeward.cli import main as cli
from edgeward.errors import ExitCode
from tests.fleets import write_fleet

Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(write_fleet(tmp_path))

    def run(*arguments: str, stdin: str = "") -> int:
        monkeypatch.setattr(sys, "argv", ["edgeward", "stack", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return int(ended.value.code or 0)

    return run


def test_init_writes_the_configuration_and_says_what_comes_next(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("init", "plant", "--account", "123456789012") == ExitCode.CLEAN
    assert (tmp_path / "stacks" / "config" / "Pulumi.plant.yaml").is_file()
    out = capsys.readouterr().out
    assert "pulumi stack init plant --secrets-provider='passphrase'" in out
    assert run("init", "plant") == ExitCode.INVALID
    assert "it is there already" in capsys.readouterr().err


def test_init_of_no_plant_writes_nothing(run: Run, tmp_path: Path) -> None:
    assert run("init", "nowhere") == ExitCode.INVALID
    assert not (tmp_path / "stacks").exists()


def test_a_stack_that_no_plant_stands_behind_is_found(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("orphans", stdin='[{"name": "plant"}, {"name": "closed"}]') == ExitCode.FINDINGS
    out = capsys.readouterr().out
    assert out.startswith("closed: has a stack and no sites/closed; see docs/how-to/")
    assert run("orphans", stdin='[{"name": "plant"}]') == ExitCode.CLEAN
    assert run("orphans", stdin="none") == ExitCode.INVALID
