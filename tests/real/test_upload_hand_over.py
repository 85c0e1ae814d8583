"""The folders of the spool as their unit makes them: services hand over, the uploader removes.

Everybody is who the units say, in a user namespace of its own where a unit asks for one.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.real.needs import needs, needs_namespaces
from tests.real.readers.bundles import bundles_of, unpack
from tests.real.readers.systemd import UNITS

FOLDER = "/var/spool/edgeward/cap-frames"
_DYNAMIC = "61200"  # a user that systemd makes up


@pytest.fixture
def units(tmp_path: Path) -> Path:
    needs_namespaces()
    if os.geteuid() != 0:
        pytest.skip("only root may be somebody else")
    return unpack(bundles_of("made-up-uploads")[0], tmp_path) / UNITS


def _value(unit: Path, key: str) -> str:
    (found,) = re.findall(rf"^{key}=(.*)$", unit.read_text(), re.M)
    return str(found)


def _as(user: str, group: str, also: str, script: str) -> str:
    groups = f"--groups={also}" if also else "--clear-groups"
    who = f"{needs('setpriv')} --reuid={user} --regid={group} {groups}"
    return f"{who} {needs('unshare')} --user sh -c '{script}'"


def _run(units: Path, *commands: str) -> subprocess.CompletedProcess[str]:
    made = _value(units / "edgeward-spool.service", "ExecStart")
    script = "\n".join(("set -e", "mount -t tmpfs tmpfs /var/spool", made, *commands))
    command = [str(needs("unshare")), "--mount", "sh", "-c", script]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _service(units: Path, script: str) -> str:
    """As the use case's unit runs it."""
    unit = units / "edgeward-cap-check.service"
    assert _value(unit, "ReadWritePaths") == FOLDER and _value(unit, "DynamicUser") == "yes"
    script = f"umask {_value(unit, 'UMask')}; {script}"
    return _as(_DYNAMIC, _DYNAMIC, _value(unit, "SupplementaryGroups"), script)


def _uploader(units: Path, script: str) -> str:
    unit = units / "edgeward-upload.service"
    return _as(_value(unit, "User"), _value(unit, "Group"), "", script)


def test_what_a_service_hands_over_the_uploader_reads_and_removes(units: Path) -> None:
    hand_over = f"echo item >{FOLDER}/.1 && mv {FOLDER}/.1 {FOLDER}/1"
    done = _run(
        units,
        _service(units, hand_over),
        _uploader(units, f"cat {FOLDER}/1 && rm {FOLDER}/1"),
        f"ls {FOLDER}",
    )
    assert (done.returncode, done.stdout) == (0, "item\n"), done.stderr


def test_a_container_of_the_compose_file_may_too(units: Path) -> None:
    hand_over = f"echo item >{FOLDER}/.1 && mv {FOLDER}/.1 {FOLDER}/1"
    done = _run(
        units,
        _as("65532", "65532", "", hand_over),
        _uploader(units, f"cat {FOLDER}/1 && rm {FOLDER}/1"),
    )
    assert (done.returncode, done.stdout) == (0, "item\n"), done.stderr


@pytest.mark.parametrize("script", [f"ls {FOLDER}", f"echo item >{FOLDER}/1"])
def test_nobody_else_sees_or_adds_anything(script: str, units: Path) -> None:
    done = _run(units, _as("61201", "61201", "", script))
    assert done.returncode != 0 and "Permission denied" in done.stderr
