"""Rollout files that are wrong are refused with their place, and those that cannot work too."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from edgeward.cli.main import edgeward
from edgeward.errors import InvalidDeclaration
from tests.fleets import PLANT, write_fleet

ROLLOUT = """\
apiVersion: edgeward/v1alpha1
kind: Rollout
name: caps
release: 2
back_to: 1
owner: ml@example.com
approver: quality@example.com
plants: [plant]
canary: {plants: 1, soak_hours: 24}
stages:
  - {share: 0.5, soak_hours: 12}
  - {share: 1, soak_hours: 12}
gates:
  inference: {metric: rejects, events_per_hour: 100, usual_share: 0.01, bad_share: 0.03}
"""
WINDOWS = "timezone: Europe/Prague\nwindows: {maintenance: [{start: '06:00', duration_hours: 4}]}\n"


def _plan(root: Path, text: str = ROLLOUT, plant: str = PLANT + WINDOWS) -> str:
    write_fleet(root, plant)
    (root / "rollouts").mkdir(exist_ok=True)
    (root / "rollouts" / "caps.yaml").write_text(text)
    arguments = ["rollout", "plan", "caps", "--root", str(root), "--at", "2027-01-04T00:00:00Z"]
    done = CliRunner().invoke(edgeward, arguments, standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.output


def test_the_plan_is_by_the_clock_of_the_plant(tmp_path: Path) -> None:
    said = _plan(tmp_path)
    assert "canary: 2400 events in its soak, " in said
    assert "stage 0  Mon 2027-01-04 06:05 to Mon 09:55 Europe/Prague  plant" in said


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[plant]", "[plan]", r"caps.yaml:8:10 plants: no plant is called `plan`"),
        ("back_to: 1", "back_to: 2", r"5:10 back_to: is the release itself"),
        ("bad_share: 0.03", "bad_share: 0.01", r"14:84 .*bad_share: must be above usual_share"),
        ("{share: 1,", "{share: 0.9,", r"12:5 stages.1: the last stage takes all plants"),
        ("{share: 0.5,", "{", r"11:5 stages.0: give either a share or labels"),
        ("quality@", "ml@", r"7:11 approver: name another than the owner"),
        ("plants: 1", "plants: 2", r"only 1 plants may be canaries"),
        ("per_hour: 100", "per_hour: 10", r"counts 240 events .* needs \d+: soak for \d+ h"),
        ("plants: [plant]", "labels: {area: x}", r"8:9 labels: no plant has these labels"),
        ("stages:", "pairs: [[plant, plant]]\nstages:", r"pairs"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(InvalidDeclaration, match=message):
        _plan(tmp_path, ROLLOUT.replace(old, new, 1))


def test_a_window_that_never_opens(tmp_path: Path) -> None:
    narrow = WINDOWS.replace("duration_hours: 4", "duration_hours: 1")
    with pytest.raises(InvalidDeclaration, match=r"site.yaml:\d+:\d+ windows.maintenance: no main"):
        _plan(tmp_path, plant=PLANT + narrow)


def test_windows_without_a_time_zone(tmp_path: Path) -> None:
    with pytest.raises(InvalidDeclaration, match="say in which time zone"):
        _plan(tmp_path, plant=PLANT + WINDOWS.replace("timezone: Europe/Prague\n", ""))


def test_an_emergency_needs_the_contact_of_the_plant(tmp_path: Path) -> None:
    emergency = "emergency: {approver: night@example.com, because: it stops the line}\n"
    with pytest.raises(InvalidDeclaration, match=r"no use case of plant names night@example\.com"):
        _plan(tmp_path, ROLLOUT + emergency)
    named = "approver: quality@example.com, emergency: night@example.com"
    plant = PLANT.replace("approver: quality@example.com", named)
    assert "stage 0  Mon 2027-01-04 01:00" not in _plan(tmp_path, ROLLOUT + emergency, plant)


def test_two_rollouts_for_one_plant(tmp_path: Path) -> None:
    _plan(tmp_path)
    other = ROLLOUT.replace("name: caps", "name: other")
    (tmp_path / "rollouts" / "other.yaml").write_text(other)
    (tmp_path / "reports").mkdir()
    step = ["rollout", "step", "other", "--root", str(tmp_path)]
    step += ["--reports", str(tmp_path / "reports")]
    assert CliRunner().invoke(edgeward, step, standalone_mode=False).exception is None
    with pytest.raises(InvalidDeclaration, match=r"other\.yaml is under way for plant"):
        _plan(tmp_path)
