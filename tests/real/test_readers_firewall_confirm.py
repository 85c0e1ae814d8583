"""The firewall's own unit, run as it is: it puts back what was before unless somebody gets in."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.real.needs import needs
from tests.real.readers.box import Box
from tests.real.readers.bundles import bundles_of, unpack
from tests.real.readers.nft import RULES
from tests.real.readers.packs import APPLY
from tests.real.readers.systemd import UNITS

UNIT = f"{UNITS}/edgeward-firewall.service"
CONFIRMED = "/var/lib/edgeward/firewall.confirmed"
# The setting that the unit documents; the shipped number is 120.
SECONDS = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """The commands of the unit in a box, as the service manager would run them."""

    box: Box
    folder: Path

    def run(self, key: str, seconds: int = SECONDS) -> subprocess.CompletedProcess[str]:
        return self.box.run("sh", "-c", f"EDGEWARD_CONFIRM_SECONDS={seconds} {self.command(key)}")

    def command(self, key: str) -> str:
        unit = (self.folder / UNIT).read_text()
        found = re.search(rf"^{key}=/{APPLY} (\S+)$", unit, re.M)
        assert found is not None, key
        return f"sh {self.folder / APPLY} {found[1]}"

    def table(self) -> str:
        told = self.box.run(str(needs("nft")), "-s", "list", "table", "inet", "edgeward")
        return told.stdout

    def touch(self) -> None:
        assert self.box.run("touch", "/run/edgeward/heartbeat").returncode == 0


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[Unit]:
    needs("nft")
    with _unit(unpack(bundles_of("made-up-windows")[0], tmp_path)) as unit:
        yield unit


@contextmanager
def _unit(folder: Path) -> Iterator[Unit]:
    """A box where systemd has made the unit's folders; its /var/lib is its own."""
    with Box(folder) as box:
        made = "mount -t tmpfs none /var/lib && mkdir -p /run/edgeward /var/lib/edgeward"
        assert box.run("sh", "-c", made).returncode == 0
        yield Unit(box, folder)


def test_without_a_heartbeat_there_is_no_firewall_again(unit: Unit) -> None:
    assert unit.run("ExecStartPre").returncode == 0
    assert "policy drop" in unit.table()
    done = unit.run("ExecStart")
    assert done.returncode == 1
    assert "not confirmed" in done.stderr
    assert "chain" not in unit.table()


def test_with_a_heartbeat_it_stays_and_is_in_force_at_once_the_next_time(unit: Unit) -> None:
    assert unit.run("ExecStartPre").returncode == 0
    unit.touch()
    assert unit.run("ExecStart").returncode == 0
    assert "policy drop" in unit.table()
    assert unit.box.run("nft", "flush", "ruleset").returncode == 0  # the box restarts
    assert unit.run("ExecStartPre").returncode == 0
    assert unit.run("ExecStart", seconds=0).returncode == 0
    assert "policy drop" in unit.table()


def test_a_change_that_locks_out_gives_way_to_the_rules_before_it(unit: Unit) -> None:
    assert unit.run("ExecStartPre").returncode == 0
    unit.touch()
    assert unit.run("ExecStart").returncode == 0
    before = unit.table()
    rules = unit.folder / RULES
    rules.write_text(rules.read_text().replace("tcp dport 4840", "tcp dport 4841"))
    assert unit.run("ExecStartPre").returncode == 0
    assert unit.table() != before
    assert unit.run("ExecStart").returncode == 1
    assert unit.table() == before


def test_a_heartbeat_from_before_the_change_does_not_count(unit: Unit) -> None:
    unit.touch()
    assert unit.run("ExecStartPre").returncode == 0
    assert unit.run("ExecStart").returncode == 1


@pytest.mark.parametrize("signal", ["TERM", "KILL"])
def test_when_it_is_ended_in_the_middle_the_stop_puts_back(unit: Unit, signal: str) -> None:
    assert unit.run("ExecStartPre").returncode == 0
    killed = f"timeout -s {signal} 1 env EDGEWARD_CONFIRM_SECONDS=60 {unit.command('ExecStart')}"
    assert unit.box.run("sh", "-c", killed).returncode != 0
    assert unit.run("ExecStopPost").returncode == 0
    assert "chain" not in unit.table()


def test_rules_that_nft_refuses_never_come_into_force(unit: Unit) -> None:
    rules = unit.folder / RULES
    rules.write_text(rules.read_text() + "\nnonsense\n")
    assert unit.run("ExecStartPre").returncode != 0
    assert unit.table() == ""


def test_a_stop_after_the_confirmation_leaves_the_firewall(unit: Unit) -> None:
    assert unit.run("ExecStartPre").returncode == 0
    unit.touch()
    assert unit.run("ExecStart").returncode == 0
    assert unit.run("ExecStopPost").returncode == 0
    assert "policy drop" in unit.table()


def test_the_shipped_time_is_two_minutes(unit: Unit) -> None:
    assert "Environment=EDGEWARD_CONFIRM_SECONDS=120" in (unit.folder / UNIT).read_text()
    script = (unit.folder / APPLY).read_text()
    assert subprocess.run(["sh", "-n"], input=script, text=True, check=False).returncode == 0


def test_a_broken_copy_is_refused(unit: Unit) -> None:
    script = (unit.folder / APPLY).read_text().replace("done\n", "")
    told = subprocess.run(["sh", "-n"], input=script, text=True, capture_output=True, check=False)
    assert told.returncode != 0
