"""What a box is told about its uploads, in /etc/edgeward/uploads.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple


class Stream(NamedTuple):
    """A folder of the spool, and the folder of the bucket that its items go to."""

    name: str
    folder: str


class Window(NamedTuple):
    """When the link may be used; no `days` (mon to sun) means every day, `start` is HH:MM."""

    days: tuple[str, ...]
    start: str
    seconds: int


class Settings(NamedTuple):
    """`streams` come in the order of their priority. None stands for a bound that nobody knows.

    `most_bytes` may wait; `free_percent` of the disk stay free whatever waits.
    """

    thing: str
    role_alias: str
    region: str
    credentials_host: str
    bucket_host: str
    timezone: str
    windows: tuple[Window, ...]
    bytes_per_second: int | None
    most_bytes: int | None
    free_percent: int
    streams: tuple[Stream, ...]


def read_settings(path: Path) -> Settings:
    """Raises ValueError with what is wrong."""
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
        windows = tuple(
            Window(tuple(each["days"]), each["start"], each["seconds"])
            for each in found.pop("windows")
        )
        streams = tuple(Stream(**each) for each in found.pop("streams"))
        return Settings(windows=windows, streams=streams, **found)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ValueError(f"{path}: is not the settings of this program: {error!r}") from error
