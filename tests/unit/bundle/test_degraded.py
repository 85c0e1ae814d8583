"""The contract in the service's config says for each trouble what the plant declared."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from edgeward.decision import Decision
from edgeward.quantity import exact, unknown
from edgeward.site import Site
from edgeward.use_case import Absent
from tests.samples import CAP_CHECK, DECISION, GATEWAY, PLACEMENT, SITE
from tests.unit.bundle.rendering import render, text_of

TROUBLES = ("no_cloud", "no_plant_server", "no_broker", "full_disk", "wrong_clock", "bad_model")
CONFIG = "etc/edgeward/use_cases/cap-check.json"
STOPS = Absent(
    do="stop",
    within_ms=exact(80),
    lasts_hours=exact(2),
    cost_per_hour=exact(0),
    text="the line stops",
    then="human",
)
SERVER = replace(GATEWAY, name="server", tier="plant")


def _config(site: Site = SITE, decision: Decision = DECISION, box: int = 0) -> dict[str, Any]:
    return json.loads(text_of(render(site, decision)[box], CONFIG))  # type: ignore[no-any-return]


def _contract(**given: Any) -> dict[str, dict[str, Any]]:
    return {each["when"]: each for each in _config(**given)["degraded"]}


def _with(absent: Absent | None, **changes: Any) -> Site:
    return replace(SITE, use_cases=(replace(CAP_CHECK, absent=absent, **changes),))


def test_every_trouble_has_an_answer_in_a_fixed_order() -> None:
    assert tuple(each["when"] for each in _config()["degraded"]) == TROUBLES


def test_what_stops_the_model_does_what_absent_says_to_the_last_number() -> None:
    contract = _contract(site=_with(STOPS))
    for trouble in ("no_broker", "bad_model"):
        found = contract[trouble]
        assert (found["do"], found["within_ms"], found["lasts_hours"]) == ("stop", 80, 2)
        assert (found["then"], found["text"]) == ("human", "the line stops")
    for trouble in ("no_cloud", "no_plant_server", "full_disk", "wrong_clock"):
        assert contract[trouble]["do"] == "continue"


def test_a_use_case_in_the_cloud_needs_it_and_its_box_carries_the_contract() -> None:
    decision = replace(DECISION, placements=(replace(PLACEMENT, device="cloud"),))
    contract = _contract(site=_with(STOPS), decision=decision)
    assert contract["no_cloud"]["do"] == "stop"
    assert _config(site=_with(STOPS), decision=decision)["runs_at"] == "cloud"


def test_a_use_case_that_gets_its_input_from_another_device_needs_that_one() -> None:
    site = replace(_with(STOPS), devices=(GATEWAY, SERVER))
    decision = replace(DECISION, placements=(replace(PLACEMENT, device="server"),))
    assert _contract(site=site, decision=decision, box=1)["no_plant_server"]["do"] == "stop"


def test_a_bad_model_goes_back_to_the_version_that_is_named() -> None:
    found = _contract(site=_with(STOPS, rollback_to="previous"))["bad_model"]
    assert found["do"] == "roll_back"
    assert "previous" in found["text"]
    assert "stop" in found["text"]


@pytest.mark.parametrize("absent", [None, replace(STOPS, do=None, within_ms=unknown("x"))])
def test_what_is_not_declared_is_not_made_up(absent: Absent | None) -> None:
    found = _contract(site=_with(absent))["no_broker"]
    assert found["do"] == "none"
    assert found["within_ms"] is None
