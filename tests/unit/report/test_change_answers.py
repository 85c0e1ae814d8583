"""Every question of a reviewer has an answer, also where nothing is to be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from edgeward.diff.change import (
    Action,
    Alert,
    BoxChange,
    Concern,
    CostChange,
    FindingChange,
    FindingState,
    FleetDiff,
    Move,
    PlantDiff,
    ResourceChange,
    SharedChanges,
    ValueChange,
)
from edgeward.impact import RuleChanges
from edgeward.quantity import between, exact
from edgeward.report.change_answers import say_usd, tell_answers
from edgeward.report.mark import Plain
from edgeward.result import Status
from tests.unit.report.outcomes import ERROR

NOTHING = SharedChanges(RuleChanges((), (), (), ()))


def _answers(
    plants: Iterable[PlantDiff] = (),
    reasons: tuple[str, ...] = (),
    shared: SharedChanges = NOTHING,
) -> dict[str, str]:
    diff = FleetDiff("a", "b", shared, tuple(plants), 0, reasons=reasons)
    return dict(line.split(": ", 1) for line in tell_answers(diff, Plain()))


def _plant(**changes: object) -> PlantDiff:
    return PlantDiff("brno", Status.DECIDED, Status.DECIDED, **changes)  # type: ignore[arg-type]


def test_where_nothing_is_to_be_told_that_is_said() -> None:
    answers = _answers()
    assert (
        answers["What changes"]
        == "every model stays where it is; nothing on a device; nothing in the cloud"
    )
    assert answers["Why"].endswith("ask for it")
    assert answers["Cost"] == "no running cost changes"
    assert answers["What could go wrong"].startswith("no rule finds anything new")
    assert answers["The check"] == "passes"
    assert answers["To undo it"] == "revert this change; no box and no cloud has to follow"


def test_the_author_s_words_are_the_reason_the_first_three_of_them() -> None:
    assert _answers(reasons=("one", "two"))["Why"] == "the author says “one”; “two”"
    assert _answers(reasons=tuple("abcde"))["Why"].endswith("“c” and 2 more")


def test_costs_are_added_up_and_what_saves_by_stopping_says_so() -> None:
    before, after = between(50, 150, "p", 100), between(30, 90, "p", 60)
    changes = (CostChange("a", before, after),)
    told = _answers([_plant(usd_before=before, usd_after=after, costs=changes)] * 2)["Cost"]
    assert told == ("200 USD expected (100 to 300) → 120 USD expected (60 to 180) a month, -80 USD")
    stopped = (CostChange("a", before, None),)
    told = _answers([_plant(usd_before=before, usd_after=exact(0), costs=stopped)])["Cost"]
    assert told.endswith("as something no longer runs")


def test_an_amount_without_a_stated_value_is_its_range() -> None:
    assert say_usd(between(1, 2, "p")) == "1 to 2 USD"
    assert say_usd(exact(7)) == "7 USD"


def test_what_is_lost_opened_and_interrupted_could_go_wrong() -> None:
    plant = _plant(
        alerts=(Alert(Concern.FALLBACK, "gone"), Alert(Concern.CONDUIT, "ssh")),
        moves=(Move("a", True, "here", "there", (), no_fallback=True),),
        boxes=(
            BoxChange("box", "changed", (), (), (), ("edgeward-a",), ("mosquitto",)),
            BoxChange("new", "new", (), (), (), ("edgeward-b",)),
        ),
    )
    told = _answers([plant])["What could go wrong"]
    assert "fallback removed: gone" in told
    assert "1 use case with no fallback" in told
    assert "1 connection more" in told
    assert "restarts: edgeward-a; takes" in told
    assert "without a stop: mosquitto" in told
    assert "edgeward-b" not in told  # nothing ran there before


def test_what_changes_for_all_plants_leads() -> None:
    shared = SharedChanges(
        RuleChanges(("a.new",), (), (), (("a.days_max", "9", "3"),)),
        catalog=(ValueChange("prices.x.usd", "1", None),),
        packs=(ValueChange("mosquitto", "a", "b"),),
        approvers_after=("boss",),
    )
    told = _answers(shared=shared)["What changes"]
    assert told.startswith(
        "for all plants a.days_max 9 → 3, rule a.new new, prices.x.usd 1 → absent and 2 more; every"
    )


def test_a_line_that_differs_on_every_box_is_shown_others_are_counted() -> None:
    def told(*lines: str) -> str:
        boxes = tuple(
            BoxChange(name, "changed", (), ("a",), (), (), lines=(line,))
            for name, line in zip("ab", lines, strict=True)
        )
        return _answers([_plant(boxes=boxes)])["What changes"]

    assert "other files for 2 devices (+x 1);" in told("+x 1", "+x 1")
    assert "other files for 2 devices;" in told("+x 1", "+x 2")


def test_what_a_use_case_does_is_said_and_why_it_has_no_place_is_no_other_finding() -> None:
    held = Move("cap", True, "device a, x", "permitted nowhere", (), withheld=True, action="Blow")
    findings = tuple(
        FindingChange(FindingState.NEW, replace(ERROR, path=path, subject=path))
        for path in ("use_cases.cap", "use_cases.cap", "streams.s")
    )
    answers = _answers([_plant(moves=(held,), findings=findings)])
    assert answers["What changes"].startswith("cap (“Blow”): device a → permitted nowhere")
    told = answers["What could go wrong"]
    assert "2 new errors say why cap has no place" in told
    assert f"rules find 1 new error ({ERROR.rule})" in told


def test_a_long_action_hides_nothing_of_what_follows() -> None:
    moves = tuple(Move(f"m{n}", True, "a", "b", (), action="stop it " * 50) for n in range(3))
    told = _answers([_plant(moves=moves)])["What changes"]
    assert told.endswith("nothing on a device; nothing in the cloud")


def test_a_new_plant_is_undone_in_the_cloud_by_destroying_its_stack() -> None:
    made = (ResourceChange(Action.CREATE, "aws:s3/bucket:Bucket", "landing"),)
    plant = PlantDiff("brno", None, Status.DECIDED, resources=made)
    assert _answers([plant])["To undo it"].endswith("; the cloud of brno goes with pulumi destroy")


def test_what_was_destroyed_comes_back_empty_unless_it_was_kept() -> None:
    def undo(kept: bool) -> str:
        gone = ResourceChange(Action.DESTROY, "aws:s3/bucket:Bucket", "landing", kept=kept)
        return _answers([_plant(resources=(gone,))])["To undo it"]

    assert undo(kept=False).endswith("made anew, empty")
    assert undo(kept=True).endswith("the next pulumi up")
