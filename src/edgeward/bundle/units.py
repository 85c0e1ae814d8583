"""What the service manager of a box has to know: the use cases, and when they may be updated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from edgeward.bundle.box import BOXES, Box
from edgeward.bundle.invalid import invalid
from edgeward.bundle.window import ClockWindow, maintenance_windows
from edgeward.bundle.workloads import Workload, list_services
from edgeward.facts.host import CLOUD
from edgeward.site import Freeze, Site

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIMEZONE = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*")


@dataclass(frozen=True, slots=True)
class UpdateUnit:
    """When updates may be pulled: calendar events, and days as YYYYMMDD between which not.

    `spread_seconds` is a random delay, so that a fleet does not ask at once; with it, a pull that
    takes `limit_seconds` still ends inside the shortest window.
    """

    name: str
    calendars: tuple[str, ...]
    timezone: str
    spread_seconds: int
    limit_seconds: int
    freezes: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class UnitsContext:
    """`updates` is empty where nothing is pulled, or no maintenance window says when.

    `encrypted` says that the class of the box has an encrypted volume for its data.
    """

    site: str
    title: str
    file: str
    device: str
    client: str
    encrypted: bool
    services: tuple[Workload, ...]
    updates: tuple[UpdateUnit, ...]


@lru_cache(maxsize=BOXES)
def make_units_context(box: Box) -> UnitsContext:
    """Raises InvalidDeclaration for a window or a freeze that is no time of the clock."""
    return UnitsContext(
        site=box.site.name,
        title=box.site.title or box.site.name,
        file=box.site.file,
        device=box.device.name,
        client=box.identity.client,
        encrypted=box.encrypts,
        services=list_services(box),
        updates=_updates(box),
    )


def _updates(box: Box) -> tuple[UpdateUnit, ...]:
    pulls = any(flow.protocol == "https" and flow.target == CLOUD for flow in box.flows)
    windows = maintenance_windows(box.site)
    if not pulls or not windows:
        return ()
    shortest = min(window.seconds for window in windows)
    timezone = box.site.timezone or ""
    if timezone and not _TIMEZONE.fullmatch(timezone):
        raise invalid(box.site, "timezone", "give an IANA name such as Europe/Prague")
    return (
        UpdateUnit(
            name="update",
            calendars=tuple(_calendar(box.site, window) for window in windows),
            timezone=timezone,
            spread_seconds=shortest // 4,
            limit_seconds=max(60, shortest - shortest // 4),
            freezes=tuple(_freeze(box, i, f) for i, f in enumerate(box.site.windows.freezes)),
        ),
    )


def _calendar(site: Site, window: ClockWindow) -> str:
    """A systemd.time(7) calendar event in the plant's time zone."""
    days = ",".join(day.capitalize() for day in window.days)
    parts = (days, "*-*-*", f"{window.start}:00", site.timezone or "")
    return " ".join(part for part in parts if part)


def _freeze(box: Box, index: int, freeze: Freeze) -> tuple[int, int]:
    if not _DATE.fullmatch(freeze.since) or not _DATE.fullmatch(freeze.until):
        raise invalid(box.site, f"windows.freezes.{index}", "give both days as YYYY-MM-DD")
    return int(freeze.since.replace("-", "")), int(freeze.until.replace("-", ""))
