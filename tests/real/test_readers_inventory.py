"""The inventory is one printable page, and service configs say the whole contract."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.real.needs import needs
from tests.real.readers.bundles import PLANTS, bundles_of, manifest, unpack
from tests.real.readers.packs import CONFIGS, PAGE, bundles_with

_TROUBLES = ["no_cloud", "no_plant_server", "no_broker", "full_disk", "wrong_clock", "bad_model"]
_ACTIONS = {"continue", "roll_back", "safe_action", "last_value", "stop", "human", "none"}


def _pages(folder: Path) -> int:
    """How many sheets of paper the page takes."""
    printed = folder / "page.pdf"
    command = [
        *(str(needs("chromium")), "--headless", "--no-sandbox", "--disable-gpu"),
        *(f"--user-data-dir={folder / 'chromium'}", "--no-pdf-header-footer"),
        *(f"--print-to-pdf={printed}", str(folder / PAGE)),
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=60)
    return len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes()))


@pytest.mark.parametrize("plant", ["made-up-windows", "wind-blade-drone"])
def test_the_inventory_is_one_printed_page(plant: str, tmp_path: Path) -> None:
    for bundle in bundles_of(plant):
        assert _pages(unpack(bundle, tmp_path / bundle.name)) == 1


def test_the_inventory_names_every_connection_secret_and_file_tree(tmp_path: Path) -> None:
    bundles = bundles_with(PAGE)
    assert len(bundles) >= 5
    for bundle in bundles:
        page = next(file.content for file in bundle.files if file.path == PAGE).decode()
        described = json.loads(bundle.manifest)
        for flow in described["connects"]:
            assert f"<td>{flow['from']}</td><td>{flow['to']}</td>" in page
        for secret in described["secrets"]:
            assert secret["certificate"] in page
        removed = page.split("<pre>")[1]
        for file in manifest(bundle)["files"]:
            assert _is_removed(file["path"], removed), file["path"]


def _is_removed(path: str, commands: str) -> bool:
    roots = [f"/{path}", *(f"/{parent}" for parent in Path(path).parents)]
    named = re.findall(r" (/[^\s<]+)", commands)
    return any(re.fullmatch(each.replace("*", ".*"), root) for each in named for root in roots)


@pytest.mark.parametrize("plant", PLANTS)
def test_every_service_config_has_the_whole_contract(plant: str) -> None:
    for bundle in bundles_of(plant):
        for file in bundle.files:
            if file.path.startswith(CONFIGS):
                _read_config(json.loads(file.content))


def _read_config(config: dict[str, object]) -> None:
    degraded = config["degraded"]
    assert isinstance(degraded, list)
    assert [each["when"] for each in degraded] == _TROUBLES
    assert {each["do"] for each in degraded} <= _ACTIONS
    queue, model = config["queue"], config["model"]
    assert isinstance(queue, dict)
    assert isinstance(model, dict)
    assert queue["length"] >= 1
    assert model["name"]
