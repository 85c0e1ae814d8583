from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from edgeward.errors import InvalidDeclaration
from edgeward.policy.thresholds import load_thresholds


def _data(root: Path, name: str, text: str) -> None:
    folder = root / "policies" / "data"
    folder.mkdir(parents=True, exist_ok=True)
    head = f"apiVersion: edgeward/v1alpha1\nkind: Thresholds\nname: {name}\n"
    (folder / f"{name}.yaml").write_text(head + text)


def test_the_fleet_overrides_the_repository_and_that_the_shipped(tmp_path: Path) -> None:
    shipped = load_thresholds(tmp_path, {})
    _data(tmp_path, "capacity", "utilisation_max: 0.7\nsoak_minutes_min: 45\n")
    found = load_thresholds(tmp_path, {"capacity": {"soak_minutes_min": 60}})
    assert found["capacity"]["utilisation_max"] == 0.7
    assert found["capacity"]["soak_minutes_min"] == 60
    assert found["capacity"]["ram_headroom_share"] == shipped["capacity"]["ram_headroom_share"]


@pytest.mark.parametrize(
    ("overrides", "complaint"),
    [
        ({"capacty": {}}, r"thresholds\.capacty: no such threshold; there are capacity, "),
        ({"capacity": {"ram": 1}}, r"thresholds\.capacity\.ram: no such threshold"),
        ({"capacity": 1}, r"thresholds\.capacity: expected a mapping, got 1"),
        ({"capacity": {"utilisation_max": "high"}}, "expected a number, got 'high'"),
        ({"capacity": {"utilisation_max": True}}, "expected a number, got True"),
        ({"capacity": {"utilisation_max": None}}, "expected a number, got None"),
        ({"latency": {"tier_floor_ms": {"moon": 5}}}, r"tier_floor_ms\.moon: no such threshold"),
        ({"security": {"personal_data_leaves_as": "raw"}}, "expected a list"),
    ],
)
def test_an_override_of_nothing_or_of_another_type_is_refused(
    overrides: dict[str, Any], complaint: str, tmp_path: Path
) -> None:
    with pytest.raises(InvalidDeclaration, match=f"^sites/fleet.yaml .*{complaint}"):
        load_thresholds(tmp_path, overrides)


def test_a_repositorys_own_mistake_names_its_file(tmp_path: Path) -> None:
    _data(tmp_path, "capacity", "utilisation_max: most\n")
    with pytest.raises(
        InvalidDeclaration,
        match=r"^policies/data/capacity\.yaml .*a number",
    ):
        load_thresholds(tmp_path, {})


def test_a_threshold_that_is_not_finite_is_refused(tmp_path: Path) -> None:
    _data(tmp_path, "capacity", "utilisation_max: .nan\n")
    with pytest.raises(InvalidDeclaration, match="expected a number"):
        load_thresholds(tmp_path, {})
