"""The committed decision: stale when it does something else, and only then."""

from __future__ import annotations

from dataclasses import replace

from edgeward.decision import Decision, Missing, Pattern, Withheld
from edgeward.lock import differences, read_lock, write_lock
from edgeward.quantity import exact
from tests.samples import DECISION, PLACEMENT


def _differences(committed: Decision, fresh: Decision) -> tuple[str, ...]:
    lock = read_lock(write_lock(committed).encode())
    assert lock is not None
    return differences(lock, fresh)


def test_a_lock_reads_back_what_it_does() -> None:
    lock = read_lock(write_lock(DECISION).encode())
    assert lock is not None
    assert lock.hosts == {"cap-check": "line2-gpu"}
    assert _differences(DECISION, DECISION) == ()


def test_figures_may_age() -> None:
    dearer = replace(PLACEMENT, usd_per_month=exact(99), reason="another", fragile=("lan.mbps",))
    assert _differences(DECISION, replace(DECISION, placements=(dearer,))) == ()


def test_each_thing_that_it_does_makes_it_stale() -> None:
    for change in (
        replace(PLACEMENT, inference_tier="plant"),
        replace(PLACEMENT, device="other"),
        replace(PLACEMENT, training_tier="plant"),
        replace(PLACEMENT, pattern=Pattern.LOCAL_ONLY),
        replace(PLACEMENT, fallback="stop"),
        replace(PLACEMENT, bands={"act_above": 0.9}),
    ):
        (difference,) = _differences(DECISION, replace(DECISION, placements=(change,)))
        assert difference.startswith("cap-check: ")


def test_a_move_names_what_moved_it() -> None:
    chosen, cloud = PLACEMENT.alternatives
    before = replace(PLACEMENT, inference_tier="cloud", device="cloud")
    blocked = _differences(replace(DECISION, placements=(before,)), DECISION)
    assert all("because 900 ms at the tail" in each for each in blocked)
    cheaper = replace(PLACEMENT, alternatives=(chosen, replace(cloud, blocks=(), permitted=True)))
    dearer = _differences(
        replace(DECISION, placements=(before,)), replace(DECISION, placements=(cheaper,))
    )
    assert all("12 USD a month instead of 340 USD" in each for each in dearer)


def test_withholding_something_else_makes_it_stale() -> None:
    withheld = Withheld("cap-check", "not_ready", (Missing("use_cases.cap-check.owner", "owner"),))
    without = replace(DECISION, placements=(), withheld=(withheld,))
    assert _differences(DECISION, without) != ()
    assert _differences(DECISION, replace(DECISION, placements=())) == (
        "cap-check: only in the lock",
    )
