"""JUnit XML: the structure that CI servers read, and text that XML cannot hold."""

from __future__ import annotations

from dataclasses import replace

from edgeward.report.junit import render_junit
from edgeward.result import RunResult
from tests.formats import read_junit
from tests.unit.report.outcomes import DECIDED, ERROR, EVERY_STATUS, FINDING


def test_the_document_has_the_structure_of_junit() -> None:
    root = read_junit(render_junit(EVERY_STATUS))
    for case in root.iter("testcase"):
        assert case.get("name") and case.get("classname")
    for suite in root.iter("testsuite"):
        assert suite.get("tests") == str(len(suite.findall("testcase")))
        assert suite.get("failures") == str(len(suite.findall("*/failure")))
    assert root.get("failures") == str(len(root.findall("*/*/failure")))
    assert len(root) == len(EVERY_STATUS.plants)


def test_what_counts_fails_what_is_waived_is_skipped_and_the_rest_is_told() -> None:
    waived = replace(ERROR, waiver="streams until 2027-01-31, 9 days left", subject="other")
    plant = replace(DECIDED, findings=(ERROR, waived, FINDING))
    (suite,) = read_junit(render_junit(RunResult((plant,))))
    assert (suite.get("failures"), suite.get("skipped")) == ("1", "1")
    (failure,) = suite.findall("*/failure")
    assert failure.get("type") == ERROR.rule
    assert f"{ERROR.file}:{ERROR.line}:{ERROR.column}" in (failure.text or "")
    assert FINDING.rule in (suite.findtext("system-out") or "")


def test_characters_that_xml_has_not_are_replaced_and_markup_is_text() -> None:
    hostile = replace(ERROR, message="]]></failure>\x00\x1b[31m\ud800&<x>")
    plant = replace(DECIDED, findings=(hostile,))
    (failure,) = read_junit(render_junit(RunResult((plant,)))).findall("*/*/failure")
    assert failure.get("message") == "]]></failure>\ufffd\ufffd[31m\ufffd&<x>"
