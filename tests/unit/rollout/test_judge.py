"""The judge of the simulations can fail: it finds planted bugs, each by the promise it breaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from edgeward.rollout import simulate as simulation
from edgeward.rollout import step as steps
from edgeward.rollout.calendar import make_calendar
from edgeward.rollout.rollout import Plant, Rollout
from edgeward.rollout.state import PlantState
from tests.unit.rollout.fleets import make_case
from tests.unit.rollout.judge import broken_promises

TRIES = 150
MOST = 80

Patch = pytest.MonkeyPatch


def _calendar(patch: Patch, change: Callable[[Plant], Plant]) -> None:
    def make(rollout: Rollout) -> object:
        find = make_calendar(rollout)
        return lambda plant, now: find(change(plant), now)

    patch.setattr(simulation, "make_calendar", make)


def _any_time(patch: Patch) -> None:
    hours = timedelta(hours=4)
    patch.setattr(simulation, "make_calendar", lambda _r: lambda _p, now: (now, now + hours))


def _no_freezes(patch: Patch) -> None:
    _calendar(patch, lambda plant: replace(plant, freezes=()))


def _clocks_never_change(patch: Patch) -> None:
    """The offset of the winter all the year."""
    zones = {"Europe/Prague": "Etc/GMT-1", "Australia/Lord_Howe": "Etc/GMT-11"}
    _calendar(
        patch, lambda plant: replace(plant, timezone=zones.get(plant.timezone, plant.timezone))
    )


def _pairs_never_looked_at(patch: Patch) -> None:
    patch.setattr(Rollout, "partners", lambda _self, _plant: ())


def _partner_may_be_on_its_way(patch: Patch) -> None:
    patch.setattr(steps, "is_settled", lambda _state, _report: True)


def _back_at_the_same_time(patch: Patch) -> None:
    patch.setattr(steps._Work, "_partner_switches", lambda _self, _name: False)


def _abort_comes_late(patch: Patch) -> None:
    """It is only seen when a day has gone."""
    whole, seen = steps._Work.reason_to_abort, dict[str, datetime]()

    def late(work: steps._Work) -> str | None:
        reason = whole(work)
        if reason is None:
            return None
        first = seen.setdefault(work.rollout.name, work.now)
        return reason if work.now - first > timedelta(days=1) else None

    patch.setattr(steps._Work, "reason_to_abort", late)


def _never_aborts(patch: Patch) -> None:
    patch.setattr(steps._Work, "reason_to_abort", lambda _self: None)


def _counts_are_not_judged(patch: Patch) -> None:
    patch.setattr(steps._Work, "_verdict", lambda _self: "healthy")


def _no_batches(patch: Patch) -> None:
    patch.setattr(steps._Work, "_room", lambda _self: 10**6)


def _nobody_goes_back(patch: Patch) -> None:
    patch.setattr(steps._Work, "take_back", lambda _self: None)


def _called_back_only_where_it_runs(patch: Patch) -> None:
    patch.setattr(
        steps._Work, "take_back", lambda self: self._give_old(("running", "failed", "returning"))
    )


def _waits_for_the_dark(patch: Patch) -> None:
    patch.setattr(steps._Work, "_is_passed", _passed_by_all)


def _passed_by_all(work: steps._Work) -> bool:
    members = [each for each in work.plants.values() if each.stage == work.stage]
    return all(each.phase in ("running", "returned", "by_hand") for each in members)


def _safety_is_like_any(patch: Patch) -> None:
    whole = steps._Work.join

    def join(work: steps._Work) -> None:
        whole(work)
        for name, each in work.plants.items():
            if each.phase == "by_hand":
                work.plants[name] = PlantState("waiting", each.stage, each.since)

    patch.setattr(steps._Work, "join", join)


@pytest.mark.parametrize(
    ("plant_bug", "promise"),
    [
        (_any_time, "outside of a window"),
        (_no_freezes, "outside of a window"),
        (_clocks_never_change, "outside of a window"),
        (_pairs_never_looked_at, "both of a pair"),
        (_partner_may_be_on_its_way, "both of a pair"),
        (_back_at_the_same_time, "both of a pair"),
        (_abort_comes_late, "a batch has"),
        (_no_batches, "more than a batch"),
        (_never_aborts, "aborted at None"),
        (_counts_are_not_judged, "aborted at None"),
        (_nobody_goes_back, "not 1"),
        (_called_back_only_where_it_runs, "could be called back"),
        (_waits_for_the_dark, "did not end"),
        (_safety_is_like_any, "by nobody's hand"),
    ],
)
def test_a_planted_bug_is_found(
    plant_bug: Callable[[Patch], None], promise: str, monkeypatch: Patch
) -> None:
    plant_bug(monkeypatch)
    for seed in range(TRIES):
        if any(promise in each for each in broken_promises(make_case(seed, MOST), seed)):
            return
    pytest.fail(f"{TRIES} rollouts with this bug, and none was found")
