"""Answers by the schema of their place, and names of folders."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgeward.errors import UsageError
from edgeward.onboard.answer import read_answer
from edgeward.onboard.name import plant_name
from edgeward.onboard.steps import find_part, pattern_of
from edgeward.onboard.units import BadAnswer


def _read(path, text):
    return read_answer(text, find_part(path), path.rpartition(".")[2])


@pytest.mark.parametrize(
    ("path", "text", "value", "span"),
    [
        ("connectivity.uplink_mbps", "50", 50, None),
        ("connectivity.uplink_mbps", "20 to 80", "unknown", (20, 80)),
        ("connectivity.uplink_mbps", "20-80 Mbit/s", "unknown", (20, 80)),
        ("connectivity.uplink_mbps", "50 (20 to 80)", 50, (20, 80)),
        ("use_cases.x.latency.budget_ms", "500 ms to 2 s", "unknown", (500, 2000)),
        ("connectivity.uplink_mbps", "I don't know", "unknown", None),
        ("connectivity.tier", "best effort WAN", "best_effort_wan", None),
        ("connectivity.tier", "off", "offline_first", None),
        ("devices.x.owned", "Ja", True, None),
        ("use_cases.x.reads", "a, b", ["a", "b"], None),
        ("use_cases.x.latency.late_allowed", "1 in 10000", "1 in 10000", None),
        ("use_cases.x.latency.late_allowed", "0.01", 0.01, None),
        (
            "use_cases.x.writes",
            "plc-2 opcua 4840",
            [{"to": "plc-2", "protocol": "opcua", "port": 4840}],
            None,
        ),
        (
            "windows.maintenance",
            "sat,sun 06:00 4h; wed 22:00 2",
            [
                {"days": ["sat", "sun"], "start": "06:00", "duration_hours": 4},
                {"days": ["wed"], "start": "22:00", "duration_hours": 2},
            ],
            None,
        ),
        ("use_cases.x.latency.path_ms", "{exposure: 2}", {"exposure": 2}, None),
    ],
)
def test_an_answer_becomes_what_its_place_wants(path, text, value, span):
    answer = _read(path, text)
    assert (answer.value, answer.span) == (value, span)


@pytest.mark.parametrize(
    ("path", "text", "says"),
    [
        ("connectivity.tier", "wireless", "none of the choices"),
        ("devices.x.owned", "perhaps", "yes or no"),
        ("assets.x.count", "1.5", "whole number"),
        ("connectivity.uplink_mbps", "80 to 20", "smaller number comes first"),
        ("use_cases.x.latency.path_ms", "{exposure: 2", "not closed"),
        ("use_cases.x.writes", "a b 1 c d", "one word for each of to, protocol, port"),
    ],
)
def test_a_wrong_answer_says_why(path, text, says):
    with pytest.raises(BadAnswer, match=says):
        _read(path, text)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("conectivity.tier", "connectivity"),
        ("devices.x", "name a key"),
        ("windows.maintenance.x.start", "whole list"),
    ],
)
def test_a_path_that_no_plant_has_is_refused(path, says):
    with pytest.raises(BadAnswer, match=says):
        find_part(path)


def test_a_pattern_has_a_star_for_each_name():
    assert pattern_of("use_cases.cap-check.latency.budget_ms") == "use_cases.*.latency.budget_ms"


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("Werk Köln", "werk-koeln"),
        ("Größe & Maß", "groesse-and-mass"),
        ("Łódź 2", "lodz-2"),
        ("2. Halle", "halle"),
        ("bottling-brno", "bottling-brno"),
    ],
)
def test_a_folder_is_named_after_what_people_say(called, name):
    assert plant_name(called) == name


@given(st.text(max_size=60))
def test_a_name_is_a_name_or_is_refused(called):
    try:
        assert re.fullmatch(r"[a-z][a-z0-9-]{0,38}", plant_name(called))
    except UsageError:
        assert not re.search(r"[a-zA-Z]", called)
