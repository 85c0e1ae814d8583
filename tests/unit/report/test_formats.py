"""Every form of report against its public schema: example plants, hostile words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from edgeward.report.github import render_github
from edgeward.report.gitlab import render_gitlab
from edgeward.report.json import render_json
from edgeward.report.junit import render_junit
from edgeward.report.sarif import render_sarif
from edgeward.result import RunResult
from edgeward.session import assess_plant, open_session
from tests.formats import LEVELS, read_github, read_gitlab, read_json, read_junit, read_sarif
from tests.unit.report.outcomes import DECIDED, ERROR, EVERY_STATUS, run_with

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 23)
# What is declared, and no path out of the repository, which no finding has.
WORDS = st.text(min_size=1).filter(lambda text: not text.startswith(("/", "./")))


@pytest.fixture(scope="module")
def examples() -> RunResult:
    session = open_session(ROOT, TODAY)
    return RunResult(tuple(assess_plant(session, name) for name in session.workspace.plants))


def _hold(result: RunResult) -> None:
    """Each form is valid, and tells of every finding and problem, or how many it leaves out."""
    findings = [each for plant in result.plants for each in plant.findings]
    number = len(findings) + sum(len(plant.problems) for plant in result.plants)
    assert len(read_sarif(render_sarif(result))["results"]) == number
    assert len(read_gitlab(render_gitlab(result))) == number
    suites = read_junit(render_junit(result))
    assert len(suites) == len(result.plants)
    told = read_json(render_json(result, 1), "Result")["plants"]
    assert sum(len(each["findings"]) + len(each["problems"]) for each in told) == number
    commands, other = read_github(render_github(result))
    assert len(other) == 1
    shown = {level: sum(each.name == level for each in commands) for level in LEVELS}
    assert all(each <= 10 for each in shown.values())
    at_a_place = [each for each in commands if "file" in each.properties]
    more = sum(int(each.message.split()[0]) for each in commands if each not in at_a_place)
    assert len(at_a_place) + more == number


def test_the_example_plants_are_told_in_valid_documents(examples: RunResult) -> None:
    assert len(examples.plants) > 10
    assert {plant.status.value for plant in examples.plants} >= {"decided", "no_tier", "not_ready"}
    _hold(examples)


def test_every_status_and_no_plant_at_all_are_valid() -> None:
    _hold(EVERY_STATUS)
    _hold(RunResult(()))


@given(WORDS)
@example("\x00\x1b[31m\x7f\x85\u2028\u202e]]></failure>&<x>")
@example("::error::x\r\n::set-env name=PATH::/evil\r##[add-path]/evil\n%0A%25")
@example("sites/Fertigung Süd/Ölmühle #2 100%.yaml")
@example("sites/\udcff \udc80/site.yaml")
def test_whatever_is_written_somewhere_the_documents_are_valid(text: str) -> None:
    _hold(run_with(text))


@given(WORDS)
def test_an_annotation_says_what_the_finding_says_and_at_its_place(text: str) -> None:
    finding = replace(ERROR, message=text, path="", file=text, remedy="")
    commands, _ = read_github(render_github(RunResult((replace(DECIDED, findings=(finding,)),))))
    (command,) = commands
    assert command.message == f": {text}"
    assert command.properties["file"] == text
