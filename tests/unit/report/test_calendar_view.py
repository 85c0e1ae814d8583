from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from edgeward.quantity import exact, unknown
from edgeward.report.calendar_view import view_calendar
from edgeward.site import Window, Windows
from tests.samples import SITE

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _boxes(*windows: Window) -> list[tuple[str, str, str]]:
    view = view_calendar(replace(SITE, windows=Windows(maintenance=windows)))
    assert view is not None
    return [(box.x, box.row, box.width) for box in view.boxes]


def test_a_window_over_midnight_goes_on_the_next_day_and_round_the_week() -> None:
    assert _boxes(Window("22:30", exact(4), ("sun",))) == [("22.5", "6", "1.5"), ("0", "0", "2.5")]


def test_a_window_without_days_is_every_day() -> None:
    assert [row for _, row, _ in _boxes(Window("06:00", exact(1)))] == list("0123456")


def test_a_plant_without_windows_has_no_calendar() -> None:
    assert view_calendar(replace(SITE, windows=Windows())) is None


def test_what_is_not_known_exactly_is_said_and_not_drawn() -> None:
    view = view_calendar(
        replace(SITE, windows=Windows(sync=(Window("06:00", unknown("x"), ("mon",)),)))
    )
    assert view is not None
    assert view.boxes == ()
    assert view.words == (("sync", "mon from 06:00 for unknown h"),)


@given(st.integers(0, 23), st.floats(0.25, 168), st.sampled_from(DAYS))
def test_the_boxes_last_as_long_as_the_window(start: int, hours: float, day: str) -> None:
    boxes = _boxes(Window(f"{start:02}:00", exact(hours), (day,)))
    assert abs(sum(float(width) for _, _, width in boxes) - hours) < 0.01
    assert all(float(x) >= 0 and float(x) + float(width) <= 24.001 for x, _, width in boxes)
