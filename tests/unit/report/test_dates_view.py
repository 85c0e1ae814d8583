from __future__ import annotations

from dataclasses import replace
from datetime import date

from edgeward.report.dates_view import view_dates, view_soon
from edgeward.site import Assumption, Freeze, Waiver, Windows
from edgeward.use_case import Pin, Retire
from tests.unit.report.outcomes import DECIDED, INVALID

SITE = DECIDED.site
assert SITE is not None
TODAY = date(2026, 11, 23)


def _waiver(expires: str | None) -> Waiver:
    return Waiver("a.b", "use_cases", "why", "me@x", None, expires)


def test_everything_with_a_date_is_there_in_order() -> None:
    case = replace(
        SITE.use_cases[0],
        retire=Retire("the end", "2028-01-01"),
        place=Pin("plant", "so", "pin@x", "2026-11-24"),
    )
    site = replace(
        SITE,
        use_cases=(case,),
        waivers=(_waiver("2026-11-22"), _waiver(None)),
        assumptions=(Assumption("lan.mbps", 1, 2, (), "", "it@x", "2027-02-21"),),
        windows=Windows(freezes=(Freeze("2026-12-20", "2027-01-06"),)),
    )
    rows = view_dates(site, TODAY)
    assert [(row.day, row.badge.key, row.badge.words) for row in rows] == [
        ("2026-11-22", "error", "1 day ago"),
        ("2026-11-24", "warning", "1 day left"),
        ("2026-12-20", "warning", "27 days left"),
        ("2027-02-21", "warning", "90 days left"),
        ("2028-01-01", "later", "404 days left"),
    ]
    assert rows[0].what == "waiver of a.b at use_cases ends, approved by nobody"
    assert rows[1].who == "pin@x"


def test_the_fleet_shows_the_nearest_and_says_how_many_more() -> None:
    near = replace(SITE, assumptions=(), waivers=(_waiver("2026-12-01"),) * 30)
    plants = [INVALID, *(replace(DECIDED, name=name, site=near) for name in "ab")]
    rows, more = view_soon(plants, TODAY)
    assert (len(rows), more) == (40, 20)
    assert rows[0].href == "plants/bottling-brno.html"
