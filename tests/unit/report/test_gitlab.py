"""GitLab's code quality: the keys of its format, and fingerprints of their own."""

from __future__ import annotations

from dataclasses import replace

from edgeward.report.gitlab import render_gitlab
from edgeward.result import RunResult
from tests.formats import read_gitlab
from tests.unit.report.outcomes import DECIDED, ERROR, EVERY_STATUS


def test_every_issue_has_what_gitlab_asks_for() -> None:
    assert read_gitlab(render_gitlab(EVERY_STATUS))


def test_the_same_finding_twice_has_two_fingerprints_that_lines_do_not_change() -> None:
    def marks(*lines: int) -> list[str]:
        found = tuple(replace(ERROR, line=line) for line in lines)
        issues = read_gitlab(render_gitlab(RunResult((replace(DECIDED, findings=found),))))
        return [issue["fingerprint"] for issue in issues]

    assert marks(3, 9) == marks(5, 7)
    assert len(set(marks(3, 9))) == 2


def test_what_is_waived_is_only_for_information() -> None:
    waived = replace(DECIDED, findings=(replace(ERROR, waiver="x until 2027-01-31"),))
    (issue,) = read_gitlab(render_gitlab(RunResult((waived,))))
    assert issue["severity"] == "info"
    assert "(waived: x until 2027-01-31)" in issue["description"]
