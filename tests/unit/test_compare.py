"""Plants of two versions: recalled, by several processes or afresh, the same is found."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from edgeward import compare as compare_module
from edgeward import crew
from edgeward.compare import Comparison, compare_plants
from edgeward.diff.change import PlantDiff
from edgeward.side import Side
from tests.fleets import PLANT, write_fleet

TODAY = date(2026, 11, 23)


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    """A box gets dearer, which two plants have; one of them gets another budget too."""
    base = write_fleet(tmp_path / "base")
    crate = (base / "sites/catalog/device_classes/box.yaml").read_text()
    (base / "sites/catalog/device_classes/crate.yaml").write_text(
        crate.replace("name: box", "name: crate")
    )
    net = base / "sites/catalog/models/net.yaml"
    runs = net.read_text().replace("class: box", "class: crate").split("runs:\n")[1]
    (base / "sites/catalog/models/own.yaml").write_text(
        net.read_text().split("runs:")[0].replace("name: net", "name: own") + f"runs:\n{runs}"
    )
    bought = PLANT.replace("owned: true", "owned: false")
    (base / "sites/plant/site.yaml").write_text(bought)
    other = bought.replace("class: box,", "class: crate,").replace("name: net", "name: own")
    for name, text in (("second", bought), ("third", other)):
        (base / "sites" / name).mkdir()
        named = text.replace("name: plant\n", f"name: {name}\n", 1)
        (base / "sites" / name / "site.yaml").write_text(named)
    head = tmp_path / "head"
    shutil.copytree(base, head)
    box = head / "sites/catalog/device_classes/box.yaml"
    box.write_text(box.read_text().replace("price_usd: 1000", "price_usd: 5000"))
    site = head / "sites" / "second" / "site.yaml"
    site.write_text(site.read_text().replace("budget_ms: 5000", "budget_ms: 4000"))
    return base, head


def compare(versions: tuple[Path, Path], built: bool = False) -> dict[str, PlantDiff]:
    comparison = Comparison(("base", versions[0]), ("head", versions[1]), TODAY, built)
    names = ("plant", "second", "third")
    return {each.name: each for each in compare_plants(comparison, *comparison.sides(), names)}


def test_what_is_recalled_is_what_was_found(
    versions: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edgeward.store.cache_directory", lambda: tmp_path / "cache")
    first = compare(versions)
    assert [each.name for each in first.values() if each.changed] == ["plant", "second"]
    assert any(each.path.endswith("budget_ms") for each in first["second"].values)
    monkeypatch.setattr(Side, "read", lambda *_: pytest.fail("it was to be recalled"))
    assert compare(versions) == first


@pytest.mark.parametrize("file", ["site.yaml", "decision.lock.yaml", "identities/box.csr"])
def test_any_file_of_a_plant_on_either_side_makes_it_another_question(
    versions: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    monkeypatch.setattr("edgeward.store.cache_directory", lambda: tmp_path / "cache")
    compare(versions)
    read: list[str] = []
    real = Side.read
    monkeypatch.setattr(Side, "read", lambda side, name: read.append(name) or real(side, name))
    for root in versions:
        path = root / "sites" / "third" / file
        path.parent.mkdir(exist_ok=True)
        path.write_text((path.read_text() if path.is_file() else "") + "# more\n")
        compare(versions)
        assert set(read) == {"third"}, root.name
        read.clear()


def test_worker_processes_find_the_same(
    versions: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = compare(versions)
    monkeypatch.setattr(compare_module, "_AT_ONCE", 1)
    monkeypatch.setattr(crew, "count_workers", lambda _names: 2)
    monkeypatch.setattr(compare_module, "open_store", lambda: None)
    assert compare(versions) == alone


def test_bundles_are_rendered_only_where_they_may_differ(
    versions: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []
    real = compare_module._with_bundles
    monkeypatch.setattr(
        compare_module,
        "_with_bundles",
        lambda side, plant: rendered.append(plant.name) or real(side, plant),
    )
    found = compare(versions, built=True)
    assert set(rendered) == {"second"}, "a price is in no file of a box"
    assert found["second"].boxes and not found["plant"].boxes
