"""`make demo` ends well only where exactly the two plants fail that must."""

from __future__ import annotations

from typing import Any

from tools.demo_check import find_surprises

AS_MEANT: dict[str, Any] = {
    "exit_code": 1,
    "plants": [
        {"name": "amberg-pcb", "status": "decided"},
        {"name": "impossible-press", "status": "no_tier"},
        {"name": "vague-brief", "status": "not_ready"},
    ],
}


def test_the_two_plants_that_must_fail_are_no_surprise() -> None:
    assert find_surprises(AS_MEANT, 1) == []


def test_another_plant_that_fails_is_a_surprise() -> None:
    plants = [{"name": "amberg-pcb", "status": "findings"}, *AS_MEANT["plants"][1:]]
    surprises = find_surprises({"exit_code": 1, "plants": plants}, 1)
    assert surprises == ["amberg-pcb: expected decided, got findings"]


def test_a_plant_that_must_fail_and_is_not_there_is_a_surprise() -> None:
    surprises = find_surprises({"exit_code": 1, "plants": AS_MEANT["plants"][:2]}, 1)
    assert surprises == ["vague-brief: expected not_ready, got no result"]


def test_another_exit_code_is_a_surprise_whatever_the_plants_say() -> None:
    assert find_surprises(AS_MEANT, 3) == ["build ended 3, expected 1"]
