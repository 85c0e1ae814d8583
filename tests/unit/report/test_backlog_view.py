"""What waits while the link is away, said and drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from edgeward.report.backlog_view import BacklogView, view_backlogs
from tests.unit.report.outcomes import BUNDLE


def _view(**changes: Any) -> BacklogView:
    (view,) = view_backlogs((replace(BUNDLE, sizing=replace(BUNDLE.sizing, **changes)),))
    return view


def _points(line: str | None) -> list[tuple[float, float]]:
    assert line is not None
    return [(float(x), float(y)) for x, y in (point.split(",") for point in line.split())]


def test_the_backlog_fills_the_queue_in_the_outage_and_empties_after_it() -> None:
    plot = _view().plot
    assert plot is not None
    (start, full, empty) = _points(plot.alone)
    assert start[0] == 0
    assert full == (40, float(plot.queue_at))  # 8 h of 20
    assert empty == (50, 100)
    assert plot.back_at == "40.00%"
    assert plot.empty == "empty after 20 h"


def test_the_alarm_is_below_the_queue() -> None:
    plot = _view().plot
    assert plot is not None
    height = 100 - float(plot.queue_at)
    assert abs((100 - float(plot.alarm_at)) / height - 0.8) < 0.001


def test_all_boxes_at_once_take_longer() -> None:
    plot = _view().plot
    assert plot is not None
    assert _points(plot.together)[-1] == (100, 100)
    alone = _view(drain_all_hours=2).plot
    assert alone is not None
    assert alone.together is None


def test_a_queue_that_never_empties_has_no_end_drawn_or_said() -> None:
    view = _view(drain_hours=None, drain_all_hours=None)
    assert view.plot is not None
    assert len(_points(view.plot.alone)) == 2
    assert view.plot.empty is None
    assert "is not known, or has no end" in view.words


def test_without_the_outage_or_a_rate_there_is_nothing_to_draw() -> None:
    for unknown in ({"outage_hours": None}, {"bytes": None, "alarm_bytes": None}):
        view = _view(**unknown)
        assert view.plot is None
        assert "not known" in view.words


def test_the_words_say_the_hours_and_the_sizes() -> None:
    words = _view().words
    for part in ("After 8 h", "115 MB", "92.2 MB", "2 h after", "12 h if all", "row take 4 h"):
        assert part in words


def test_boxes_of_a_device_are_alike_and_one_that_keeps_nothing_is_left_out() -> None:
    second = replace(BUNDLE, name="line2-gpu-2")
    nothing = replace(BUNDLE, device="press", sizing=replace(BUNDLE.sizing, streams=()))
    assert [each.device for each in view_backlogs((BUNDLE, second, nothing))] == ["line2-gpu"]
