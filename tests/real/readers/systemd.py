"""The service manager as a reader: systemd-analyze over the unit files of a bundle.

Without `--recursive-errors=no` it exits with 0 on a typo. Even with it, it passes a limit that is
no number, a calendar event that is none and a unit that nobody has; those are looked for here.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.real.needs import needs

UNITS = "etc/systemd/system"
# Where Debian keeps the units that a box has of itself; mosquitto's comes with its package.
_SYSTEM = (Path("/lib/systemd/system"), Path("/etc/systemd/system"))


def read_units(folder: Path) -> list[str]:
    """Everything that is wrong with the units below `folder`; empty for a good bundle."""
    units = sorted((folder / UNITS).iterdir())
    _provide_programs(folder, units)
    told = _analyze(
        *("verify", "--man=no", "--recursive-errors=no", f"--root={folder}"),
        *(unit.name for unit in units),
    )
    # What it ignores it also says, and says nothing else.
    found = told.stderr.splitlines() + ([f"exit {told.returncode}"] if told.returncode else [])
    for unit in units:
        found += _read_unit(unit)
    return found


def exposure(folder: Path, unit: str) -> float:
    """What a break-in could reach from the service: 0 (nothing) to 10 (everything)."""
    told = _analyze("security", "--offline=true", f"--root={folder}", unit)
    found = re.search(r"exposure level for \S+: ([0-9.]+)", told.stdout)
    assert found is not None, told.stderr
    return float(found[1])


def _provide_programs(folder: Path, units: list[Path]) -> None:
    """Releases bring the programs; systemd-analyze wants a file in their place."""
    for unit in units:
        for program in re.findall(r"^Exec\w+=[-@:+!]*(/\S+)", unit.read_text(), re.M):
            target = folder / program.removeprefix("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.touch(0o755)


def _read_unit(unit: Path) -> Iterator[str]:
    for number, line in enumerate(unit.read_text().splitlines(), start=1):
        key, _, value = line.partition("=")
        if key in ("Wants", "Requires", "After", "Before", "WantedBy"):
            absent = [name for name in value.split() if not _is_unit(unit.parent, name)]
            yield from (f"{unit.name}:{number}: there is no unit {name}" for name in absent)
        if key == "OnCalendar" and _analyze("calendar", value).returncode:
            yield f"{unit.name}:{number}: no calendar event: {value}"
        if key in ("MemoryMax", "TasksMax") and not re.fullmatch(r"\d+[KMGT%]?|infinity", value):
            yield f"{unit.name}:{number}: no amount: {value}"


def _is_unit(own: Path, name: str) -> bool:
    return any((place / name).exists() for place in (own, *_SYSTEM))


def _analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(needs("systemd-analyze")), "--no-pager", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)
