"""Openings by the plant's own clock: over changes of the clocks, around freezes, by any clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from edgeward.quantity import exact
from edgeward.rollout.window import openings, usable
from edgeward.site import Freeze, Window
from tests.unit.rollout.fleets import make_plant, make_rollout


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _openings(day: str, plant: object) -> list[str]:
    since = _at(day)
    found = openings(plant, since, since + timedelta(days=1))  # type: ignore[arg-type]
    return [f"{start:%d %H:%M}-{end:%d %H:%M}" for start, end in found]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2027-01-10", "10 05:00-10 09:00"),
        ("2027-07-11", "11 04:00-11 08:00"),
    ],
)
def test_winter_and_summer(day: str, expected: str) -> None:
    assert _openings(day, make_plant("p")) == [expected]


def test_a_start_that_the_clocks_skip_is_an_hour_later() -> None:
    plant = make_plant("p", windows=(Window("02:30", exact(1)),))
    assert _openings("2027-03-28", plant) == ["28 01:30-28 02:30"]  # 03:30 in Prague


def test_a_start_that_comes_twice_is_the_first() -> None:
    plant = make_plant("p", windows=(Window("02:30", exact(2)),))
    assert _openings("2027-10-31", plant) == ["31 00:30-31 02:30"]


def test_a_window_lasts_its_hours_over_the_change() -> None:
    plant = make_plant("p", windows=(Window("22:00", exact(8), ("sat",)),))
    assert _openings("2027-03-27", plant) == ["27 21:00-28 05:00"]  # until 07:00 in Prague


def test_a_freeze_takes_its_days_in_the_plant() -> None:
    plant = make_plant(
        "p",
        windows=(Window("20:00", exact(8)),),
        freezes=(Freeze("2027-01-11", "2027-01-11"),),
    )
    assert _openings("2027-01-10", plant) == ["09 19:00-10 03:00", "10 19:00-10 23:00"]


def test_what_is_left_of_a_window_may_be_too_short() -> None:
    plant = make_plant(
        "p",
        windows=(Window("20:00", exact(8), ("sun",)),),
        freezes=(Freeze("2027-01-11", "2027-01-11"),),
    )
    since = _at("2027-01-10")
    for hours, count in ((3.8, 1), (3.9, 0)):
        found = usable(
            plant, make_rollout(activation_hours=hours), since, since + timedelta(days=3)
        )
        assert len(found) == count
