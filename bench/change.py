"""Time what a pull request waits for: one plant changed among many, and a price that all pay."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Run, run_process

_GIT = ("git", "-c", "user.name=bench", "-c", "user.email=bench@example.com")


def time_changes(edgeward: str, root: Path) -> Iterator[tuple[str, Run]]:
    """Titles with what each took, in an order in which the next remembers what the last found."""
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "base")):
        subprocess.run([*_GIT, *arguments], cwd=root, check=True)
    run_process([edgeward, "check"], root)
    plant = root / "sites" / "bench-0000" / "site.yaml"
    _replace(plant, "timezone: Europe/Prague", "timezone: Europe/Vienna")
    yield "check, one plant changed since the last", run_process([edgeward, "check"], root)
    since = [edgeward, "check", "--changed-since", "HEAD"]
    yield "check --changed-since, nothing remembered", run_process(since, root, cold=True)
    diff = [edgeward, "diff", "HEAD"]
    yield "diff, one plant changed", run_process(diff, root, cold=True)
    price = root / "sites" / "catalog" / "device_classes" / "bench-ipc-gpu.yaml"
    _replace(price, "price_usd: 2600", "price_usd: 2900")
    yield "diff, a price that all pay", run_process(diff, root, cold=True)
    yield "the same again", run_process(diff, root)


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{file.name} of the bench has no `{old}`")
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
