from __future__ import annotations

from dataclasses import replace

from edgeward.report.sarif import INVALID, render_sarif
from edgeward.result import RunResult
from tests.formats import read_sarif
from tests.unit.report.outcomes import DECIDED, ERROR, EVERY_STATUS, WITH_FINDINGS


def _run(result: RunResult) -> dict:
    return read_sarif(render_sarif(result))


def test_every_result_has_what_code_scanning_asks_for():
    run = _run(EVERY_STATUS)
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert run["results"]
    for each in run["results"]:
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
        assert each["message"]["text"]
        assert len(each["partialFingerprints"]["edgeward/v1"]) == 16
        (location,) = each["locations"]
        physical = location["physicalLocation"]
        assert not physical["artifactLocation"]["uri"].startswith(("/", "file:"))


def test_a_plant_that_cannot_be_read_is_a_result_at_its_line():
    (invalid,) = [each for each in _run(EVERY_STATUS)["results"] if each["ruleId"] == INVALID]
    assert invalid["locations"][0]["physicalLocation"]["region"]["startLine"] == 14


def test_a_waived_finding_is_suppressed_and_stays():
    waived = [each for each in _run(RunResult((WITH_FINDINGS,)))["results"] if each["suppressions"]]
    assert [each["suppressions"][0]["justification"] for each in waived] == [
        "use_cases until 2027-01-31"
    ]


def test_a_fingerprint_does_not_change_with_the_line_or_the_numbers():
    def prints(finding):
        plant = replace(DECIDED, findings=(finding,))
        (result,) = _run(RunResult((plant,)))["results"]
        return result["partialFingerprints"]

    moved = replace(ERROR, line=99, column=3, message="other", numbers={"a": "1"})
    assert prints(moved) == prints(ERROR)
    assert prints(replace(ERROR, path="use_cases.other")) != prints(ERROR)
    assert prints(replace(ERROR, subject="cap-check@cloud")) != prints(ERROR)
