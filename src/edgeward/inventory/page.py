"""The inventory as a page that stands alone, for people who never run a command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from edgeward.finding import Severity
from edgeward.inventory.compare import DeclaredBox, InventoryFinding, latest
from edgeward.inventory.reported import Reported
from edgeward.report.html import render_page
from edgeward.report.view import Badge, Tally

_KEYS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "later"}
_NONE = "–"


@dataclass(frozen=True, slots=True)
class Difference:
    badge: Badge
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    signed: str
    reported: str
    seen: str
    certificate: str
    findings: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Page:
    at: str
    summary: str
    tallies: tuple[Tally, ...]
    rows: tuple[Row, ...]
    unreadable: tuple[str, ...]


def inventory_page(
    declared: Sequence[DeclaredBox],
    reports: Sequence[Reported],
    findings: Sequence[InventoryFinding],
    unreadable: Sequence[str],
    *,
    now: datetime,
) -> bytes:
    """The page: a row for each box, with what differs."""
    rows = tuple(_rows(declared, reports, findings, now))
    counts = {
        severity: sum(each.severity is severity for each in findings) for severity in Severity
    }
    tallies = tuple(Tally(Badge(_KEYS[each], each), count) for each, count in counts.items())
    summary = f"{len(rows)} boxes"
    page = Page(f"{now:%Y-%m-%d %H:%M}", summary, tallies, rows, tuple(unreadable))
    return render_page("inventory.html.j2", page)


def _rows(
    declared: Sequence[DeclaredBox],
    reports: Sequence[Reported],
    findings: Sequence[InventoryFinding],
    now: datetime,
) -> Iterator[Row]:
    boxes = {box.name: box for box in declared}
    last = latest(reports, now)
    for name in sorted({*boxes, *last, *(each.box for each in findings)}):
        box, report = boxes.get(name), last.get(name)
        until = report.certificate_until if report is not None else None
        yield Row(
            name=name,
            signed=" or ".join(map(str, sorted(box.releases))) if box is not None else _NONE,
            reported=str(report.release or _NONE) if report is not None else _NONE,
            seen=f"{report.at:%Y-%m-%d %H:%M}" if report is not None else _NONE,
            certificate=f"{until:%Y-%m-%d}" if until is not None else _NONE,
            findings=tuple(
                Difference(Badge(_KEYS[each.severity], each.deviation), each.message)
                for each in findings
                if each.box == name
            ),
        )
