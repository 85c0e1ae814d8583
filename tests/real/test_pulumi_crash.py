"""Updates that are killed, and updates at the same time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.real.pulumi_cli import PLANT, RESOURCES, Workplace, told

ROLE = "aws:iam/role:Role"
ROLE_NAME = f"edgeward-{PLANT}--blade-damage--training"
URN = f"urn:pulumi:{PLANT}::edgeward::"
UP = ("--yes", "--skip-preview")
OTHER = "teck-haul-trucks"


def test_a_killed_up_is_recovered_without_making_anything_twice(workplace: Workplace) -> None:
    workplace.init(PLANT)
    with _up_that_hangs(workplace):
        locked = workplace.pulumi("up", "-s", PLANT, *UP, code=None)
        assert locked.returncode != 0
        assert "currently locked" in told(locked)
    workplace.pulumi("cancel", PLANT, "--yes")
    assert _pending(workplace) == [f"{URN}edgeward:cloud:Training${ROLE}::training-blade-damage"]

    again = workplace.pulumi("up", "-s", PLANT, *UP, code=None)
    assert f"{ROLE} {ROLE_NAME} already exists" in told(again)

    workplace.pulumi("refresh", "-s", PLANT, *UP, "--clear-pending-creates")
    workplace.pulumi(
        *("import", "-s", PLANT, *UP, "--generate-code=false", "--protect=false"),
        *("--parent", f"parent={URN}edgeward:cloud:Training::training-blade-damage"),
        *("--provider", f"provider={URN}pulumi:providers:aws::aws"),
        *(ROLE, "training-blade-damage", ROLE_NAME),
    )
    workplace.pulumi("up", "-s", PLANT, *UP)
    assert workplace.changes(PLANT) == {}
    assert len(workplace.cloud()) == RESOURCES


def test_two_plants_are_made_at_once(workplace: Workplace) -> None:
    for plant in (PLANT, OTHER):
        workplace.init(plant)
    runs = [workplace.start("up", "-s", plant, *UP) for plant in (PLANT, OTHER)]
    for run in runs:
        output, _ = run.communicate(timeout=120)
        assert run.returncode == 0, output
    buckets = [name for name in workplace.cloud() if name.startswith("aws:s3/bucket:Bucket|")]
    assert len(buckets) == 2


@contextmanager
def _up_that_hangs(workplace: Workplace) -> Iterator[None]:
    """An update whose training role is made and never answered for; killed at the end."""
    running = workplace.start("up", "-s", PLANT, *UP, STANDIN_HOLD=f"{ROLE}::training-blade-damage")
    try:
        _wait_for_role(workplace, running)
        time.sleep(1)  # what else was begun is done and written down
        yield
    finally:
        running.send_signal(signal.SIGKILL)
        running.wait()
        for left in _session(running.pid):
            with suppress(ProcessLookupError):
                os.kill(left, signal.SIGKILL)
        running.communicate()


def _wait_for_role(workplace: Workplace, running: subprocess.Popen[str]) -> None:
    for _ in range(600):
        if f"{ROLE}|{ROLE_NAME}" in workplace.cloud():
            return
        assert running.poll() is None, running.communicate()[0]
        time.sleep(0.1)
    raise AssertionError("no role after a minute")


def _session(leader: int) -> list[int]:
    """The processes that `leader` started: plugins outlive an engine that is killed."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
            if int(fields[3]) == leader:
                found.append(int(stat.parent.name))
    return found


def _pending(workplace: Workplace) -> list[str]:
    """The URNs whose creation was begun and never answered."""
    exported = json.loads(workplace.pulumi("stack", "export", "-s", PLANT).stdout)
    return [each["resource"]["urn"] for each in exported["deployment"]["pending_operations"]]
