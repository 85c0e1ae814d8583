"""Annotations of GitHub Actions: at most ten a level, and no declared text that is a command."""

from __future__ import annotations

from dataclasses import replace

from edgeward.finding import Severity
from edgeward.report.github import render_github
from edgeward.result import RunResult
from tests.formats import read_github
from tests.unit.report.outcomes import DECIDED, ERROR, EVERY_STATUS, FINDING, NOTE


def _lines(*findings: object) -> list[str]:
    plant = replace(DECIDED, findings=findings)  # type: ignore[arg-type]
    return render_github(RunResult((plant,))).splitlines()


def test_every_line_but_the_summary_is_a_command_at_a_place() -> None:
    commands, (summary,) = read_github(render_github(EVERY_STATUS))
    assert all(each.properties.keys() >= {"file", "line", "col", "title"} for each in commands)
    assert commands and "plants:" in summary


def test_the_level_is_that_of_the_severity_and_a_waived_one_is_a_notice() -> None:
    lines = _lines(NOTE, ERROR, FINDING, replace(ERROR, waiver="x until 2027-01-31"))
    assert [line.split(" ")[0] for line in lines[:-1]] == [
        "::error",
        "::warning",
        "::notice",
        "::notice",
    ]


def test_ten_are_shown_and_of_more_the_last_says_how_many() -> None:
    ten = [replace(ERROR, line=line) for line in range(1, 11)]
    assert sum(each.startswith("::error file=") for each in _lines(*ten)) == 10
    many = [replace(ERROR, line=line) for line in range(1, 10_001)]
    errors = [each for each in _lines(*many) if each.startswith("::error")]
    assert len(errors) == 10
    assert errors[-1].startswith("::error title=edgeward::9991 more errors")


def test_a_line_break_in_declared_text_begins_no_command() -> None:
    bad = replace(ERROR, message="x\n::set-env name=PATH::/evil\r%0A", path="a,b:c")
    lines = _lines(bad, replace(FINDING, severity=Severity.INFO))
    assert len(lines) == 3
    assert not any(line.startswith("::set-env") for line in lines)
    assert "x%0A::set-env name=PATH::/evil%0D%250A" in lines[0]
