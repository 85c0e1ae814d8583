"""What the service manager of a box has to know: the use cases, and when they may be updated."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass

from edgeward.bundle.box import Box, Work
from edgeward.errors import InvalidDeclaration, Problem
from edgeward.facts.host import CLOUD
from edgeward.quantity import Quantity
from edgeward.site import Freeze, Window

_USER_LIMIT = 31
_MARGIN = 1.25
"""Of the measured memory peak: a peak seen in a soak is not a bound."""
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIMEZONE = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class ServiceUnit:
    """One use case. `memory_max_mb` is 0 where nobody measured the model on this class."""

    name: str
    action: str
    user: str
    model: str
    version: str
    memory_max_mb: int
    needs_devices: bool


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
    """`updates` is empty where nothing is pulled, or no maintenance window says when."""

    site: str
    title: str
    file: str
    device: str
    client: str
    services: tuple[ServiceUnit, ...]
    updates: tuple[UpdateUnit, ...]


def make_units_context(box: Box) -> UnitsContext:
    """Raises InvalidDeclaration for a window or a freeze that is no time of the clock."""
    return UnitsContext(
        site=box.site.name,
        title=box.site.title or box.site.name,
        file=box.site.file,
        device=box.device.name,
        client=box.identity.client,
        services=tuple(_service(box, work) for work in box.works),
        updates=_updates(box),
    )


def _service(box: Box, work: Work) -> ServiceUnit:
    peak = box.peak_ram_mb(work)
    return ServiceUnit(
        name=work.name,
        action=work.job.use_case.action or work.name,
        user=_user_name(work.name),
        model=work.model,
        version=work.version,
        memory_max_mb=_memory_limit(peak) if peak is not None else 0,
        needs_devices=_needs_devices(box, work),
    )


def _user_name(use_case: str) -> str:
    """A system user name, which ends at 31 characters."""
    name = f"edgeward-{use_case}"
    if len(name) <= _USER_LIMIT:
        return name
    return f"edgeward-{hashlib.sha256(use_case.encode()).hexdigest()[:8]}"


def _memory_limit(peak: Quantity) -> int:
    return math.ceil(peak.high * _MARGIN) if math.isfinite(peak.high) else 0


def _needs_devices(box: Box, work: Work) -> bool:
    """Whether the process talks to an accelerator, or may: then it sees the real /dev."""
    known_without = box.device_class is not None and box.device_class.accelerator_mb.high == 0
    captures = any(stream.at == box.device.name for stream in work.job.streams)
    return captures or not known_without


def _updates(box: Box) -> tuple[UpdateUnit, ...]:
    pulls = any(flow.protocol == "https" and flow.target == CLOUD for flow in box.flows)
    windows = box.site.windows.maintenance
    if not pulls or not windows:
        return ()
    shortest = int(min(window.duration_hours.low for window in windows) * 3600)
    timezone = box.site.timezone or ""
    if timezone and not _TIMEZONE.fullmatch(timezone):
        raise _invalid(box, "timezone", "give an IANA name such as Europe/Prague")
    return (
        UpdateUnit(
            name="update",
            calendars=tuple(_calendar(box, i, window) for i, window in enumerate(windows)),
            timezone=timezone,
            spread_seconds=shortest // 4,
            limit_seconds=max(60, shortest - shortest // 4),
            freezes=tuple(_freeze(box, i, f) for i, f in enumerate(box.site.windows.freezes)),
        ),
    )


def _calendar(box: Box, index: int, window: Window) -> str:
    """A systemd.time(7) calendar event in the plant's time zone."""
    if not _CLOCK.fullmatch(window.start) or not set(window.days) <= set(_DAYS):
        message = 'give days as mon to sun and the start as "HH:MM"'
        raise _invalid(box, f"windows.maintenance.{index}", message)
    days = ",".join(day.capitalize() for day in _DAYS if day in window.days)
    parts = (days, "*-*-*", f"{window.start}:00", box.site.timezone or "")
    return " ".join(part for part in parts if part)


def _freeze(box: Box, index: int, freeze: Freeze) -> tuple[int, int]:
    if not _DATE.fullmatch(freeze.since) or not _DATE.fullmatch(freeze.until):
        raise _invalid(box, f"windows.freezes.{index}", "give both days as YYYY-MM-DD")
    return int(freeze.since.replace("-", "")), int(freeze.until.replace("-", ""))


def _invalid(box: Box, path: str, message: str) -> InvalidDeclaration:
    origin = box.site.origin(path)
    return InvalidDeclaration((Problem(origin.file, origin.line, origin.column, path, message),))
