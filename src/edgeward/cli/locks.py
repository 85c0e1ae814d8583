"""Writes what was decided beside the plants."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from edgeward.result import PlantResult


def write_locks(root: Path, plants: Iterable[PlantResult]) -> list[str]:
    """Write the lock of each plant that has a decision; gives back the paths below `root`."""
    from edgeward.lock import LOCK_NAME, write_lock  # noqa: PLC0415
    from edgeward.write import write_file_atomically  # noqa: PLC0415

    written = []
    for plant in plants:
        if plant.decision is not None:
            written.append(f"sites/{plant.name}/{LOCK_NAME}")
            write_file_atomically(root / written[-1], write_lock(plant.decision).encode())
    return written
