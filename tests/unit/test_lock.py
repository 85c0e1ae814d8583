"""The committed decision: stale when it does something else, and only then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgeward.decision import Decision, Flip, Missing, Pattern, Withheld
from edgeward.lock import (
    agreed_hosts,
    differences,
    read_lock,
    refuse_newer,
    split_conflict,
    write_lock,
)
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
    dearer = replace(
        PLACEMENT,
        usd_per_month=exact(99),
        reason="another",
        fragile=(Flip("lan.mbps", 1, "not ready"),),
    )
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


OURS = write_lock(DECISION).encode()
THEIRS = OURS.replace(b"device: line2-gpu", b"device: other", 1)


def conflict(ours: bytes, theirs: bytes, base: bytes = b"") -> bytes:
    """As git leaves a file of which every line conflicts, with the base in style diff3."""
    middle = b"||||||| 1a2b3c\n" + base if base else b""
    return b"<<<<<<< HEAD\n" + ours + middle + b"=======\n" + theirs + b">>>>>>> branch\n"


@pytest.mark.parametrize("base", [b"", OURS])
def test_a_conflict_splits_into_both_sides(base: bytes) -> None:
    assert split_conflict(b"a\n" + conflict(b"b\n", b"c\n", base)) == (b"a\nb\n", b"a\nc\n")
    assert split_conflict(OURS) == () and read_lock(conflict(OURS, THEIRS, base)) is None


def test_what_both_sides_of_a_conflict_place_alike_stays_where_it_is() -> None:
    assert agreed_hosts(conflict(OURS, OURS)) == {"cap-check": "line2-gpu"}
    assert agreed_hosts(conflict(OURS, THEIRS)) == {}
    assert agreed_hosts(conflict(OURS, b"kind: x\n")) == {} == agreed_hosts(OURS)
    windows = conflict(OURS, OURS).replace(b"\n", b"\r\n")
    assert agreed_hosts(windows) == {"cap-check": "line2-gpu"}


@pytest.mark.parametrize(
    ("version", "refused"),
    [("0.0.9", False), ("0.1.0", False), ("", False), ("0.1.1", True), ("1.0.0rc1", True)],
)
def test_a_lock_of_a_newer_edgeward_is_refused(version: str, refused: bool) -> None:
    text = write_lock(DECISION).replace("edgeward: 0.1.0", f"edgeward: {version}")
    lock = read_lock(text.encode())
    assert lock is not None and lock.edgeward in (version, "None")
    problem = refuse_newer(lock, "sites/a/decision.lock.yaml")
    assert (problem is not None) is refused
    if problem is not None:
        assert f"edgeward {version}, and this is 0.1.0" in problem.message


def test_what_an_older_edgeward_decided_otherwise_says_so() -> None:
    older = write_lock(DECISION).replace("edgeward: 0.1.0", "edgeward: 0.0.9")
    lock = read_lock(older.encode())
    assert lock is not None and differences(lock, DECISION) == ()
    elsewhere = replace(DECISION, placements=(replace(PLACEMENT, fallback="stop"),))
    assert differences(lock, elsewhere)[-1] == "the lock is by edgeward 0.0.9, and this is 0.1.0"
