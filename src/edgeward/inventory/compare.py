"""Reported against declared: what is unknown, missing, drifted, overdue, or does not add up.

Tolerant where it has to be: a plant may be dark for its worst outage, and during a rollout both
releases are right.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from edgeward.finding import Severity
from edgeward.inventory.reported import Reported, newest
from edgeward.quantity import Quantity

AHEAD = timedelta(minutes=5)
"""How far ahead a report's clock may be; beyond, it says nothing about when it was."""

REPORT_EVERY = timedelta(hours=24)
"""How often a box within reach reports at the least."""

_RENEWAL = timedelta(days=30)


class Deviation(StrEnum):
    """How a box differs from what is declared."""

    UNKNOWN = "unknown"
    MISSING = "missing"
    DRIFTED = "drifted"
    OVERDUE = "overdue"
    DARK = "dark"
    UNHEALTHY = "unhealthy"
    FAILED = "failed"
    CERTIFICATE = "certificate"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class DeclaredBox:
    """`slots` are the digests of its archives by release number; `releases` those that are right.

    `dark_hours` is how long its plant may be out of reach.
    """

    site: str
    box: str
    releases: frozenset[int]
    slots: Mapping[int, str]
    dark_hours: Quantity

    @property
    def name(self) -> str:
        return f"{self.site}/{self.box}"


@dataclass(frozen=True, slots=True)
class InventoryFinding:
    deviation: Deviation
    severity: Severity
    box: str
    message: str


def compare(
    declared: Sequence[DeclaredBox], reports: Iterable[Reported], now: datetime
) -> tuple[InventoryFinding, ...]:
    """All deviations, by box."""
    every = tuple(reports)
    known = {box.name: box for box in declared}
    last = latest(every, now)
    found = [
        *_contradictions(every, now),
        *(_unknown(each) for name, each in last.items() if name not in known),
        *(each for box in declared for each in _box(box, last.get(box.name), now)),
    ]
    return tuple(sorted(found, key=lambda each: (each.box, each.deviation)))


def latest(reports: Iterable[Reported], now: datetime) -> Mapping[str, Reported]:
    """The last report of each box, by `site/box`, without those from the future."""
    return newest(each for each in reports if each.at <= now + AHEAD)


def _box(box: DeclaredBox, report: Reported | None, now: datetime) -> Iterator[InventoryFinding]:
    if report is None:
        yield _finding(Deviation.MISSING, box.name, "is declared and never reported")
        return
    yield from _drift(box, report)
    yield from _silence(box, report, now)
    yield from _health(report)
    yield from _certificate(report, now)


def _drift(box: DeclaredBox, report: Reported) -> Iterator[InventoryFinding]:
    right = " or ".join(str(each) for each in sorted(box.releases))
    if report.release is None:
        yield _finding(Deviation.DRIFTED, box.name, f"runs no release; {right} is signed for it")
    elif report.release not in box.releases:
        message = f"runs release {report.release}; {right} is signed for it"
        yield _finding(Deviation.DRIFTED, box.name, message)
    elif report.slot is not None and report.slot.rpartition("-")[2] != box.slots[report.release]:
        message = f"says that it runs release {report.release}, with a content that was not signed"
        yield _finding(Deviation.UNKNOWN, box.name, message)


def _silence(box: DeclaredBox, report: Reported, now: datetime) -> Iterator[InventoryFinding]:
    silent = now - report.at
    hours = silent.total_seconds() / 3600
    allowed = box.dark_hours.high
    if silent <= REPORT_EVERY:
        return
    if not math.isfinite(allowed):
        message = f"is silent for {hours:.0f} h; its plant does not say how long it may be dark"
        yield _finding(Deviation.DARK, box.name, message, Severity.WARNING)
    elif silent > REPORT_EVERY + timedelta(hours=allowed):
        message = f"is silent for {hours:.0f} h; its plant may be dark for {allowed:.0f} h"
        yield _finding(Deviation.OVERDUE, box.name, message)
    else:
        message = f"is silent for {hours:.0f} h, within the {allowed:.0f} h of its worst outage"
        yield _finding(Deviation.DARK, box.name, message, Severity.INFO)


def _health(report: Reported) -> Iterator[InventoryFinding]:
    if not report.healthy:
        yield _finding(Deviation.UNHEALTHY, report.name, f"release {report.release} is not healthy")
    for slot in report.failed:
        message = f"release {slot.partition('-')[0]} failed its health gate there"
        yield _finding(Deviation.FAILED, report.name, message, Severity.WARNING)


def _certificate(report: Reported, now: datetime) -> Iterator[InventoryFinding]:
    until = report.certificate_until
    if until is None or until - now > _RENEWAL:
        return
    ended = until <= now
    says = "ended" if ended else "ends"
    severity = Severity.ERROR if ended else Severity.WARNING
    message = f"its certificate {says} on {until:%Y-%m-%d}: renew it"
    yield _finding(Deviation.CERTIFICATE, report.name, message, severity)


def _contradictions(reports: Sequence[Reported], now: datetime) -> Iterator[InventoryFinding]:
    seen: dict[tuple[str, datetime], Reported] = {}
    for each in reports:
        if each.at > now + AHEAD:
            message = f"{each.file} is from {each.at:%Y-%m-%d %H:%M} UTC, which is still to come"
            yield _finding(Deviation.CONTRADICTION, each.name, message)
        other = seen.setdefault((each.name, each.at), each)
        if (other.release, other.slot, other.healthy) != (each.release, each.slot, each.healthy):
            message = f"{other.file} and {each.file} say different things of the same time"
            yield _finding(Deviation.CONTRADICTION, each.name, message)


def _unknown(report: Reported) -> InventoryFinding:
    message = f"reports release {report.release}, and nothing is declared or signed for it"
    return _finding(Deviation.UNKNOWN, report.name, message)


def _finding(
    deviation: Deviation, box: str, message: str, severity: Severity = Severity.ERROR
) -> InventoryFinding:
    return InventoryFinding(deviation, severity, box, message)
