"""`edgeward brief` on the plants of this repository."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from edgeward.cli import main as cli
from edgeward.errors import ExitCode

_ROOT = Path(__file__).parents[3]


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.chdir(_ROOT)
    monkeypatch.setattr(sys, "argv", ["edgeward", "brief", *arguments, "--now", "2026-11-23"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_brief_alone_answers_the_five_questions(
    form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "bottling-brno", "cap-check", "--format", form) == ExitCode.CLEAN
    printed = " ".join(capsys.readouterr().out.split())
    for words in (
        "The model runs on line2-gpu",
        "two people check by eye at half speed",
        "USD expected",
        "possible, purchase included, in today",
        "quality-lead",
        "sets its stage to retired in the plant",
    ):
        assert words in printed
    assert "fill-forecast" not in printed


def test_without_a_use_case_every_one_gets_a_brief(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "bottling-brno", "--format", "html") == ExitCode.CLEAN
    assert capsys.readouterr().out.count("<article>") == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["bottling-brn"], "did you mean `bottling-brno`?"),
        (["bottling-brno", "cap-chek"], "did you mean `cap-check`?"),
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
