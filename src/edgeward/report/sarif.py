"""The report for code scanning: SARIF 2.1.0, which forges show beside the lines of a change.

One result for each finding, and for each problem of a plant that could not be read. A waived one
is suppressed, not left out. Fingerprints do not depend on lines or numbers, so that a finding
stays the same finding while a file is edited around it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from edgeward import __version__
from edgeward.errors import Problem
from edgeward.finding import Finding, Severity, fingerprint_of
from edgeward.report.wording import sort_findings
from edgeward.result import Report

INVALID = "declaration.invalid"
"""The rule id under which problems of plants that cannot be read are listed."""

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render_sarif(result: Report) -> str:
    """The document, without a line break at its end; only ASCII characters."""
    found = [each for plant in result.plants for each in sort_findings(plant.findings)]
    problems = [each for plant in result.plants for each in plant.problems]
    rules = _rules(found, problems)
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    driver = {"name": "edgeward", "semanticVersion": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"REPOSITORY": {"description": {"text": "The repository's root."}}},
        "results": [
            *(_problem(each, numbers) for each in problems),
            *(_finding(each, numbers) for each in found),
        ],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rules(found: list[Finding], problems: list[Problem]) -> list[dict[str, Any]]:
    first = {each.rule: each for each in reversed(found)}
    rules = {name: _rule(each) for name, each in first.items()}
    if problems:
        rules[INVALID] = {
            "id": INVALID,
            "shortDescription": {"text": "A plant's file can be read"},
            "defaultConfiguration": {"level": "error"},
        }
    return [rules[name] for name in sorted(rules)]


def _rule(finding: Finding) -> dict[str, Any]:
    remedy = finding.remedy or "See the message."
    return {
        "id": finding.rule,
        "shortDescription": {"text": finding.title or finding.rule},
        "help": {"text": remedy, "markdown": f"{remedy}\n\n[{finding.rule}]({finding.docs})"},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"docs": finding.docs},
    }


def _finding(finding: Finding, numbers: dict[str, int]) -> dict[str, Any]:
    waived = [{"kind": "external", "status": "accepted", "justification": finding.waiver}]
    return {
        "ruleId": finding.rule,
        "ruleIndex": numbers[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": _text(finding)},
        "locations": [_location(finding.file, finding.line, finding.column, finding.path)],
        "partialFingerprints": {"edgeward/v1": finding.fingerprint},
        "suppressions": waived if finding.waiver else [],
        "properties": dict(_properties(finding)),
    }


def _text(finding: Finding) -> str:
    subject = finding.use_case or finding.site
    return f"{subject}: {finding.message}" + (f"\nFix: {finding.remedy}" if finding.remedy else "")


def _properties(finding: Finding) -> Iterator[tuple[str, Any]]:
    yield "site", finding.site
    yield "path", finding.path
    if finding.use_case:
        yield "use_case", finding.use_case
    if finding.numbers:
        yield "numbers", dict(sorted(finding.numbers.items()))


def _problem(problem: Problem, numbers: dict[str, int]) -> dict[str, Any]:
    mark = fingerprint_of(INVALID, problem.file, problem.path, problem.message)
    line, column = max(problem.line, 1), max(problem.column, 1)
    return {
        "ruleId": INVALID,
        "ruleIndex": numbers[INVALID],
        "level": "error",
        "message": {"text": f"{problem.path}: {problem.message}".removeprefix(": ")},
        "locations": [_location(problem.file, line, column, problem.path)],
        "partialFingerprints": {"edgeward/v1": mark},
        "suppressions": [],
    }


def _location(file: str, line: int, column: int, path: str) -> dict[str, Any]:
    uri = quote(file, errors="surrogateescape")
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": uri, "uriBaseId": "REPOSITORY"},
            "region": {"startLine": line, "startColumn": column},
        }
    }
    if path:
        location["logicalLocations"] = [{"fullyQualifiedName": path, "kind": "member"}]
    return location
