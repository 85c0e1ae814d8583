"""The report for GitLab's code quality widget: its subset of the Code Climate format.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from edgeward.finding import Finding, Severity, fingerprint_of
from edgeward.report.wording import sort_findings, well_formed
from edgeward.result import Report

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render_gitlab(result: Report) -> str:
    """A list of issues, without a line break at its end; only ASCII characters."""
    return json.dumps(list(_issues(result)), indent=2)


def _issues(result: Report) -> Iterator[dict[str, Any]]:
    """Fingerprints have to differ in one report, so the same one a second time is numbered."""
    seen: dict[str, int] = {}
    for plant in result.plants:
        for problem in plant.problems:
            text = f"{problem.path}: {problem.message}".removeprefix(": ")
            mark = fingerprint_of(problem.file, text)
            yield _issue("declaration.invalid", text, "blocker", problem.file, problem.line) | {
                "fingerprint": _once(mark, seen)
            }
        for finding in sort_findings(plant.findings):
            yield _finding(finding) | {"fingerprint": _once(finding.fingerprint, seen)}


def _finding(finding: Finding) -> dict[str, Any]:
    waived = f" (waived: {finding.waiver})" if finding.waiver else ""
    text = f"{finding.use_case or finding.site}: {finding.message}{waived}"
    severity = "info" if finding.waiver else _SEVERITIES[finding.severity]
    return _issue(finding.rule, text, severity, finding.file, finding.line)


def _issue(rule: str, text: str, severity: str, file: str, line: int) -> dict[str, Any]:
    return {
        "type": "issue",
        "check_name": rule,
        "description": text,
        "severity": severity,
        "location": {"path": well_formed(file), "lines": {"begin": max(line, 1)}},
    }


def _once(fingerprint: str, seen: dict[str, int]) -> str:
    seen[fingerprint] = seen.get(fingerprint, 0) + 1
    number = seen[fingerprint]
    return fingerprint if number == 1 else f"{fingerprint}-{number}"
