from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from edgeward.declare import shelf
from edgeward.declare.workspace import (
    find_root,
    load_site,
    load_source,
    load_workspace,
    select_sites,
)
from edgeward.errors import UsageError
from edgeward.quantity import exact
from edgeward.shipped import shipped_path
from edgeward.site import Site
from tests.unit.declare.declaring import ROOT

_ENVELOPE = "apiVersion: edgeward/v1alpha1\nkind: {kind}\nname: {name}\n"


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, str, str], None]:
    def write(path: str, kind: str, body: str = "") -> None:
        file = tmp_path / "sites" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        name = file.parent.name if file.name == "site.yaml" else file.stem
        file.write_text(_ENVELOPE.format(kind=kind, name=name) + body, encoding="utf-8")

    return write


Put = Callable[..., None]


def test_the_root_is_the_nearest_folder_with_sites(tmp_path: Path) -> None:
    (tmp_path / "sites" / "brno").mkdir(parents=True)
    assert find_root(tmp_path / "sites" / "brno") == tmp_path.resolve()
    assert find_root(Path("/"), tmp_path) == tmp_path.resolve()
    with pytest.raises(UsageError, match="no folder `sites`"):
        find_root(tmp_path / "sites" / "brno", tmp_path / "sites")


def test_own_entries_lie_over_the_shipped_ones(tmp_path: Path, put: Put) -> None:
    put("catalog/device_classes/our_box.yaml", "DeviceClass", "title: Ours\nhost: linux\n")
    put(
        "brno/site.yaml",
        "Site",
        "devices: [{name: a, class: our_box}, {name: b, class: mcu_npu}]\n",
    )
    workspace = load_workspace(tmp_path)
    assert workspace.problems == ()
    assert isinstance(load_site(workspace, "brno"), Site)


def test_a_shipped_name_is_taken_unless_it_is_replaced(tmp_path: Path, put: Put) -> None:
    body = "title: Ours\nhost: linux\nram_mb: 7\n"
    put("catalog/device_classes/mcu_npu.yaml", "DeviceClass", body)
    refused = load_workspace(tmp_path)
    assert len(refused.problems) == 1
    message = str(refused.problems[0])
    assert message.startswith(
        "sites/catalog/device_classes/mcu_npu.yaml:3:7 replaces: `mcu_npu` is"
    )
    wanted = re.findall("`(replaces: mcu_npu@sha256:[0-9a-f]{12})`", message)
    put("catalog/device_classes/mcu_npu.yaml", "DeviceClass", body + wanted[0] + "\n")
    replaced = load_workspace(tmp_path)
    assert replaced.problems == ()
    assert replaced.catalog.device_classes["mcu_npu"].ram_mb == exact(7)
    put("catalog/device_classes/other.yaml", "DeviceClass", body + wanted[0] + "\n")
    assert "remove `replaces`" in str(load_workspace(tmp_path).problems[0])


def test_files_that_nobody_would_read_are_named(tmp_path: Path, put: Put) -> None:
    put("catalog/device_class/box.yaml", "DeviceClass", "title: Box\nhost: linux\n")
    put("catalog/models/m.yml", "Model", "version: 1.0.0\n")
    put("brno/site.yml", "Site")
    files = {each.file: each.message[:11] for each in load_workspace(tmp_path).problems}
    assert files == dict.fromkeys(
        (
            "sites/catalog/device_class/box.yaml",
            "sites/catalog/models/m.yml",
            "sites/brno/site.yml",
        ),
        "is not read",
    )


def test_one_thing_has_one_price(tmp_path: Path, put: Put) -> None:
    for name in ("one", "two"):
        put(f"catalog/prices/{name}.yaml", "PriceList", "prices: [{item: pump, unit: h, usd: 1}]\n")
    (found,) = load_workspace(tmp_path).problems
    assert "already, at sites/catalog/prices/one.yaml:4:17" in str(found)


def test_the_source_tree_has_its_catalog_once() -> None:
    assert shipped_path("catalog") == ROOT / "sites" / "catalog"
    assert load_workspace(ROOT).problems == ()


def test_a_broken_catalog_file_does_not_hide_the_next(tmp_path: Path, put: Put) -> None:
    put("catalog/device_classes/one.yaml", "DeviceClass", "title: [\n")
    put("catalog/device_classes/two.yaml", "DeviceClass", "title: Two\n")
    put("fleet.yaml", "Fleet", "default: {}\n")
    files = [each.file.rpartition("/")[2] for each in load_workspace(tmp_path).problems]
    assert files == ["one.yaml", "two.yaml", "fleet.yaml"]


def test_fleet_defaults_reach_every_plant_with_their_origin(tmp_path: Path, put: Put) -> None:
    put("fleet.yaml", "Fleet", "defaults: {lan: {mbps: 100}}\nthresholds: {a: {b: 1}}\n")
    put("brno/site.yaml", "Site")
    workspace = load_workspace(tmp_path)
    found = load_site(workspace, "brno")
    assert isinstance(found, Site)
    assert found.lan.mbps == exact(100)
    assert (found.origin("lan.mbps").file, found.origin("lan.mbps").layer) == (
        "sites/fleet.yaml",
        "fleet",
    )
    assert workspace.thresholds == {"a": {"b": 1}}


def test_plants_are_chosen_by_name_and_by_path(tmp_path: Path, put: Put) -> None:
    for name in ("brno", "lyon", "catalog-of-pumps"):
        put(f"{name}/site.yaml", "Site")
    workspace = load_workspace(tmp_path)
    assert select_sites(workspace) == ("brno", "catalog-of-pumps", "lyon")
    assert select_sites(workspace, [str(tmp_path / "sites" / "lyon" / "site.yaml"), "brno"]) == (
        "brno",
        "lyon",
    )
    with pytest.raises(UsageError, match="did you mean `brno`"):
        select_sites(workspace, ["berno"])


def test_no_plant_at_all_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    with pytest.raises(UsageError, match="no plant"):
        select_sites(load_workspace(tmp_path))


def test_catalog_files_are_read_once_until_they_change(
    tmp_path: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("catalog/device_classes/our_box.yaml", "DeviceClass", "title: Ours\nhost: linux\n")
    load_workspace(tmp_path)
    read: list[str] = []
    real = shelf.read_bytes
    monkeypatch.setattr(shelf, "read_bytes", lambda path: read.append(path.name) or real(path))
    load_workspace(tmp_path)
    assert read == []
    put("catalog/device_classes/our_box.yaml", "DeviceClass", "title: Ours now\nhost: linux\n")
    assert load_workspace(tmp_path).catalog.device_classes["our_box"].title == "Ours now"
    assert read == ["our_box.yaml"]


def test_a_plant_that_cannot_be_read_is_a_problem_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "sites" / "brno" / "site.yaml").mkdir(parents=True)
    found = load_source(load_workspace(tmp_path), "brno")
    assert isinstance(found, tuple)
    assert str(found[0]).startswith("sites/brno/site.yaml: cannot be read")
