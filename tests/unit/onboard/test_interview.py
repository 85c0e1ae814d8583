"""The whole conversation, with a person who answers by the question."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edgeward.declare.workspace import load_workspace
from edgeward.onboard.compose import finish_plant, start_draft
from edgeward.onboard.interview import Interview

_ANSWERS = {
    "Who answers for this file": ["plant-it@example.com"],
    "In which time zone": ["Berlin", "Europe/Berlin"],
    "In which cloud region": ["eu-central-1"],
    "When may a new model": ["sun 06:00 4h"],
    "How dependable is the link": ["2"],
    "How fast is it from": ["6 MB/s"],
    "How long is the way to the region": ["120 to 200 ms"],
    "How long was the longest": ["8h"],
    "Name of the network zone": ["line-2"],
    "On which Purdue": ["2"],
    "Name of the kind of machine": ["Füllerkamera"],
    "How many of them": ["four", "4"],
    "Name of the box": ["line2-gpu"],
    "What kind of box": ["jetson", "orin_nx"],
    "Name of what is measured": ["cap-frames"],
    "Does each machine of a kind have one": ["1"],
    "How large is one item": ["1.6 MB"],
    "How long is it from one item": ["100 ms"],
    "For how many hours a week": ["80"],
    "In what form may it leave": ["3"],
    "What share of it": ["1 %"],
    "How large is what leaves": ["40"],
    "What for": ["hard examples for retraining"],
    "How bad is it if others": ["internal"],
    "Can people be recognised": ["1"],
    "For how many days": ["30"],
    "Name of what a model is for": ["cap-check"],
    "What is done because": ["Blow the bottle off the belt"],
    "Who answers for the model": ["ml@example.com"],
    "What is harmed most": ["quality"],
    "What does it do with": ["advises"],
    "How long can the action wait": ["b"],
    "Which model is it": ["yolo11n"],
    "What happens while": ["human"],
    "In words, as people": ["two people check: by eye"],
    "For how many hours can": ["4"],
    "Who lets it go live": ["q@example.com"],
    "What is watched": ["reject_rate"],
    "From which value on": ["0.02"],
    "And then?": ["recalibrate"],
    "Which number says": ["false_reject_rate"],
    "What gets better": ["complaints per million bottles"],
}


class _Person:
    """Answers each question once, in the order given; Enter to everything else."""

    def __init__(self, answers):
        self.answers = {question: list(words) for question, words in answers.items()}
        self.heard = ""
        self.lines = []

    def say(self, text):
        self.lines.append(text)
        if text.startswith("\n") and not text.startswith("\n──"):
            self.heard = text.strip()

    def hear(self, prompt):
        assert len(self.lines) < 1_000, self.lines[-6:]
        asked = prompt if prompt.startswith("Name of") else self.heard
        for question, words in self.answers.items():
            if asked.startswith(question) and words:
                return words.pop(0)
        return ""


@pytest.fixture
def workspace(tmp_path: Path):
    (tmp_path / "sites").mkdir()
    return load_workspace(tmp_path)


def _interview(workspace, answers, given=()):
    draft = start_draft("Werk Köln", given, workspace, date(2026, 11, 25))
    person = _Person(answers)
    Interview(draft, workspace.layers, person.hear, person.say).run()
    return finish_plant(draft, given, workspace), draft.tree, person


def test_a_plant_comes_out_of_a_conversation(workspace):
    plant, tree, person = _interview(workspace, _ANSWERS)
    assert plant.name == "werk-koeln"
    assert not any(person.answers.values())
    assert tree["title"] == "Werk Köln"
    assert tree["connectivity"]["uplink_mbps"] == 48
    (device,) = tree["devices"]
    assert device["class"] == "jetson_orin_nx_16gb"
    assert (device["zone"], device["runtime"]) == ("line-2", "compose")
    (stream,) = tree["streams"]
    assert (stream["at"], stream["per"], stream["kb"]) == ("line2-gpu", "fuellerkamera", 1600)
    assert stream["leaves"]["share"] == 0.01
    (use_case,) = tree["use_cases"]
    assert use_case["reads"] == ["cap-frames"]
    assert use_case["rollback"]["to"] == "previous"
    assumed = {each["at"]: each for each in tree["assumptions"]}
    assert assumed["connectivity.rtt_p99_ms"]["range"] == [120, 200]
    budget = assumed["use_cases.cap-check.latency.budget_ms"]
    assert (budget["from"], budget["review_by"]) == ("delays.line_stop", "2027-02-23")
    assert budget["owner"] == "plant-it@example.com"


def test_a_wrong_answer_is_told_at_once_and_asked_again(workspace):
    _plant, tree, person = _interview(workspace, _ANSWERS)
    said = "\n".join(person.lines)
    assert "expected an IANA time zone" in said
    assert "`jetson` is not in the list" in said
    assert "`four` is no number" in said
    assert tree["timezone"] == "Europe/Berlin"


def test_what_a_phrase_stands_for_is_shown_in_the_unit_of_people(workspace):
    _plant, _tree, person = _interview(workspace, _ANSWERS)
    assert "    d  a person looks and decides (60 s to 24 h)" in person.lines


def test_nobody_knows_anything(workspace):
    plant, tree, _person = _interview(
        workspace, {"Name of what a model is for": ["x"], "Name of the box": ["box"]}
    )
    (use_case,) = tree["use_cases"]
    assert use_case["action"] == use_case["owner"] == "unknown"
    assert "model" not in use_case
    assert tree["devices"][0]["class"] == "unknown"
    assert "action: unknown" in plant.text


_TYPED = st.sampled_from(
    [
        "",
        "?",
        "1",
        "2",
        "3",
        "a",
        "b",
        "0.5",
        "20 to 80",
        "1.6 MB",
        "2 s",
        "8h",
        "yes",
        "x",
        "box",
        "sun 06:00 4h",
        "Europe/Berlin",
        "eu-central-1",
        "raw",
        "safety",
        "production",
        "2028-06-30",
        "line-2 opcua 4840",
        "{a: 1}",
    ]
)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_TYPED, min_size=40, max_size=120))
def test_whatever_was_accepted_can_be_written(workspace, words):
    """Somebody who answers wildly: each answer is refused at once, or stands in the file."""
    draft = start_draft("x", (), workspace, date(2026, 11, 25))
    number = 0

    def hear(prompt):
        nonlocal number
        number += 1
        if number < len(words):
            return words[number]
        if "needed" in prompt:
            return "1"  # the only questions that Enter does not answer
        return ""

    Interview(draft, workspace.layers, hear, lambda _line: None).run()
    finish_plant(draft, (), workspace)
