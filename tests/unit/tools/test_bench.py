"""The bench follows the real path: its plants are judged, and every stage is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.capturing import time_capture
from bench.generate import write_repository
from bench.rendering import time_rendering
from bench.stages import record_rows, time_stages


def test_every_stage_of_a_generated_plant_takes_time(tmp_path: Path) -> None:
    write_repository(tmp_path, plants=2)
    _, stages = time_stages(tmp_path)
    assert [stage for stage, seconds in stages.items() if seconds <= 0] == []


def test_generated_plants_differ_in_what_rules_see(tmp_path: Path) -> None:
    write_repository(tmp_path, plants=2)
    _, (first, second) = record_rows(tmp_path)
    assert first.keys() == second.keys()
    assert first["placement.latency_fits"] != second["placement.latency_fits"]


def test_rendering_is_timed_apart_from_reading_again(tmp_path: Path) -> None:
    write_repository(tmp_path, plants=2)
    assert min(time_rendering(tmp_path).values()) > 0


@pytest.mark.soak
def test_a_warm_worker_captures_sooner_than_a_new_one(tmp_path: Path) -> None:
    pytest.importorskip("pulumi_aws")
    write_repository(tmp_path, plants=1)
    found = time_capture(tmp_path, few=3, many=2)
    assert 0 < found.warm < found.first
    assert found.resources > 20
