"""What of a plant has a date: waivers, assumptions, reviews, pins, with the days that are left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from edgeward.report.fleet_link import plant_href
from edgeward.report.view import Badge, DateRow
from edgeward.report.wording import count
from edgeward.result import PlantResult
from edgeward.site import Site

SOON_DAYS = 90
_MOST = 40


def view_dates(site: Site, today: date) -> tuple[DateRow, ...]:
    """Everything with a date, the first first."""
    rows = (_row(site, day, what, who, today) for day, what, who in _dates(site) if day)
    return tuple(sorted(rows, key=lambda row: (row.day, row.what)))


def view_soon(plants: Iterable[PlantResult], today: date) -> tuple[tuple[DateRow, ...], int]:
    """What of all plants has passed or comes within `SOON_DAYS`, and how many more there are."""
    rows = [
        row
        for plant in plants
        if plant.site is not None
        for row in view_dates(plant.site, today)
        if row.badge.key != "later"
    ]
    rows.sort(key=lambda row: (row.day, row.plant, row.what))
    return tuple(rows[:_MOST]), max(len(rows) - _MOST, 0)


def _dates(site: Site) -> Iterator[tuple[str | None, str, str | None]]:
    for waiver in site.waivers:
        approved = f", approved by {waiver.approved_by or 'nobody'}"
        yield waiver.expires, f"waiver of {waiver.rule} at {waiver.at} ends{approved}", waiver.owner
    yield from _assumed(site)
    for case in site.use_cases:
        if case.retire is not None:
            yield case.retire.review_by, f"{case.name}: is it still wanted?", case.owner
        if case.place is not None:
            yield case.place.review_by, f"{case.name} is pinned: still right?", case.place.owner
    for freeze in site.windows.freezes:
        because = freeze.reason or "no reason given"
        yield freeze.since, f"freeze until {freeze.until}: {because}", site.owner


def _assumed(site: Site) -> Iterator[tuple[str | None, str, str | None]]:
    """What somebody confirms on one day, together; the assumptions themselves have a table."""
    together: dict[tuple[str | None, str | None], list[str]] = {}
    for each in site.assumptions:
        together.setdefault((each.review_by, each.owner), []).append(each.at)
    for (day, who), paths in together.items():
        many = f"{len(paths)} values are assumed: do they still hold?"
        yield day, many if len(paths) > 1 else f"{paths[0]} is assumed: does it still hold?", who


def _row(site: Site, day: str, what: str, who: str | None, today: date) -> DateRow:
    left = (date.fromisoformat(day) - today).days
    if left < 0:
        badge = Badge("error", f"{count(-left, 'day')} ago")
    elif left <= SOON_DAYS:
        badge = Badge("warning", "today" if left == 0 else f"{count(left, 'day')} left")
    else:
        badge = Badge("later", f"{count(left, 'day')} left")
    return DateRow(day, badge, what, who or "nobody named", site.name, plant_href(site.name))
