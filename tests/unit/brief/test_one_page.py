from __future__ import annotations

from dataclasses import replace

import pytest

from edgeward.brief.markdown import render_markdown
from edgeward.brief.one_page import write_brief
from edgeward.brief.text import render_text
from edgeward.quantity import exact
from edgeward.result import PlantResult
from edgeward.site import Waiver
from edgeward.use_case import Condition, Regulation, Stop, Updates
from tests.unit.brief.subjects import make_subject, with_use_case
from tests.unit.report.outcomes import DECIDED, NO_TIER, NOT_READY, WITH_FINDINGS

BOXES = ["What stops, and how to undo it", "Money", "Connections and approvals"]


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
        "The fallback costs: 210 USD an hour A standstill costs: unknown",
        "Back to the old model: unknown",
        "Who to call: unknown: no emergency contact is declared; the owner is ml-vision@",
        "New models approved by: unknown",
        "Law: unknown: nobody has classified it",
        "It is to move: unknown",
        "It gets worse when: unknown",
        "It ends when: unknown",
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
        "Link to the cloud down: predictions go on",
        "line2-gpu down: the model ran on line2-gpu: the plant leaves it to people",
        "A standstill costs: 9,000 USD an hour, lost margin; not signed: it decides nothing",
        "when false_rejects is above 0.001 over 8h, to the version before",
        "Who to call: on-call@example.com",
        "line2-gpu to plc-2, opcua 4840, encrypted: cap-check writes to plc-2",
        "cap-frames: leaves as features, 1 %, because: hard examples; personal data: none",
        "New models approved by: quality@example.com, updates monthly",
        "limited risk: no person is judged (law@example.com, 2026-10-01)",
        "commit 0123456789ab; judged by the date 2026-11-23",
    ):
        assert words in text
    assert "scada" not in text, "a connection of the plant is not one of the use case"


def test_the_status_says_what_stands_against_it() -> None:
    assert "2 things must be known first. Nothing of it is built." in _text(make_subject(NOT_READY))
    assert "It has no place: the rules permit none." in _text(make_subject(NO_TIER))
    assert "It has a place" in _text(make_subject(WITH_FINDINGS))
    assert "the committed decision is an older one" in _text(make_subject(DECIDED))
    fresh = replace(DECIDED, stale=(), has_lock=False)
    assert "the decision is not committed yet" in _text(make_subject(fresh))
    assert "nobody yet: it is not committed" in _text(make_subject(fresh))


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
