"""What a change of thresholds does to a fleet, on a repository under git."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from edgeward.errors import UsageError
from edgeward.impact import measure_impact
from edgeward.report.impact import render_impact
from edgeward.result import Status
from tests.fleets import PLANT, write_fleet

TODAY = date(2026, 11, 23)
GIT = ("git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    root = tmp_path / "repository" / "below"
    write_fleet(root)
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "base")):
        subprocess.run([*GIT, *arguments], cwd=root, check=True)
    return root


def test_without_a_change_nothing_changes(fleet: Path) -> None:
    impact = measure_impact(fleet, "HEAD", TODAY)
    assert [each.changed for each in impact.plants] == [False]
    assert "1 plant: 0 newly failing, 0 newly passing, 0 moved, 0 changed in all" in render_impact(
        impact, "text"
    )


def test_a_sharper_threshold_fails_a_plant_and_says_why(fleet: Path) -> None:
    write_fleet(fleet, fleet="thresholds: {security: {retention_days_max: 10}}\n")
    (plant,) = measure_impact(fleet, "HEAD", TODAY).plants
    assert (plant.before, plant.after) == (Status.DECIDED, Status.FINDINGS)
    assert plant.newly_failing and not plant.newly_passing
    assert plant.appeared == (
        "error security.retention_is_limited at streams.frames.retention_days",
    )
    assert plant.moves == ()


def test_a_dearer_class_moves_what_it_costs(fleet: Path) -> None:
    entry = fleet / "sites" / "catalog" / "device_classes" / "box.yaml"
    entry.write_text(entry.read_text().replace("16384", "700").replace("14000", "100"))
    impact = measure_impact(fleet, "HEAD", TODAY)
    (plant,) = impact.plants
    assert [each.use_case for each in plant.moves] == ["check"]
    assert plant.moves[0].before is not None and plant.moves[0].before.startswith("plant box")
    assert plant.usd_before != plant.usd_after
    document = json.loads(render_impact(impact, "json"))
    assert document["plants"][0]["moves"][0]["use_case"] == "check"
    assert "USD a month" in render_impact(impact, "markdown")


def test_the_plants_themselves_are_not_what_is_compared(fleet: Path) -> None:
    write_fleet(fleet, PLANT.replace("retention_days: 30", "retention_days: 4000"))
    (plant,) = measure_impact(fleet, "HEAD", TODAY).plants
    assert (plant.before, plant.after, plant.changed) == (Status.FINDINGS, Status.FINDINGS, False)


@pytest.mark.parametrize("base", ["no-such-ref", "--output=x", ""])
def test_a_base_that_git_does_not_know_is_refused(base: str, fleet: Path) -> None:
    with pytest.raises(UsageError, match="git knows no"):
        measure_impact(fleet, base, TODAY)


def test_without_git_there_is_no_base(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a git repository"):
        measure_impact(write_fleet(tmp_path), "HEAD", TODAY)
