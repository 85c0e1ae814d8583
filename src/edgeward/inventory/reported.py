"""Reports of devices: a folder of JSON documents, as `pull-releases` and others publish them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from edgeward.errors import UsageError

LARGEST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Reported:
    """One box at one time. `failed` are releases that its health gate refused.

    `counters` has events and bad ones by metric since it runs `release`;
    `use_cases` are those in what it runs, None where it does not say.
    """

    site: str
    box: str
    at: datetime
    file: str
    release: int | None
    slot: str | None
    healthy: bool
    failed: tuple[str, ...] = ()
    certificate_until: datetime | None = None
    counters: Mapping[str, tuple[int, int]] | None = None
    outcome: bool | None = None
    use_cases: frozenset[str] | None = None

    @property
    def name(self) -> str:
        return f"{self.site}/{self.box}"


def read_reports(folder: Path) -> tuple[tuple[Reported, ...], tuple[str, ...]]:
    """All reports of a folder, and the files that are none, each with its reason."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: is no folder of reports")
    reports: list[Reported] = []
    wrong: list[str] = []
    for path in sorted(folder.rglob("*.json")):
        name = path.relative_to(folder).as_posix()
        try:
            if path.stat().st_size > LARGEST_BYTES:
                raise ValueError("is too large for a report")
            reports.append(_bind(json.loads(path.read_bytes()), name))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            wrong.append(f"{name}: is no report of a device: {_reason(error)}")
    return tuple(reports), tuple(wrong)


def newest(reports: Iterable[Reported]) -> Mapping[str, Reported]:
    """The last report of each box, by `site/box`."""
    ordered = sorted(reports, key=lambda each: (each.at, each.file))
    return {each.name: each for each in ordered}


def instant(text: str) -> datetime:
    """A time with its zone; raises ValueError for one that could be any."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    return at.astimezone(UTC)


def _bind(raw: Mapping[str, Any], file: str) -> Reported:
    if raw["kind"] != "ReportedDevice":
        raise ValueError(f"kind is {raw['kind']!r}, not ReportedDevice")
    release = raw["release"]
    if release is not None and (type(release) is not int or release < 1):
        raise ValueError("release is no number")
    until = raw.get("certificate_until")
    counters = raw.get("counters") or {}
    return Reported(
        site=_text(raw["site"]),
        box=_text(raw["box"]),
        at=instant(raw["at"]),
        file=file,
        release=release,
        slot=raw.get("slot"),
        healthy=raw["healthy"] is True,
        failed=tuple(map(_text, raw.get("failed", ()))),
        certificate_until=instant(until) if until else None,
        counters={_text(name): _counted(each) for name, each in counters.items()},
        outcome=raw.get("outcome"),
        use_cases=_use_cases(raw["models"]) if "models" in raw else None,
    )


def _use_cases(raw: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(_text(each["use_case"]) for each in raw)


def _counted(raw: Mapping[str, Any]) -> tuple[int, int]:
    events, bad = raw["events"], raw["bad"]
    if type(events) is not int or type(bad) is not int or not 0 <= bad <= events:
        raise ValueError("counters are whole numbers, and no more bad events than events")
    return events, bad


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _reason(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
