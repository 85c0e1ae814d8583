"""GitLab's code quality: the keys of its format, and fingerprints of their own."""

from __future__ import annotations

import json
from dataclasses import replace

from jsonschema import Draft202012Validator

from edgeward.report.gitlab import render_gitlab
from edgeward.result import RunResult
from tests.unit.report.outcomes import DECIDED, ERROR, EVERY_STATUS

_TEXT = {"type": "string", "minLength": 1}
# What https://docs.gitlab.com/ci/testing/code_quality/ says of each issue.
_SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": _TEXT,
            "check_name": _TEXT,
            "fingerprint": _TEXT,
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def test_every_issue_has_what_gitlab_asks_for() -> None:
    issues = json.loads(render_gitlab(EVERY_STATUS))
    Draft202012Validator(_SCHEMA).validate(issues)
    assert issues


def test_the_same_finding_twice_has_two_fingerprints_that_lines_do_not_change() -> None:
    def marks(*lines: int) -> list[str]:
        found = tuple(replace(ERROR, line=line) for line in lines)
        issues = json.loads(render_gitlab(RunResult((replace(DECIDED, findings=found),))))
        return [issue["fingerprint"] for issue in issues]

    assert marks(3, 9) == marks(5, 7)
    assert len(set(marks(3, 9))) == 2


def test_what_is_waived_is_only_for_information() -> None:
    waived = replace(DECIDED, findings=(replace(ERROR, waiver="x until 2027-01-31"),))
    (issue,) = json.loads(render_gitlab(RunResult((waived,))))
    assert issue["severity"] == "info"
    assert "(waived: x until 2027-01-31)" in issue["description"]
