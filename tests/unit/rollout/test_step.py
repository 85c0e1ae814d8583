"""Single steps: called again they change nothing, and what they decide is what the file says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from edgeward.errors import UsageError
from edgeward.rollout.record import load_state, save_state, state_path
from edgeward.rollout.rollout import Stage
from edgeward.rollout.sample import events_needed, judge
from edgeward.rollout.state import PlantState, Report, RolloutState, read_state, write_state
from edgeward.rollout.step import begin, step
from edgeward.site import Freeze
from tests.unit.rollout.fleets import GATE, START, make_plant, make_rollout

PLANTS = tuple(make_plant(name) for name in ("a", "b", "c"))
STAGES = (Stage(24, count=1), Stage(12, share=1))
NOON = START + timedelta(hours=12)


def _old(at: datetime = NOON, **changed: object) -> Report:
    return Report(**({"at": at, "release": 1, "healthy": True} | changed))  # type: ignore[arg-type]


REPORTS = {plant.name: _old() for plant in PLANTS}


def _phases(state: RolloutState) -> dict[str, str]:
    return {name: each.phase for name, each in state.plants.items()}


def test_a_step_again_changes_nothing() -> None:
    rollout = make_rollout(stages=STAGES)
    first = step(rollout, PLANTS, begin(rollout), REPORTS, NOON)
    assert sorted(_phases(first).values()) == ["assigned", "waiting", "waiting"]
    assert step(rollout, PLANTS, first, REPORTS, NOON) == first


def test_the_state_survives_its_file() -> None:
    rollout = make_rollout(stages=STAGES)
    state = step(rollout, PLANTS, begin(rollout), REPORTS, NOON)
    assert read_state(write_state(state)) == state
    with pytest.raises(UsageError, match="damaged"):
        read_state(write_state(state)[:-20])


def test_paused_and_aborted_are_asked_for_in_the_file() -> None:
    rollout = make_rollout(stages=STAGES)
    paused = step(replace(rollout, intent="paused"), PLANTS, begin(rollout), REPORTS, NOON)
    assert set(_phases(paused).values()) == {"waiting"}
    begun = step(rollout, PLANTS, begin(rollout), REPORTS, NOON)
    aborted = step(replace(rollout, intent="aborted"), PLANTS, begun, REPORTS, NOON)
    assert (aborted.status, set(_phases(aborted).values())) == ("aborted", {"waiting"})


def test_past_the_threshold_the_same_step_stops() -> None:
    """In stage 1, b has failed; c is not given a window any more, and a goes back."""
    rollout = make_rollout(stages=STAGES, abort_above_share=0.3)
    ran = START - timedelta(days=2)
    state = RolloutState(
        "caps",
        2,
        "running",
        1,
        {
            "a": PlantState("running", 0, ran, (ran, ran)),
            "b": PlantState("assigned", 1, ran, (ran, NOON)),
            "c": PlantState("waiting", 1, ran),
        },
    )
    reports = {
        "a": _old(release=2, events=10**6, bad=10**4),
        "b": _old(failed=frozenset({2})),
        "c": _old(),
    }
    after = step(rollout, PLANTS, state, reports, NOON)
    assert after.status == "aborted"
    assert _phases(after) == {"a": "returning", "b": "returning", "c": "waiting"}


def test_what_fails_goes_back_and_the_others_go_on() -> None:
    """One of three fails, which is not too many: it gets the old release in a window of its own."""
    rollout = make_rollout(stages=STAGES, abort_above_share=0.4)
    ran = START - timedelta(days=2)
    running = PlantState("running", 1, ran, (ran, NOON + timedelta(hours=2)))
    state = RolloutState("caps", 2, "running", 1, dict.fromkeys(("a", "b", "c"), running))
    good = _old(release=2, events=10**5, bad=10**3)
    reports = {"a": good, "b": good}
    reports["c"] = _old(release=2, healthy=False)
    after = step(rollout, PLANTS, state, reports, NOON)
    assert _phases(after) == {"a": "running", "b": "running", "c": "returning"}
    assert after.plants["c"].window != running.window
    gone = step(rollout, PLANTS, after, {**reports, "c": _old(NOON + timedelta(days=1))}, NOON)
    assert (gone.status, _phases(gone)["c"]) == ("done", "returned")


def test_of_a_pair_the_second_waits_for_the_first() -> None:
    rollout = make_rollout(stages=(Stage(1, count=3), Stage(1, share=1)), pairs=(("a", "b"),))
    first = step(rollout, PLANTS, begin(rollout), REPORTS, NOON)
    assert sorted((_phases(first)["a"], _phases(first)["b"])) == ["assigned", "waiting"]
    assert _phases(first)["c"] == "assigned"
    went, waits = ("a", "b") if _phases(first)["a"] == "assigned" else ("b", "a")
    later = NOON + timedelta(hours=22)
    done = {**REPORTS, went: _old(later, release=2), waits: _old(later)}
    second = step(rollout, PLANTS, first, done, later)
    third = step(
        rollout,
        PLANTS,
        second,
        {**done, went: _old(later + timedelta(hours=1), release=2)},
        later + timedelta(hours=1),
    )
    assert _phases(third)[waits] == "assigned"


def test_a_canary_that_goes_dark_is_called_back_before_another_goes() -> None:
    rollout = make_rollout(stages=STAGES)
    first = step(rollout, PLANTS, begin(rollout), REPORTS, NOON)
    dark = next(name for name, each in _phases(first).items() if each == "assigned")
    later = NOON + timedelta(days=1, hours=1)
    kept = replace(first.plants[dark], window=(later, later + timedelta(hours=3)))
    state = replace(first, plants={**first.plants, dark: kept})
    reports = {name: _old(later) for name in REPORTS if name != dark}
    after = step(rollout, PLANTS, state, reports, later)
    assert (after.plants[dark].phase, after.plants[dark].stage) == ("waiting", 1)
    assert sorted(_phases(after).values()) == ["assigned", "waiting", "waiting"]


def test_a_late_report_does_not_take_a_call_back_away() -> None:
    """The plant may be back by now; as `running` it would be told to have the new release again."""
    rollout = make_rollout(stages=STAGES, intent="aborted")
    first = step(replace(rollout, intent="running"), PLANTS, begin(rollout), REPORTS, NOON)
    asked = next(name for name, each in _phases(first).items() if each == "assigned")
    back = NOON + timedelta(hours=20)
    called = step(rollout, PLANTS, first, REPORTS, back)
    late = {**REPORTS, asked: _old(back - timedelta(hours=1), release=2)}
    assert _phases(step(rollout, PLANTS, called, late, back))[asked] == "waiting"
    sick = {**REPORTS, asked: _old(back - timedelta(hours=1), release=2, healthy=False)}
    failed = step(replace(rollout, intent="running"), PLANTS, called, sick, back)
    assert any("failed" in each.what for each in failed.log)
    fresh = {**REPORTS, asked: _old(back + timedelta(hours=1), release=2)}
    after = step(rollout, PLANTS, called, fresh, back + timedelta(hours=1))
    assert _phases(after)[asked] == "returning"


def test_a_plant_that_is_closed_for_weeks_delays_nobody() -> None:
    """It is in the last stage, which ends without it; and it is given its window when one nears."""
    rollout = make_rollout(stages=STAGES)
    closed = make_plant("c", freezes=(Freeze("2027-01-01", "2027-02-10"),))
    plants, ran = (*PLANTS[:2], closed), START - timedelta(days=2)
    running = PlantState("running", 1, ran, (ran, ran))
    waiting = PlantState("waiting", 1, ran)
    state = RolloutState("caps", 2, "running", 1, {"a": running, "b": running, "c": waiting})
    good = _old(release=2, events=10**5, bad=10**3)
    reports = {"a": good, "b": good, "c": _old()}
    after = step(rollout, plants, state, reports, NOON)
    assert (after.status, after.plants["c"].deferred) == ("done", True)
    nearer = NOON + timedelta(days=33)
    again = {name: replace(each, at=nearer) for name, each in reports.items()}
    assert _phases(step(rollout, plants, after, again, nearer))["c"] == "assigned"


def test_going_back_is_one_of_a_pair_at_a_time() -> None:
    rollout = make_rollout(stages=STAGES, pairs=(("a", "b"),), intent="aborted")
    ran = START - timedelta(days=2)
    running = PlantState("running", 0, ran, (ran, ran))
    state = RolloutState("caps", 2, "running", 1, {"a": running, "b": running, "c": running})
    reports = {plant.name: _old(release=2) for plant in PLANTS}
    after = _phases(step(rollout, PLANTS, state, reports, NOON))
    assert sorted((after["a"], after["b"])) == ["returning", "running"]
    assert after["c"] == "returning"


def test_a_new_device_joins_and_a_removed_one_goes() -> None:
    rollout = make_rollout(stages=STAGES)
    state = step(rollout, PLANTS, begin(rollout), REPORTS, NOON)
    changed = (*PLANTS[:2], make_plant("d"))
    after = step(rollout, changed, state, {**REPORTS, "d": _old()}, NOON)
    assert set(after.plants) == {"a", "b", "d"}
    assert after.plants["d"].stage == 1


def test_a_safety_function_is_by_hand() -> None:
    rollout = make_rollout(stages=STAGES)
    plants = (*PLANTS, make_plant("press", safety=True))
    after = step(rollout, plants, begin(rollout), {**REPORTS, "press": _old()}, NOON)
    assert _phases(after)["press"] == "by_hand"


def test_the_test_keeps_its_errors() -> None:
    """Exact ends of Wald's test for one bad event in ten usual ones, by hand."""
    gate = replace(GATE, usual_share=0.1, bad_share=0.5, false_alarm=0.05, missed=0.05)
    # ln 19 = 2.944; a bad event adds ln 5 = 1.609, a good one ln(5/9) = -0.588.
    assert judge(gate, 2, 2) == "sick"
    assert judge(gate, 1, 1) is None
    assert judge(gate, 5, 0) is None
    assert judge(gate, 6, 0) == "healthy"
    # (0.95 * -2.944 + 0.05 * 2.944) / (0.1 * 1.609 + 0.9 * -0.588) = 7.19; twice, rounded up.
    assert events_needed(gate) == 15


@pytest.mark.parametrize("content", [b"[]", b'{"plants": []}', b"[" * 100_000, b"\xff"])
def test_a_state_of_another_program(content: bytes) -> None:
    with pytest.raises(UsageError, match="the state of the rollout is damaged"):
        read_state(content)


def test_the_state_of_another_rollout(tmp_path: Path) -> None:
    rollout = make_rollout(stages=STAGES)
    save_state(tmp_path, begin(rollout))
    state_path(tmp_path, rollout.name).rename(state_path(tmp_path, "second"))
    with pytest.raises(UsageError, match=f"is the state of {rollout.name}, not of second"):
        load_state(tmp_path, replace(rollout, name="second"))


AFTER_THE_GATE = {
    "sick": ({"healthy": False}, "1 of 1 plants failed"),
    "wrong": ({"events": 400, "bad": 40}, "40 of 400 rejects are too many"),
    "no better": ({"outcome": False}, "is worse than it has to be"),
    "back by itself": ({"release": 1, "failed": frozenset({2})}, "1 of 1 plants failed"),
}


@pytest.mark.parametrize(("said", "because"), AFTER_THE_GATE.values(), ids=AFTER_THE_GATE)
def test_a_model_that_passes_the_gate_and_fails_after(
    said: dict[str, object], because: str
) -> None:
    """The canary switches and is healthy; a day later it is not: it goes back, nobody follows."""
    rollout = make_rollout(stages=STAGES)
    first = step(rollout, PLANTS, begin(rollout), REPORTS, NOON)
    canary = next(name for name, each in _phases(first).items() if each == "assigned")
    later = NOON + timedelta(hours=20)
    passed = {**REPORTS, canary: _old(later, release=2)}
    running = step(rollout, PLANTS, first, passed, later)
    assert (running.status, _phases(running)[canary]) == ("running", "running")
    later += timedelta(hours=20)
    reports = {name: _old(later) for name in REPORTS}
    reports[canary] = _old(later, **{"release": 2} | said)
    after = step(rollout, PLANTS, running, reports, later)
    assert after.status == "aborted"
    assert because in next(each.what for each in after.log if each.what.startswith("aborted"))
    phases = _phases(after)
    assert phases.pop(canary) in ("returning", "returned")
    assert set(phases.values()) == {"waiting"}


def test_a_model_that_fails_after_the_rollout_is_done() -> None:
    rollout = make_rollout(stages=STAGES)
    later = NOON + timedelta(days=30)
    plants = {name: PlantState("running", 1, NOON) for name in REPORTS}
    done = replace(begin(rollout), status="done", stage=1, plants=plants)
    well = {name: _old(later, release=2) for name in REPORTS}
    assert step(rollout, PLANTS, done, well, later) == done
    sick = {**well, "b": _old(later, release=2, healthy=False)}
    after = step(rollout, PLANTS, done, sick, later)
    assert after.status == "aborted"
    assert set(_phases(after).values()) == {"returning"}
