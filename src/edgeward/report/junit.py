"""The report for CI servers that count tests: JUnit XML, a suite for each plant.

A plant that could not be read, a finding that counts and a use case without a place are failures;
a waived finding is skipped. Findings that do not count are listed in the suite's output.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from edgeward.errors import Problem
from edgeward.finding import Finding
from edgeward.report.wording import sort_findings
from edgeward.result import Report, Reported, Status

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_junit(result: Report) -> str:
    """The document, without a line break at its end; only ASCII characters."""
    root = Xml.Element("testsuites", name="edgeward")
    suites = [_suite(plant) for plant in result.plants]
    root.extend(suites)
    for key in ("tests", "failures"):  # of what is skipped, Jenkins knows only in a suite
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in suites)))
    Xml.indent(root)
    head = '<?xml version="1.0" encoding="us-ascii"?>'
    return f"{head}\n{Xml.tostring(root, encoding='us-ascii').decode()}"


def _suite(plant: Reported) -> Xml.Element:
    suite = Xml.Element("testsuite", name=_clean(plant.name))
    suite.extend(_cases(plant))
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("*/failure"))))
    suite.set("errors", "0")
    suite.set("skipped", str(len(suite.findall("*/skipped"))))
    quiet = [each for each in sort_findings(plant.findings) if not each.counts and not each.waiver]
    if quiet:
        output = Xml.SubElement(suite, "system-out")
        output.text = _clean("\n".join(f"{_place(f)} {f.severity} {_say(f)}" for f in quiet))
    return suite


def _cases(plant: Reported) -> Iterator[Xml.Element]:
    for problem in plant.problems:
        yield _failed(plant, problem.path or problem.file, "invalid", _problem(problem))
    for finding in sort_findings(plant.findings):
        name = f"{finding.rule} {finding.subject or finding.path}"
        if finding.counts:
            fix = f"\nFix: {finding.remedy}" if finding.remedy else ""
            words = (finding.message, f"{_place(finding)} {_say(finding)}{fix}")
            yield _failed(plant, name, finding.rule, words)
        elif finding.waiver:
            case = _case(plant, name)
            Xml.SubElement(case, "skipped", message=_clean(f"waived: {finding.waiver}"))
            yield case
    for use_case in plant.placed:
        yield _case(plant, f"{use_case} is placed")
    if plant.status is not Status.INVALID and not plant.problems and not plant.placed:
        yield _case(plant, "the plant can be read")


def _failed(plant: Reported, name: str, kind: str, words: tuple[str, str]) -> Xml.Element:
    case = _case(plant, name)
    failure = Xml.SubElement(case, "failure", message=_clean(words[0]), type=_clean(kind))
    failure.text = _clean(words[1])
    return case


def _case(plant: Reported, name: str) -> Xml.Element:
    return Xml.Element("testcase", classname=_clean(f"edgeward.{plant.name}"), name=_clean(name))


def _problem(problem: Problem) -> tuple[str, str]:
    return problem.message, str(problem)


def _place(finding: Finding) -> str:
    return f"{finding.file}:{finding.line}:{finding.column}"


def _say(finding: Finding) -> str:
    return f"{finding.rule} at {finding.path}: {finding.message}"


def _clean(text: str) -> str:
    """XML 1.0 has no way to write some characters, not even escaped."""
    return _NOT_XML.sub("\ufffd", text)
