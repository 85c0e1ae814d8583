"""The comment of a pull request: its size, its order, and text that a stranger wrote."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgeward.diff.change import (
    Alert,
    Approver,
    Concern,
    FindingChange,
    FindingState,
    FleetDiff,
    Move,
    PlantDiff,
    SharedChanges,
    ValueChange,
)
from edgeward.diff.plant import rank
from edgeward.impact import RuleChanges
from edgeward.report.change_text import render_change_text
from edgeward.report.comment import MARKER, render_comment
from edgeward.report.mark import Markdown
from edgeward.result import Status
from tests.unit.report.outcomes import ERROR

SHARED = SharedChanges(RuleChanges((), (), (), ()), approvers_before=("ot@example.com",))
PLANT = PlantDiff(
    "plant",
    Status.DECIDED,
    Status.DECIDED,
    alerts=(Alert(Concern.AUTHORITY, "check: advises → actuates", "use_cases.check.authority"),),
    moves=(Move("check", True, "device a", "plant b", ("a is blocked: 9 ms, 8 ms allowed",)),),
    values=tuple(ValueChange(f"use_cases.check.{n}", "1" * 300, "2" * 300) for n in range(200)),
    findings=(FindingChange(FindingState.NEW, ERROR),),
    approvers=(Approver("quality@example.com", "approves check"),),
)


def fleet(number: int) -> FleetDiff:
    plants = tuple(replace(PLANT, name=f"plant-{n:04}") for n in range(number))
    return FleetDiff("main", "the working tree", SHARED, plants, 3)


def test_a_thousand_plants_fit_and_none_is_forgotten() -> None:
    comment = render_comment(fleet(1000))
    assert len(comment.encode()) < 65_536
    named = int(re.findall(r"^And (\d+) plants more", comment, re.MULTILINE)[0])
    assert comment.count("<details>") == 1000 - named
    assert comment.count("<details>") == comment.count("</details>") > 1
    assert re.search(r"^- and \d+ more$", comment, re.MULTILINE)
    assert "quality@" in comment and "ot@" in comment


def test_an_enormous_plant_alone_is_cut_and_says_so() -> None:
    many = tuple(Alert(Concern.FLOW, "x" * 390, "é" * 390) for _ in range(2000))
    comment = render_comment(
        replace(fleet(1), plants=(replace(PLANT, alerts=many, moves=PLANT.moves * 500),))
    )
    assert len(comment.encode()) < 65_536
    assert "and 1988 more" in comment
    assert comment.endswith("</details>")


@pytest.mark.parametrize("number", [1, 2, 50])
def test_few_plants_are_open_and_many_are_folded(number: int) -> None:
    comment = render_comment(fleet(number))
    assert comment.startswith(MARKER)
    assert ("<details open>" in comment) == (number <= 2)
    assert ("\n### Look at this first" in comment) == (number > 1)


def test_the_gravest_comes_first() -> None:
    waived = replace(PLANT, name="a", findings=(), alerts=(Alert(Concern.WAIVER, "w"),))
    moved = replace(waived, name="z", alerts=(Alert(Concern.LIVE_MOVED, "m"),))
    broken = replace(waived, name="y", after=Status.INVALID)
    assert sorted((waived, moved, broken), key=rank) == [broken, moved, waived]


HOSTILE = (
    "<!-- edgeward: what this change does --> </summary></details><img src=x onerror=y> "
    "@org/admins #1 GH-12 [click](javascript:x) ![i](https://evil.example/p.png) www.evil.example "
    "`code` **bold** ~~no~~ | cell | $x$ \n/merge\n# head \u202e\x1b[2J &lt;b&gt;"
)


def test_a_stranger_s_text_formats_links_mentions_and_commands_nothing() -> None:
    hostile = replace(
        PLANT,
        name="plant",
        title=HOSTILE,
        alerts=(Alert(Concern.FLOW, HOSTILE, HOSTILE),),
        moves=(Move(HOSTILE, True, HOSTILE, HOSTILE, (HOSTILE,)),),
        values=(ValueChange(HOSTILE, HOSTILE, HOSTILE),),
        approvers=(Approver(HOSTILE, HOSTILE),),
    )
    comment = render_comment(replace(fleet(1), plants=(hostile,)))
    assert comment.count(MARKER) == 1
    assert comment.count("<details") == comment.count("</details>") == 1
    assert not re.search(r"<(?!/?details|/?summary|/?b>|!-- -->|!-- edgeward)", comment)
    assert not re.search(r"@(?!<!-- -->)|(?<!&)#\d|://|www\.|GH-1", comment)
    assert not re.search(r"(?<!\\)[\[\]]|(?m:^\s*/)|\u202e|\x1b", comment)
    assert "\n# " not in comment


@given(st.text(max_size=60))
def test_a_path_in_a_code_span_stays_in_it(text: str) -> None:
    span = Markdown().code(text)
    assert "\n" not in span
    if span.startswith("`"):
        assert span.count("`") == 2 and span.endswith("`")


def test_text_says_the_same_in_eighty_columns() -> None:
    told = render_change_text(replace(fleet(1), plants=(replace(PLANT, values=()),)))
    assert "authority raised: check: advises → actuates" in told
    assert "why check: a is blocked: 9 ms, 8 ms allowed" in told
    assert max(len(line) for line in told.splitlines()) <= 80
