"""Waivers in whole checks: what they cover, for how long, and what is wrong with them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from edgeward.errors import Problem
from edgeward.finding import Finding
from edgeward.report.text import render_text
from edgeward.result import RunResult, Status
from edgeward.session import assess_plant, open_session
from tests.fleets import PLANT, write_fleet

TODAY = date(2026, 11, 23)
BROKEN = PLANT.replace("retention_days: 30", "retention_days: 4000")
RULE = "security.retention_is_limited"


def _waiver(at: str = "streams.frames", rule: str = RULE, days: int = 60, by: str = "b") -> str:
    expires = TODAY + timedelta(days=days)
    return (
        f"waivers:\n  - {{rule: {rule}, at: {at}, because: agreed, owner: a@example.com,\n"
        f"     approved_by: {by}@example.com, expires: {expires}}}\n"
    )


def _run(root: Path, plant: str, fleet: str = "", today: date = TODAY):
    write_fleet(root, plant, fleet)
    return assess_plant(open_session(root, today), "plant")


def _counting(findings: tuple[Finding, ...]) -> list[str]:
    return sorted(each.rule for each in findings if each.counts)


def test_a_waived_finding_stays_visible_with_the_days_that_are_left(tmp_path: Path) -> None:
    result = _run(tmp_path, BROKEN + _waiver())
    assert result.status is Status.DECIDED
    (found,) = result.findings
    assert found.rule == RULE
    assert found.waiver == "streams.frames until 2027-01-22, 60 days left"
    said = " ".join(render_text(RunResult((result,))).split())
    assert "waived: streams.frames until 2027-01-22, 60 days left" in said


def test_on_its_last_day_it_holds_and_a_day_later_it_fails_twice(tmp_path: Path) -> None:
    plant = BROKEN + _waiver(days=10)
    assert _counting(_run(tmp_path, plant, today=TODAY + timedelta(days=10)).findings) == []
    late = _run(tmp_path, plant, today=TODAY + timedelta(days=11)).findings
    assert _counting(late) == ["governance.waiver_in_date", RULE]


@pytest.mark.parametrize(
    ("waiver", "fleet", "rule"),
    [
        (_waiver(days=181), "", "governance.waiver_is_short"),
        (_waiver(by="a"), "", "governance.waiver_approved_by_another"),
        (_waiver(by="b"), "approvers: [c@example.com]\n", "governance.waiver_approved_by_another"),
    ],
    ids=["too_long", "by_its_owner", "by_no_approver"],
)
def test_a_waiver_that_is_none_is_a_finding_of_its_own(
    waiver: str, fleet: str, rule: str, tmp_path: Path
) -> None:
    plant = BROKEN + waiver
    (found,) = [each for each in _run(tmp_path, plant, fleet).findings if each.counts]
    assert found.rule == rule
    assert "- {rule: " in plant.splitlines()[found.line - 1]


def test_an_approver_of_the_fleet_may_approve(tmp_path: Path) -> None:
    fleet = "approvers: [b@example.com]\n"
    assert _counting(_run(tmp_path, BROKEN + _waiver(), fleet).findings) == []


def test_a_limit_of_the_fleet_is_the_one_that_counts(tmp_path: Path) -> None:
    fleet = "thresholds: {governance: {waiver_days_max: 30}}\n"
    found = _run(tmp_path, BROKEN + _waiver(), fleet).findings
    assert _counting(found) == ["governance.waiver_is_short"]
    assert "30 are the most" in next(each.message for each in found if each.counts)


@pytest.mark.parametrize("rule", [RULE, "security.no_such_rule"])
def test_a_waiver_of_nothing_is_a_finding(rule: str, tmp_path: Path) -> None:
    found = _run(tmp_path, PLANT + _waiver(rule=rule)).findings
    assert _counting(found) == ["governance.waiver_covers_a_finding"]


def test_a_waiver_of_a_cloud_rule_is_judged_when_there_are_cloud_resources(tmp_path: Path) -> None:
    found = _run(tmp_path, PLANT + _waiver(rule="cloud.bucket_encrypted")).findings
    assert _counting(found) == []


def test_a_waiver_covers_one_rule_at_one_place(tmp_path: Path) -> None:
    elsewhere = _run(tmp_path, BROKEN + _waiver(at="use_cases.check")).findings
    assert _counting(elsewhere) == ["governance.waiver_covers_a_finding", RULE]


def test_a_rule_may_allow_no_waiver(tmp_path: Path) -> None:
    safety = BROKEN.replace("criticality: quality", "criticality: safety")
    waiver = _waiver("use_cases.check", "operations.safety_standard_named")
    counting = _counting(_run(tmp_path, safety + waiver).findings)
    assert "operations.safety_standard_named" in counting
    assert "governance.waiver_allowed" in counting


def test_a_waiver_that_leads_nowhere_is_refused_with_what_was_meant(tmp_path: Path) -> None:
    (problem,) = _run(tmp_path, BROKEN + _waiver(at="streams.frame")).problems
    assert isinstance(problem, Problem)
    assert "did you mean `frames`?" in problem.message


def test_a_code_owner_of_the_plant_may_approve_and_nobody_else(tmp_path: Path) -> None:
    (tmp_path / "CODEOWNERS").write_text("/sites/plant/ b@example.com\n")
    assert _counting(_run(tmp_path, BROKEN + _waiver(by="b")).findings) == []
    assert _counting(_run(tmp_path, BROKEN + _waiver(by="c")).findings) == [
        "governance.waiver_approved_by_another"
    ]
