"""What is asked once more: what nothing can be decided without, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from edgeward.onboard.compose import finish_plant, start_draft
from edgeward.onboard.follow_up import follow_up
from edgeward.onboard.interview import Interview
from edgeward.session import assess_source, open_session

_TODAY = date(2026, 11, 25)
_NAMES = {
    "Name of the first box": ["hall-pc"],
    "Name of the first thing": ["pictures"],
    "Name of the first task": ["check"],
}
_KNOWN = _NAMES | {
    "Who is responsible for the plant": ["it@example.com"],
    "In which AWS region": ["eu-central-1"],
    "How dependable is the link": ["2"],
    "How fast is it towards": ["50"],
    "What kind is it?": ["edge_gpu_generic"],
    "How large is one picture": ["500"],
    "How often does one": ["1 s"],
    "For how many hours a week": ["80"],
    "How bad is it": ["internal"],
    "Can people be": ["none"],
    "What is done because": ["a lamp is lit"],
    "What is harmed most": ["quality"],
    "What does it do with": ["informs"],
    "How long may that take": ["2 s"],
    "What kind of model is it": ["yolo11n"],
    "What happens while": ["human"],
    "Who lets a new": ["q@example.com"],
    "Which number shows that a new": ["missed"],
    "From which value": ["5 %"],
    "What gets better": ["complaints"],
}


class _Person:
    """Knows nothing at first, and answers the second time; Enter to everything else."""

    def __init__(self, at_once, later):
        self.answers = {key: list(words) for key, words in at_once.items()}
        self.later = {key: list(words) for key, words in later.items()}
        self.lines = []
        self.asked = ""

    def say(self, line):
        self.lines.append(line)
        if line.startswith("\n──"):
            self.answers |= self.later if "decision waits for" in line else {}
        elif line.startswith("\n"):
            self.asked = line.strip()

    def hear(self, prompt):
        asked = prompt.strip() if prompt.startswith("\nName") else self.asked
        for question, words in self.answers.items():
            if asked.startswith(question) and words:
                return words.pop(0)
        return ""

    def second_time(self):
        first = next(at for at, line in enumerate(self.lines) if "decision waits for" in line)
        return "\n".join(self.lines[first:])


@pytest.fixture
def talk(tmp_path):
    (tmp_path / "sites").mkdir()
    session = open_session(tmp_path, _TODAY)

    def judge(draft):
        plant = finish_plant(draft, (), session.workspace)
        return plant.source, assess_source(session, plant.name, plant.source, with_margins=True)

    def run(at_once, later):
        draft = start_draft("plant", (), session.workspace, _TODAY)
        person = _Person(at_once, later)
        interview = Interview(draft, session.workspace.layers, person.hear, person.say)
        interview.run()
        follow_up(interview, judge)
        return person, judge(draft)[1]

    return run


def test_nothing_is_asked_again_of_what_can_be_decided(talk):
    person, plant = talk(_KNOWN, {})
    assert not any("decision waits for" in line for line in person.lines)
    assert [each.use_case for each in plant.decision.placements] == ["check"]


def test_what_blocks_is_asked_again_with_what_waits_for_it(talk):
    forgotten = ("How long may", "Which model", "Which number", "From which", "How dependable")
    at_once = {key: words for key, words in _KNOWN.items() if not key.startswith(forgotten)}
    person, plant = talk(at_once, {key: _KNOWN[key] for key in _KNOWN if key not in at_once})
    assert [each.use_case for each in plant.decision.placements] == ["check"]
    said = person.second_time()
    assert "check waits for it (how long the action can wait, in ms)." in said
    assert "From which value on" in said  # makes sense only since the number was named
    assert "How bad is it" not in said


def test_a_number_is_asked_again_only_where_it_decides(talk):
    """Nothing of it leaves, so neither its size nor the link can tip anything here."""
    unknown = ("How fast is it", "For how many hours", "How large is one")
    at_once = {key: words for key, words in _KNOWN.items() if not key.startswith(unknown)}
    person, _plant = talk(at_once, {})
    assert not any("decision waits for" in line for line in person.lines)
    leaving = {"In what form may it leave": ["raw"], "What for": ["training"]}
    person, plant = talk(at_once | leaving, {key: _KNOWN[key] for key in _KNOWN})
    assert "How fast is it towards" in person.second_time()
    assert plant.decision.placements


def test_who_knows_nothing_is_asked_once_more_and_no_longer(talk):
    person, plant = talk(_NAMES, {})
    assert person.second_time().count("What kind of model is it") == 1
    assert plant.decision.withheld


def test_what_the_decision_hangs_on_is_asked_again_and_enter_keeps_it(talk):
    near = {"What kind is it?": ["jetson_orin_nx_16gb"]}
    roughly = {"How long may that take": ["60 ms (2 to 100 ms)"]}
    person, plant = talk(_KNOWN | near | roughly, {})
    again = person.lines[person.lines.index("\n── What the decision hangs on") :]
    assert "  Of check: check hangs on it; with it at 2: no tier permitted." in "\n".join(again)
    (placement,) = plant.decision.placements
    assert placement.budget_ms.stated == 60
    assert placement.fragile_on == ("use_cases.check.latency.budget_ms",)
    roughly["How long may that take"].append("60 ms")
    _person, plant = talk(_KNOWN | near | roughly, {})
    assert plant.decision.placements[0].fragile == ()


_MOVING = {
    "What does it do with": ["moves a flap by itself"],
    "What does it write to": ["plc-1 over OPC UA"],
}


def _ends_of(plant):
    return {each.name: each.zone for each in plant.site.devices}


def test_what_moves_something_is_asked_for_its_network_and_its_receivers(talk):
    """Who has no names for zones says what a cable leads to, and the level follows."""
    later = {"On which network is it": ["1", "the line's own"]}
    person, plant = talk(_KNOWN | _MOVING, later)
    assert [each.use_case for each in plant.decision.placements] == ["check"]
    assert [(each.name, each.level.stated) for each in plant.site.zones] == [("line", 2)]
    assert _ends_of(plant) == {"hall-pc": "line", "plc-1": "line"}
    (written,) = plant.site.use_cases[0].writes
    assert (written.to, written.protocol) == ("plc-1", "opcua")
    said = person.second_time()
    assert "  Of hall-pc: check waits for it (it decides whether a controller is written to" in said
    assert said.count("Where a firewall is between two things, they are on two networks.") == 1
    assert "\n  Of plc-1: check writes to it.\n" in said
    assert "    1  line  level 2: the line's or machine's own, with its controllers" in said
    assert said.index("What the firewall team needs") < said.index("Of plc-1")
    assert "What is it for: 2" not in said


@pytest.mark.parametrize("typed", ["?", ""])
def test_where_nobody_knows_the_network_it_is_assumed_not_to_be_the_offices(talk, typed):
    """Also of the receiver, for which nothing is taken from the box; who knows it is told."""
    person, plant = talk(_KNOWN | _MOVING, {"On which network is it": [typed, typed]})
    assert [each.use_case for each in plant.decision.placements] == ["check"]
    assert plant.decision.placements[0].fragile == ()
    assert _ends_of(plant) == {"hall-pc": None, "plc-1": None}
    assumed = {each.at: each for each in plant.site.assumptions if each.at.endswith(".zone")}
    assert [(at, each.one_of) for at, each in assumed.items()] == [
        ("devices.hall-pc.zone", ("line", "plant")),
        ("devices.plc-1.zone", ("line", "plant")),
    ]
    assert assumed["devices.plc-1.zone"].because == "nobody knew when the plant was entered"
    assert "security.flow_ends_in_zones" in {each.rule for each in plant.findings}
    said = person.second_time()
    assert "Who runs the plant's network knows" in said


def test_a_number_means_the_same_network_both_times(talk):
    """The lists go from the lowest level up, whatever was named first."""
    _person, plant = talk(_KNOWN | _MOVING, {"On which network is it": ["2", "1"]})
    assert _ends_of(plant) == {"hall-pc": "plant", "plc-1": "line"}


def test_a_network_of_another_name_is_taken_and_its_level_asked_for(talk):
    later = {
        "On which network is it": ["Filling hall", "controls"],
        "What is it for: 2": ["4", "2"],
    }
    person, plant = talk(_KNOWN | _MOVING, later)
    assert person.second_time().count("What is it for: 2") == 2
    assert _ends_of(plant) == {"hall-pc": "filling-hall", "plc-1": "controls"}
    assert [each.why for each in plant.decision.withheld] == ["no_tier"]


def test_from_the_offices_network_nothing_is_written_to_the_line(talk):
    _person, plant = talk(_KNOWN | _MOVING, {"On which network is it": ["office", "line"]})
    assert [each.why for each in plant.decision.withheld] == ["no_tier"]


def test_nothing_is_announced_that_is_not_asked(talk):
    """Without a stream there is none to choose, so nothing can be asked about it."""
    at_once = {key: words for key, words in _KNOWN.items() if "thing" not in key}
    person, plant = talk(at_once, {})
    assert plant.decision.withheld
    assert not person.lines[-1].startswith("\n──")


def test_a_step_back_works_there_too(talk):
    later = {"How dependable": ["<", "2"], "What kind is it?": ["<"], "How long may that": ["2 s"]}
    person, _plant = talk(_NAMES, later)
    assert "  This is the first question here." in person.lines
    assert not any(person.answers.values())
