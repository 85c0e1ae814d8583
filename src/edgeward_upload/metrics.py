"""What is told about the uploads, as a file for the node exporter's textfile collector."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from edgeward_upload.spool import Item

_COUNTERS = {
    "edgeward_upload_items_total": "items that the bucket confirmed",
    "edgeward_upload_bytes_total": "bytes that the bucket confirmed",
    "edgeward_upload_dropped_total": "items that were given up because the bound was reached",
}
_GAUGES = {
    "edgeward_upload_backlog_items": "items that wait",
    "edgeward_upload_backlog_bytes": "bytes that wait",
    "edgeward_upload_oldest_seconds": "age of the item that waits longest",
    "edgeward_upload_refused": "files that the bucket refused, or that cannot be items",
}
_LINE = re.compile(r'(\w+)\{stream="([^"]+)"\} (\d+)')


class Metrics:
    """Counts go on from the file that is there, so that a run that was killed is not forgotten."""

    def __init__(self, path: Path, streams: Sequence[str]) -> None:
        self._path, self._streams = path, streams
        self._counts = {(name, each): 0 for name in _COUNTERS for each in streams}
        found = path.read_text("utf-8", "replace") if path.exists() else ""
        for name, stream, value in _LINE.findall(found):
            if (name, stream) in self._counts:
                self._counts[name, stream] = int(value)

    def count_uploaded(self, item: Item) -> None:
        self._counts["edgeward_upload_items_total", item.stream] += 1
        self._counts["edgeward_upload_bytes_total", item.stream] += item.size

    def count_dropped(self, item: Item) -> None:
        self._counts["edgeward_upload_dropped_total", item.stream] += 1

    def write(self, items: Sequence[Item], refused: dict[str, int], now: float) -> None:
        """Replace the file at once. Raises OSError, as on a full disk."""
        gauges = {(name, each): 0 for name in _GAUGES for each in self._streams}
        for item in items:
            age = max(0, int(now - item.changed / 1e9))
            oldest = ("edgeward_upload_oldest_seconds", item.stream)
            gauges["edgeward_upload_backlog_items", item.stream] += 1
            gauges["edgeward_upload_backlog_bytes", item.stream] += item.size
            gauges[oldest] = max(gauges[oldest], age)
        for stream in self._streams:
            gauges["edgeward_upload_refused", stream] = refused.get(stream, 0)
        text = "\n".join(_describe(_COUNTERS, "counter", self._counts))
        text += "\n" + "\n".join(_describe(_GAUGES, "gauge", gauges)) + "\n"
        staging = self._path.with_name(f".{self._path.name}.new")
        staging.write_text(text, "utf-8")
        staging.chmod(0o644)
        staging.replace(self._path)


def _describe(
    names: dict[str, str], kind: str, values: dict[tuple[str, str], int]
) -> Iterator[str]:
    for name, text in names.items():
        yield f"# HELP {name} {text}\n# TYPE {name} {kind}"
        for (each, stream), value in values.items():
            if each == name:
                yield f'{name}{{stream="{stream}"}} {value}'
