"""`edgeward explain` on the plants of this repository, as people and programs see it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from edgeward.cli import main as cli
from edgeward.errors import ExitCode

_ROOT = Path(__file__).parents[3]
_PLANTS = sorted(path.parent.name for path in (_ROOT / "sites").glob("*/site.yaml"))


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.chdir(_ROOT)
    monkeypatch.setattr(sys, "argv", ["edgeward", "explain", *arguments, "--now", "2026-11-23"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.mark.parametrize("name", _PLANTS)
def test_every_plant_is_explained_in_eighty_columns(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, name) == ExitCode.CLEAN
    printed = capsys.readouterr().out
    too_long = [line for line in printed.splitlines() if len(line) > 80 and " " in line.strip()]
    assert too_long == []
    assert "{" not in printed and "Quantity(" not in printed


@pytest.mark.parametrize("form", ["json", "markdown", "html"])
def test_every_format_tells_the_same_story(
    form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "impossible-press", "--format", form) == ExitCode.CLEAN
    printed = capsys.readouterr().out
    assert "never placed behind the WAN" in printed
    if form == "json":
        (use_case,) = json.loads(printed)["use_cases"]
        assert {each["tier"] for each in use_case["why_not"]} == {"device", "plant", "cloud"}


def test_the_same_plant_is_explained_in_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(monkeypatch, "teck-haul-trucks")
    first = capsys.readouterr().out
    _run(monkeypatch, "teck-haul-trucks")
    assert capsys.readouterr().out == first


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["impossible-pres"], "did you mean `impossible-press`?"),
        (["impossible-press", "stuck-prt"], "did you mean `stuck-part`?"),
        (["impossible-press", "--if", "connectivity.uplink=3"], "uplink_mbps"),
        (["impossible-press", "--if", "devices.press=down"], "no device is called `press`"),
        (["impossible-press", "--if", "lan.mbps=fast"], "expected a number"),
    ],
)
def test_bad_input_says_what_was_meant(
    arguments: list[str],
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _run(monkeypatch, *arguments) == ExitCode.INVALID
    printed = capsys.readouterr().err
    assert says in printed
    assert "Traceback" not in printed
