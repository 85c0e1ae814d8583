"""What still runs when one box of a device dies."""

from __future__ import annotations

import pytest

from edgeward.errors import UsageError
from edgeward.explore.explain import explain_plant
from edgeward.explore.explanation import Degraded
from edgeward.explore.one_down import degrade_without_box
from edgeward.explore.variants import Variants
from edgeward.explore.what_if import read_conditions
from tests.unit.explore.exploring import plant


def line(*, every_ms: float, boxes: int, spares: int = 0, **more: object) -> Variants:
    return plant(
        authority="actuates",
        budget_ms=600,
        every_ms=every_ms,
        boxes=boxes,
        spares=spares,
        rebuild_hours=8,
        **more,  # type: ignore[arg-type]
    )


def without_box(variants: Variants) -> dict[str, Degraded]:
    device = variants.site().device("board")
    return {
        each.use_case: degrade_without_box(variants, each, device)
        for each in variants.decide().placements
    }


def test_the_boxes_left_carry_the_load_until_the_dead_one_is_rebuilt() -> None:
    (row,) = without_box(line(every_ms=100, boxes=2)).values()
    assert row.runs
    assert "the one left is" in row.does
    assert row.lasts.startswith("the box is rebuilt in 8 h; 1 to 10 % of failures take all boxes")
    assert "leaves it to people" in row.lasts


def test_without_a_spare_the_boxes_left_may_be_too_few() -> None:
    """One frame takes 10.3 ms by the stated values: half of two boxes, more than all of one."""
    (row,) = without_box(line(every_ms=10, boxes=2)).values()
    assert not row.runs
    assert "80% can be sustained" in row.does
    assert "leaves it to people" in row.does
    assert "4 h" in row.lasts and "rebuilt in 8 h" in row.lasts


def test_a_spare_keeps_its_promise() -> None:
    """Whatever fits beside a spare goes on when one box dies."""
    for every_ms in (8, 10, 15, 20, 50, 200):
        for row in without_box(line(every_ms=every_ms, boxes=3, spares=1)).values():
            assert row.runs, every_ms


def test_all_that_shares_the_boxes_counts() -> None:
    one = without_box(line(every_ms=25, boxes=2))
    both = without_box(line(every_ms=25, boxes=2, names=("first", "second")))
    assert [row.runs for row in one.values()] == [True]
    assert [row.runs for row in both.values()] == [False, False]


def test_the_only_box_takes_the_model_with_it() -> None:
    (row,) = without_box(line(every_ms=100, boxes=1)).values()
    assert (row.away, row.runs) == ("board", False)
    assert "the model ran on board" in row.does
    assert "board is rebuilt in 8 h" in row.lasts


def test_one_down_is_decided_again_and_answered_meanwhile() -> None:
    found = explain_plant(line(every_ms=10, boxes=2), asked=["devices.board=one_down"])
    assert found.what_if is not None
    (difference,) = found.what_if.differences
    assert difference.before != difference.after
    ((row,),) = found.what_if.degraded.values()
    assert row.away == "box, one of the 2 of board"
    assert not row.runs


def test_one_down_of_a_single_box_is_the_device_down() -> None:
    variants = line(every_ms=100, boxes=1)
    assert read_conditions(variants, ["devices.board=one_down"]).away == {"board"}


def test_another_box_with_the_same_command_line_makes_two() -> None:
    asked = ["devices.board.boxes=2", "devices.board=one_down"]
    conditions = read_conditions(line(every_ms=100, boxes=1), asked)
    assert (conditions.away, conditions.thinned) == (frozenset(), {"board"})


@pytest.mark.parametrize("path", ["link", "devices.bord", "clock"])
def test_only_a_device_has_boxes(path: str) -> None:
    with pytest.raises(UsageError, match="one_down"):
        read_conditions(line(every_ms=100, boxes=2), [f"{path}=one_down"])


def test_every_edge_placement_says_what_one_box_means() -> None:
    (explained,) = explain_plant(line(every_ms=100, boxes=2)).use_cases
    assert any(each.away == "box, one of the 2 of board" for each in explained.degraded)
