"""What is unknown, missing, drifted, overdue or contradicts itself, and what is tolerated."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from edgeward.inventory.compare import DeclaredBox, compare
from edgeward.inventory.page import inventory_page
from edgeward.inventory.reported import Reported, read_reports
from edgeward.inventory.retired import say_retired
from edgeward.quantity import exact, unknown
from tests.samples import SITE

NOW = datetime(2027, 1, 4, 12, tzinfo=UTC)
BOX = DeclaredBox("brno", "box", frozenset({2}), {2: "abc"}, exact(72))
REPORT = Reported("brno", "box", NOW, "brno.json", 2, "2-abc", healthy=True)


def _found(*reports: Reported, box: DeclaredBox = BOX) -> list[str]:
    return [f"{each.severity} {each.deviation}" for each in compare([box], reports, NOW)]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"release": 1, "slot": "1-xyz"}, ["error drifted"]),
        ({"release": None, "slot": None}, ["error drifted"]),
        ({"slot": "2-xyz"}, ["error unknown"]),
        ({"box": "other"}, ["error missing", "error unknown"]),
        ({"healthy": False}, ["error unhealthy"]),
        ({"failed": ("3-def",)}, ["warning failed"]),
        ({"at": NOW - timedelta(hours=25)}, ["info dark"]),
        ({"at": NOW - timedelta(hours=95)}, ["info dark"]),
        ({"at": NOW - timedelta(hours=97)}, ["error overdue"]),
        ({"at": NOW + timedelta(hours=1)}, ["error contradiction", "error missing"]),
        ({"certificate_until": NOW + timedelta(days=29)}, ["warning certificate"]),
        ({"certificate_until": NOW}, ["error certificate"]),
    ],
)
def test_one_report(changed: dict[str, object], expected: list[str]) -> None:
    report = replace(REPORT, **changed)  # type: ignore[arg-type]
    assert sorted(_found(report)) == sorted(expected)


def test_both_releases_are_right_during_a_rollout() -> None:
    box = replace(BOX, releases=frozenset({2, 3}), slots={2: "abc", 3: "def"})
    assert _found(REPORT, box=box) == []
    assert _found(replace(REPORT, release=3, slot="3-def"), box=box) == []


def test_nobody_knows_how_long_it_may_be_dark() -> None:
    silent = replace(REPORT, at=NOW - timedelta(days=300))
    assert _found(silent, box=replace(BOX, dark_hours=unknown("x"))) == ["warning dark"]


def test_two_truths_of_one_time() -> None:
    other = replace(REPORT, file="again.json", healthy=False)
    assert "error contradiction" in _found(REPORT, other)


def test_the_page_has_every_box_and_shows_names_as_text() -> None:
    other = replace(REPORT, box="<b>", certificate_until=NOW)
    reports = [REPORT, other]
    findings = compare([BOX], reports, NOW)
    page = inventory_page([BOX], reports, findings, ["x.json: is no report"], now=NOW).decode()
    assert page.count('scope="row"') == 2
    assert "brno/&lt;b&gt;" in page and "<b>" not in page
    assert "nothing is declared or signed for it" in page
    assert "x.json: is no report" in page


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "Expecting property name"),
        ("[]", "is no report"),
        ('{"kind": "Pod"}', "kind is 'Pod', not ReportedDevice"),
        ('{"kind": "ReportedDevice"}', "release.* is missing"),
        ("[" * 100_000, "is no report"),
        ({"at": "2027-01-04T12:00:00"}, "has no time zone"),
        ({"release": True}, "release is no number"),
        ({"counters": {"rejects": {"events": 1, "bad": 2}}}, "no more bad events than events"),
    ],
)
def test_what_is_no_report_is_named(tmp_path: Path, text: object, reason: str) -> None:
    good = {
        "kind": "ReportedDevice",
        "site": "brno",
        "box": "box",
        "at": "2027-01-04T12:00:00Z",
        "release": 2,
        "slot": "2-abc",
        "healthy": True,
    }
    bad = text if isinstance(text, str) else json.dumps(good | text)  # type: ignore[operator]
    (tmp_path / "a.json").write_text(bad)
    (tmp_path / "b.json").write_text(json.dumps(good))
    reports, wrong = read_reports(tmp_path)
    assert [each.file for each in reports] == ["b.json"]
    assert len(wrong) == 1
    assert re.search(reason, wrong[0]), wrong


def _retired(*reports: Reported) -> str:
    """What is said of the first use case of the plant, which is retired, with BOX declared."""
    first, *others = SITE.use_cases
    site = replace(SITE, name="brno", use_cases=(replace(first, stage="retired"), *others))
    (line,) = say_retired([site], [BOX], {each.name: each for each in reports})
    assert line.startswith(f"brno: {first.name} is retired, and ")
    return line


def test_what_is_retired_is_proven_to_be_gone() -> None:
    has = frozenset({SITE.use_cases[0].name})
    assert _retired(replace(REPORT, use_cases=has)).endswith("still runs on brno/box")
    gone = replace(REPORT, use_cases=frozenset({"other"}))
    assert _retired(gone).endswith("no box runs it any more (1 reports, from 2027-01-04 12:00 UTC)")


def test_silence_proves_nothing() -> None:
    """Neither that of the box, nor that of a plant where another one reports."""
    assert _retired().endswith("not known to be gone: brno/box did not say")
    assert _retired(REPORT).endswith("not known to be gone: brno/box did not say")
    other = replace(REPORT, box="other", use_cases=frozenset())
    assert _retired(other).endswith("not known to be gone: brno/box did not say")
