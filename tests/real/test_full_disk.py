"""The pull script on a disk that is really full: the old slot keeps running until there is room."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.real.needs import needs, needs_namespaces
from tests.unit.release.staging import make_stage, served
from tests.unit.release.test_pull import Plain

OLD = {"release": 1, "healthy": True}
NEW = {"release": 2, "healthy": True}


def _pull(folder: Path, short: str, left: list[int]) -> list[dict[str, Any]]:
    """What came of release 2 where so little is left of what is short; release 1 runs before."""
    needs_namespaces()
    stage = make_stage(folder)
    with served(stage.repository) as url:
        host = Plain(stage, folder / "opt", url)
        host.pull()
        host.release(2, "two")
        script = str(Path(__file__).with_name("full_disk.sh"))
        command = [str(needs("unshare")), "--mount", "sh", script, str(host.folder), short]
        done = subprocess.run(
            [*command, *map(str, left)], capture_output=True, text=True, check=False, timeout=120
        )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("short", "left"),
    [
        ("pages", [0, 2, 7]),
        # The space is there, and writing ends at the first, the fifth … file of the new slot.
        ("files", [0, 1, 2, 6, 9, 10]),
    ],
)
def test_the_old_slot_keeps_running(tmp_path: Path, short: str, left: list[int]) -> None:
    found = _pull(tmp_path, short, left)
    assert [each["left"] for each in found] == left
    for each in found:
        assert (each["code"], each["full"], each["after"]) == (1, OLD, NEW), each
        assert "no space" in each["said"].lower()
        assert "Traceback" not in each["said"]


def test_just_enough_is_enough(tmp_path: Path) -> None:
    (found,) = _pull(tmp_path, "files", [14])
    assert (found["code"], found["full"]) == (0, NEW)
