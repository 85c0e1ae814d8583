"""Sync windows by the plant's clock: over midnight, by weekday, when the clocks change."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgeward_upload.settings import Window
from edgeward_upload.window import seconds_left

PRAGUE = ZoneInfo("Europe/Prague")
NIGHT = Window((), "22:00", 4 * 3600)


def _left(window: Window, local: str) -> float:
    now = datetime.fromisoformat(local).replace(tzinfo=PRAGUE).astimezone(UTC)
    return seconds_left([window], now, PRAGUE)


@pytest.mark.parametrize(
    ("local", "left"),
    [
        ("2026-01-05T21:59:59", 0),
        ("2026-01-05T22:00:00", 4 * 3600),
        ("2026-01-06T01:59:59", 1),
        ("2026-01-06T02:00:00", 0),
    ],
)
def test_a_window_goes_over_midnight(local: str, left: float) -> None:
    assert _left(NIGHT, local) == left


def test_its_day_is_that_on_which_it_opens() -> None:
    monday = Window(("mon",), "22:00", 4 * 3600)
    assert _left(monday, "2026-01-06T01:00:00") == 3600
    assert _left(monday, "2026-01-05T01:00:00") == 0


def test_it_is_as_long_when_the_clocks_change_in_it() -> None:
    """On 29 March 2026 the clock in Prague goes from 2:00 to 3:00, on 25 October back."""
    early = Window((), "01:00", 4 * 3600)
    assert _left(early, "2026-03-29T05:59:00") == 60
    assert _left(early, "2026-03-29T06:00:00") == 0
    assert _left(early, "2026-10-25T03:59:00") == 60


def test_without_windows_the_link_is_always_open() -> None:
    assert seconds_left([], datetime(2026, 1, 1, tzinfo=UTC), PRAGUE) == math.inf


@given(
    st.integers(0, 23),
    st.integers(60, 3 * 86_400),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
)
def test_what_is_left_ends_when_the_window_does(hour: int, seconds: int, naive: datetime) -> None:
    window, now = Window((), f"{hour:02}:00", seconds), naive.replace(tzinfo=UTC)
    left = seconds_left([window], now, PRAGUE)
    assert 0 <= left <= seconds
    if left and seconds < 22 * 3600:
        assert seconds_left([window], now + timedelta(seconds=left), PRAGUE) == 0
        assert seconds_left([window], now + timedelta(seconds=left - 0.5), PRAGUE) <= 0.5
