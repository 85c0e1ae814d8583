"""The report for GitHub Actions: workflow commands that put findings beside their lines.

GitHub shows ten of each level for a step and drops the rest without a word, so of more than ten
the last says how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edgeward.finding import Finding, Severity
from edgeward.report.wording import count, sort_findings, summarise
from edgeward.result import Report

_LIMIT = 10
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


@dataclass(frozen=True, slots=True)
class _Annotation:
    level: str
    file: str
    line: int
    column: int
    title: str
    message: str


def render_github(result: Report) -> str:
    """A command a line, errors first, and the summary of the run as plain text at the end."""
    found = list(_annotations(result))
    lines: list[str] = []
    for level in _LEVELS.values():
        same = [each for each in found if each.level == level]
        shown = same if len(same) <= _LIMIT else same[: _LIMIT - 1]
        lines += [_command(each) for each in shown]
        if len(same) > len(shown):
            more = count(len(same) - len(shown), f"more {level}")
            lines.append(f"::{level} title=edgeward::{more}: see the whole report of this step")
    return "\n".join([*lines, _data(summarise(result))])


def _annotations(result: Report) -> Iterator[_Annotation]:
    for plant in result.plants:
        for each in plant.problems:
            text = f"{each.path}: {each.message}".removeprefix(": ")
            yield _Annotation("error", each.file, each.line, each.column, "invalid", text)
    for plant in result.plants:
        for finding in sort_findings(plant.findings):
            yield _annotate(finding)


def _annotate(finding: Finding) -> _Annotation:
    """What is waived is only noted: it does not count."""
    level = "notice" if finding.waiver else _LEVELS[finding.severity]
    waived = f" (waived: {finding.waiver})" if finding.waiver else ""
    fix = f"\nFix: {finding.remedy}" if finding.remedy else ""
    text = f"{finding.path}: {finding.message}{waived}{fix}"
    return _Annotation(
        level, finding.file, finding.line, finding.column, f"{finding.site} {finding.rule}", text
    )


def _command(each: _Annotation) -> str:
    place = f"file={_property(each.file)},line={max(each.line, 1)},col={max(each.column, 1)}"
    return f"::{each.level} {place},title={_property(each.title)}::{_data(each.message)}"


def _data(text: str) -> str:
    """A line break would begin a command of its own, which declared text must not be able to."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
