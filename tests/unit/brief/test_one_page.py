from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from edgeward.brief.box_money import overlap_words
from edgeward.brief.markdown import render_markdown
from edgeward.brief.one_page import write_brief
from edgeward.brief.text import render_text
from edgeward.cost.money import Money
from edgeward.decision import Flip
from edgeward.history import Commit
from edgeward.quantity import Quantity, exact
from edgeward.result import PlantResult
from edgeward.site import Assumption, RunBy, Waiver
from edgeward.use_case import Absent, Condition, Regulation, Stop, Updates
from tests.unit.brief.subjects import make_subject, with_use_case
from tests.unit.report.outcomes import DECIDED, NO_TIER, NOT_READY, WITH_FINDINGS

BOXES = [
    "What stops, and how to undo it",
    "Money, as edgeward estimates it",
    "Connections and approvals",
]


def _brief(subject):
    (case,) = subject.cases()
    return write_brief(subject, case)


def _text(subject):
    return " ".join(render_text(_brief(subject)).split())


@pytest.mark.parametrize("plant", [DECIDED, WITH_FINDINGS, NOT_READY, NO_TIER])
def test_the_three_boxes_are_always_there(plant: PlantResult) -> None:
    parts = _brief(make_subject(plant)).parts
    assert [part.title for part in parts if part.boxed] == BOXES
    assert all(part.lines for part in parts)


def test_what_nobody_declared_is_said_to_be_unknown() -> None:
    text = _text(with_use_case(updates=None, rollback=None, stop=None, regulation=None))
    for words in (
        "Being without it costs: 210 USD an hour A standstill costs: unknown",
        "Back to the old model: unknown",
        "Who to call: unknown: no emergency contact is declared; the owner is ml-vision@",
        "Approves new models: unknown",
        "Law: unknown: nobody has classified it",
        "What is to get better: unknown: nobody has said",
        "It has aged when: unknown: nobody has said",
        "It ends when: unknown: nobody has said",
    ):
        assert words in text


def test_what_was_declared_is_said() -> None:
    text = _text(
        with_use_case(
            updates=Updates("monthly", "quality@example.com", "on-call@example.com"),
            rollback=Condition("false_rejects", exact(0.001), "8h"),
            rollback_to="previous",
            stop=Stop(exact(9000), "lost_margin", None),
            regulation=Regulation(
                "limited", "no person is judged", "law@example.com", "2026-10-01"
            ),
        )
    )
    for words in (
        "The model runs on line2-gpu, at the machine",
        "Link to the cloud down: predictions go on without it",
        "line2-gpu down: no predictions, the model ran on line2-gpu: the plant leaves it to people",
        "A standstill costs: 9,000 USD an hour, lost margin; not signed: it decides nothing",
        "by itself only while it is being installed, if it fails its health check; later: on-call@",
        "decides to go back, when the false rejects is above 0.001 over 8 h, to the version",
        "Who to call: on-call@example.com",
        "line2-gpu to plc-2, opcua 4840, encrypted by default: cap-check writes to plc-2",
        "cap-frames: 1 % of it leaves the plant as numbers made from it, for: hard examples; ",
        "Approves new models: quality@example.com; a new version comes monthly",
        "limited risk: no person is judged (law@example.com, 2026-10-01)",
        "commit 0123456789ab; judged by the date 2026-11-23",
    ):
        assert words in text
    assert "scada" not in text, "a connection of the plant is not one of the use case"


_REVIEWED = Commit(
    "b" * 40, "2026-11-02", "A <a@x>", "M <m@x>", "reviewed by Q <q@x>", "Raise (#7)"
)


@pytest.mark.parametrize(
    ("commit", "says"),
    [
        (_REVIEWED, "reviewed by Q <q@x> (commit bbbbbbbbbbbb, put into git by M on 2026-11-02)"),
        (replace(_REVIEWED, review=""), "nobody on record for commit bbbbbbbb"),
    ],
)
def test_who_approves_is_told_apart_from_who_has_approved(commit: Commit, says: str) -> None:
    subject = with_use_case(updates=Updates("monthly", "quality@example.com", None))
    subject = replace(
        subject,
        history=(commit,),
        approvers=("board@example.com", "chief@example.com"),
        site=replace(subject.site, owner="plant-it@example.com"),
    )
    text = _text(subject)
    assert (
        "Approves placement: plant-it@example.com (for the plant), "
        "quality@example.com (for its models), board@example.com or chief@example.com (for all "
        "plants); each by review in git"
    ) in text
    assert f"Placement approved: {says}" in text


@pytest.mark.parametrize(
    ("then", "rebuild_hours", "says"),
    [
        (
            "stop",
            8,
            "for up to 4 h, then the line stops; line2-gpu is rebuilt in 8 h, up to 4 h too late.",
        ),
        (
            "call the foreman",
            3,
            "then call the foreman; line2-gpu is rebuilt in 3 h, so it lasts long",
        ),
        (
            None,
            6,
            "for up to 4 h; what happens after that is not declared; line2-gpu is rebuilt in 6 h, "
            "up to 2 h too late.",
        ),
    ],
)
def test_a_fallback_is_held_against_the_time_until_a_dead_box_is_back(
    then: str | None, rebuild_hours: float, says: str
) -> None:
    absent = Absent("human", exact(4), exact(60), exact(210), "two people check", then)
    subject = with_use_case(absent=absent)
    devices = tuple(
        replace(each, run_by=RunBy("it", exact(rebuild_hours))) for each in subject.site.devices
    )
    assert says in _text(replace(subject, site=replace(subject.site, devices=devices)))


def test_a_fallback_without_an_end_is_not_counted_in_years() -> None:
    absent = Absent("human", exact(87_660), exact(60), exact(210), "two people check", None)
    text = _text(with_use_case(absent=absent))
    assert "leaves it to people (two people check) for as long as it takes; line2-gpu is" in text
    assert "what happens after that" not in text


def test_the_status_says_what_stands_against_it() -> None:
    assert "2 things must be known first. Nothing of it is built." in _text(make_subject(NOT_READY))
    assert "It has no place: the rules permit none." in _text(make_subject(NO_TIER))
    assert "It has a place" in _text(make_subject(WITH_FINDINGS))
    assert "the committed decision is an older one" in _text(make_subject(DECIDED))
    fresh = replace(DECIDED, stale=(), has_lock=False)
    assert "the decision is not committed yet" in _text(make_subject(fresh))
    assert "nobody yet: the decision is not in git" in _text(make_subject(fresh))


def test_waivers_are_shown_with_the_days_left_and_only_where_they_apply() -> None:
    site = DECIDED.site
    assert site is not None
    waivers = (
        Waiver("a.b", "use_cases.cap-check.model", "new", "me@x", "you@x", "2026-12-24"),
        Waiver("c.d", "use_cases.cap-check-2", "other", None, None, "2026-12-24"),
        Waiver("e.f", "connectivity", None, None, None, "2026-11-01"),
    )
    text = _text(make_subject(site=replace(site, waivers=waivers)))
    assert (
        "a.b at use_cases.cap-check.model: new (until 2026-12-24, 31 days left); owner me@x" in text
    )
    assert "cap-check-2" not in text
    assert "(expired 2026-11-01); owner unknown, approved by unknown" in text


def test_declared_text_gives_no_commands_in_markdown() -> None:
    subject = with_use_case(action="| <script> **bold** @all [x](http://x.example)")
    text = render_markdown(_brief(subject))
    assert "<script" not in text
    assert "**bold**" not in text
    assert "](http://" not in text


def test_what_is_not_covered_by_the_fallback_is_named_first() -> None:
    absent = Absent("human", Quantity(8, 8760, 264), exact(60), exact(210), "two check", None)
    subject = with_use_case(absent=absent)
    devices = tuple(replace(each, run_by=RunBy("it", exact(20))) for each in subject.site.devices)
    fresh = replace(subject.plant, stale=(), has_lock=True)
    subject = replace(subject, plant=fresh, site=replace(subject.site, devices=devices))
    text = _text(subject)
    lead, _, rest = text.partition("Where it runs")
    assert "up to 12 h without fallback when line2-gpu is down" in lead
    assert "how the shift switches it off" in lead
    assert "for at least 8 h, which is assumed; what happens after that is not declared" in rest


def test_undoing_names_the_steps_the_people_and_what_is_not_declared() -> None:
    text = _text(make_subject())
    for words in (
        "sets its stage to retired in the plant's file; those who approve the placement",
        "makes the next release without it: from then on it is as when line2-gpu is down, "
        "but for good.",
        "Step by step: the rollback checklist, a page of its own; how long that takes is not",
    ):
        assert words in text


def test_what_a_late_answer_does_is_not_declared_where_one_is_written() -> None:
    assert "An answer too late: what plc-2 does with it is not declared" in _text(make_subject())
    assert "An answer too late" not in _text(with_use_case(writes=()))
    assert "An answer too late" not in _text(make_subject(NOT_READY))


def test_who_hears_of_an_answer_is_not_declared_without_a_connection() -> None:
    text = _text(with_use_case(writes=()))
    assert "predictions go on without it, however long; who still gets them is not known" in text
    assert "Its answer: over which connection it reaches anybody is not declared" in text
    assert "Its answer:" not in _text(make_subject())


def test_what_nobody_measured_is_named_first_and_at_the_end() -> None:
    subject = make_subject(replace(DECIDED, stale=()))
    (placement,) = subject.decision.placements
    path, rule = "latency.inference_ms", "placement.latency_fits"
    placement = replace(
        placement,
        rests_on=(path,),
        fragile=(),
        stated_rules=(rule,),
        alternatives=placement.alternatives[:1],
    )
    lead, _, rest = _text(_with(subject, placement)).partition("Where it runs")
    assert "what nobody measured (at the worst it would be too late)" in lead
    assert "and what is unknown below." in lead
    assert "measure before it is relied on. No other place is permitted." in rest
    sure = replace(placement, stated_rules=())
    assert "None of it alone moves it to another place." in _text(_with(subject, sure))


def _with(subject, placement):
    return replace(subject, decision=replace(subject.decision, placements=(placement,)))


def test_a_plant_without_a_server_says_so() -> None:
    subject = make_subject()
    (placement,) = subject.decision.placements
    others = tuple(each for each in placement.alternatives if each.tier != "plant")
    bare = replace(placement, alternatives=others)
    assert "Not on a server: the plant declares none" in _text(_with(subject, bare))


def test_what_runs_on_the_only_server_is_not_said_to_have_none() -> None:
    subject = make_subject()
    (placement,) = subject.decision.placements
    server = replace(placement.alternatives[0], tier="plant")
    others = tuple(each for each in placement.alternatives[1:] if each.tier != "plant")
    here = replace(placement, inference_tier="plant", alternatives=(server, *others))
    assert "declares none" not in _text(_with(subject, here))


def test_a_model_that_nobody_chose_is_not_named_as_the_one_that_runs() -> None:
    path, names = "use_cases.cap-check.model.name", ("yolo11n", "yolo11s")
    assumption = Assumption(path, None, None, names, "a guess", "me@x", "2027-01-01")
    subject = make_subject(replace(DECIDED, stale=()))
    subject = replace(subject, site=replace(subject.site, assumptions=(assumption,)))
    lead, _, rest = _text(subject).partition("Where it runs")
    assert "which model it is" in lead
    assert "Model: not chosen; yolo11s stands in for its size and speed" in rest


def test_costs_whose_ranges_meet_are_no_sure_difference() -> None:
    narrow, wide = Money(Decimal(5), Decimal(6), Decimal(7)), Money(Decimal(7), Decimal(9), None)
    assert overlap_words(narrow, wide) == " (their ranges overlap)"
    assert overlap_words(narrow, Money(Decimal(8), Decimal(9), None)) == ""
    assert overlap_words(Money(Decimal(8), Decimal(9), None), narrow) == ""


def test_a_number_that_decides_is_shown_with_what_was_assumed_for_it() -> None:
    subject = make_subject()
    path = "assets.haul_truck.count"
    (placement,) = subject.decision.placements
    flip = Flip(path, 50, "the cloud, training cloud")
    decision = replace(subject.decision, placements=(replace(placement, fragile=(flip,)),))
    assumption = Assumption(path, 30, 50, (), "a guess", "me@x", "2027-01-01")
    site = replace(subject.site, assumptions=(assumption,))
    text = _text(replace(subject, decision=decision, site=site))
    assert "With count of haul truck (assumed: 30 to 50) at 50: the cloud, training cloud" in text
