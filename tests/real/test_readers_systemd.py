"""systemd-analyze takes every unit without a word, and a broken copy is refused."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from edgeward.bundle.bundle import Bundle
from tests.real.needs import needs
from tests.real.readers.bundles import PLANTS, bundles_of, unpack
from tests.real.readers.systemd import UNITS, exposure, read_units

SERVICE, UPDATE, TIMER = (
    f"{UNITS}/edgeward-{name}" for name in ("cap-check.service", "update.service", "update.timer")
)


@pytest.fixture(autouse=True)
def _programs() -> None:
    needs("systemd-analyze")
    needs("mosquitto")  # its package brings the unit that ours come after


def _with_units(plant: str) -> list[Bundle]:
    return [each for each in bundles_of(plant) if any(UNITS in f.path for f in each.files)]


@pytest.fixture
def box_folder(tmp_path: Path) -> Path:
    return unpack(_with_units("made-up-windows")[0], tmp_path)


@pytest.mark.parametrize("plant", PLANTS)
def test_every_unit_is_taken_without_a_word(plant: str, tmp_path: Path) -> None:
    for bundle in _with_units(plant):
        assert read_units(unpack(bundle, tmp_path / bundle.name)) == []


def test_there_are_units_to_read() -> None:
    assert sum(len(_with_units(plant)) for plant in PLANTS) >= 5


# What systemd-analyze refuses, and below the line what it takes as if nothing were wrong.
BROKEN = {
    "a typo in a directive": (SERVICE, "^RestartSec", "RestartSecs", "Unknown key"),
    "a typo in a section": (SERVICE, r"^\[Service\]", "[Servce]", "Unknown section"),
    "a word for a time": (SERVICE, "^WatchdogSec=.*", "WatchdogSec=soon", "parse sec value"),
    "a type that is none": (SERVICE, "^Type=.*", "Type=notifies", "parse service type"),
    "a calls group that is none": (SERVICE, "@system-service", "@system-servants", "Unknown sys"),
    "no program": (SERVICE, "^ExecStart=.*", "", "no ExecStart"),
    "a typo in the update": (UPDATE, "^UMask=.*", "UMask=9", "parse mode value"),
    "a typo in the timer": (TIMER, "^Persistent", "Persistence", "Unknown key"),
    # ---
    "a day that is none": (TIMER, "^OnCalendar=Sun", "OnCalendar=Sunny", "calendar"),
    "an unknown time zone": (TIMER, "Europe/Prague", "Europe/Prag", "calendar"),
    "a word for memory": (SERVICE, "^MemoryMax=.*", "MemoryMax=lots", "no amount: lots"),
    "a wish for nothing": (SERVICE, "^Wants=.*", "Wants=netwrk.target", "no unit netwrk.target"),
    "wanted by nothing": (SERVICE, "^WantedBy=.*", "WantedBy=multi.target", "no unit multi.target"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_copy_is_refused(name: str, box_folder: Path) -> None:
    path, pattern, replacement, complaint = BROKEN[name]
    unit = box_folder / path
    changed, count = re.subn(pattern, replacement, unit.read_text(), flags=re.M)
    assert count, "the copy is not broken"
    unit.write_text(changed)
    found = read_units(box_folder)
    assert any(re.search(complaint, line) for line in found), found


def test_verify_alone_would_pass_a_typo(box_folder: Path) -> None:
    """Why the reader does not call it so: should this fail one day, its flags can go."""
    read_units(box_folder)
    shutil.copytree("/lib/systemd/system", box_folder / "lib/systemd/system", symlinks=True)
    (box_folder / SERVICE).write_text((box_folder / SERVICE).read_text() + "[Service]\nTypo=1\n")
    command = [str(needs("systemd-analyze")), "verify", "--man=no", f"--root={box_folder}"]
    assert subprocess.run([*command, Path(SERVICE).name], check=False).returncode == 0


@pytest.mark.parametrize("plant", PLANTS)
def test_every_service_is_hardly_exposed(plant: str, tmp_path: Path) -> None:
    for bundle in _with_units(plant):
        folder = unpack(bundle, tmp_path / bundle.name)
        for unit in (folder / UNITS).glob("*.service"):
            assert exposure(folder, unit.name) <= 2.0, unit.name
