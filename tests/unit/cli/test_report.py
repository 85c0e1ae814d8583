"""What a person sees on a terminal, and that no way of reporting changes how a run ends."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest

from edgeward.cli.main import edgeward
from edgeward.errors import ExitCode
from tests.fleets import PLANT, write_fleet

FORMS = ("text", "json", "sarif", "junit", "github", "gitlab")
ESCAPE = re.compile(r"\x1b\[[\d;]*m")
VAGUE = "    action: Tell the operator\n"


def write_plant(root: Path, name: str, text: str) -> None:
    (root / "sites" / name).mkdir()
    text = text.replace("name: plant\n", f"name: {name}\n", 1)
    (root / "sites" / name / "site.yaml").write_text(text)


@pytest.fixture
def fleet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plant that is decided and one that is not ready."""
    root = write_fleet(tmp_path / "fleet")
    write_plant(root, "vague", PLANT.replace(VAGUE, ""))
    monkeypatch.chdir(root)
    return root


def run(*arguments: str) -> int:
    code = edgeward.main([*arguments, "--now", "2026-11-23"], standalone_mode=False)
    assert isinstance(code, int)
    return code


@pytest.mark.parametrize(
    ("plants", "flags", "expected"),
    [
        (("plant",), (), ExitCode.CLEAN),
        (("vague",), (), ExitCode.FINDINGS),
        (("plant",), ("--locked",), ExitCode.STALE),
        (("plant", "vague", "broken"), (), ExitCode.INVALID),
    ],
)
def test_no_way_of_reporting_changes_the_exit_code(
    fleet: Path, plants: tuple[str, ...], flags: tuple[str, ...], expected: ExitCode
) -> None:
    write_plant(fleet, "broken", "kind: [\n")
    for form, how in product(FORMS, ([], ["--quiet"], ["--verbose"], ["-q", "-v"])):
        assert run("check", *plants, *flags, "--format", form, *how) == expected, (form, how)


def test_quiet_tells_of_the_plants_that_something_is_wrong_with(
    fleet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for verb in (["check"], ["decide"], ["build", "--out", "out"], ["render", "--out", "edge"]):
        assert run(*verb, "--quiet") == ExitCode.FINDINGS
        told = capsys.readouterr().out
        assert told.startswith("vague: not ready\n")
        assert told.endswith("\n\n2 plants: 1 decided, 1 not ready\n")
    lock = fleet / "sites" / "plant" / "decision.lock.yaml"
    lock.write_text(lock.read_text().replace("fallback: human", "fallback: none"))
    for verb in (["check", "--locked"], ["decide", "--check"]):
        assert run(*verb, "plant", "--quiet") == ExitCode.STALE
        assert "fallback is none in the lock" in capsys.readouterr().out
    assert run("check", "plant", "--quiet") == ExitCode.CLEAN
    assert capsys.readouterr().out == "1 plant: 1 decided\n"


def on_a_terminal(root: Path, **env: str) -> str:
    """What `edgeward check` writes to a terminal."""
    ours, theirs = pty.openpty()
    known = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM")}
    process = subprocess.Popen(
        [sys.executable, "-m", "edgeward.cli.main", "check", "-v"],
        cwd=root,
        env={**known, "XDG_CACHE_HOME": str(root.parent / "cache"), "TERM": "xterm", **env},
        stdout=theirs,
    )
    os.close(theirs)
    written = b""
    with suppress(OSError):  # how a terminal says that its other end is closed
        while part := os.read(ours, 65536):
            written += part
    os.close(ours)
    assert process.wait() == ExitCode.FINDINGS
    return written.decode().replace("\r\n", "\n")


def test_colour_is_for_a_terminal_and_adds_no_word(fleet: Path) -> None:
    seen = on_a_terminal(fleet)
    plain = on_a_terminal(fleet, NO_COLOR="1")
    assert "vague: \x1b[33m\x1b[1mnot ready\x1b[0m\n" in seen
    assert "plant: \x1b[32m\x1b[1mdecided\x1b[0m\n" in seen
    assert ESCAPE.sub("", seen) == plain != seen
    assert on_a_terminal(fleet, TERM="dumb") == plain
    assert on_a_terminal(fleet, NO_COLOR="") == seen
