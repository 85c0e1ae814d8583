"""The manifest of every bundle names its files as they are, and no file is left out."""

from __future__ import annotations

import hashlib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from edgeward.bundle.bundle import MANIFEST, Bundle
from tests.real.readers.bundles import PLANTS, bundles_of, manifest, unpack
from tests.real.readers.mosquitto import ACCESS, CONFIG
from tests.real.readers.nft import RULES
from tests.real.readers.packs import (
    ALERTS,
    APPLY,
    COLLECTOR,
    COMPOSE,
    CONFIGS,
    GREENGRASS,
    PAGE,
    UPLOADER,
    UPLOADS,
)
from tests.real.readers.systemd import UNITS


def _differences(bundle: Bundle, folder: Path) -> list[str]:
    """The paths that the manifest and the folder do not agree on."""
    named = {file["path"]: file for file in manifest(bundle)["files"]}
    there = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }
    del there[MANIFEST]
    equal = {path for path in named.keys() & there.keys() if _same(named[path], there[path])}
    return sorted((named.keys() | there.keys()) - equal)


def _same(named: dict[str, Any], path: Path) -> bool:
    content, mode = path.read_bytes(), path.stat().st_mode & 0o7777
    found = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "mode": f"{mode:04o}",
    }
    return found.items() <= named.items()


# Each with the test that reads it; what a new pack renders needs a reader of its own.
READ = (
    *(MANIFEST, CONFIG, ACCESS, RULES, f"{UNITS}/*.service", f"{UNITS}/*.timer"),
    *(APPLY, COLLECTOR, COMPOSE, ALERTS, PAGE, f"{GREENGRASS}/*.json", f"{CONFIGS}/*.json"),
    *(UPLOADER, UPLOADS),
)


@pytest.mark.parametrize("plant", PLANTS)
def test_every_file_has_a_reader(plant: str) -> None:
    paths = [file.path for bundle in bundles_of(plant) for file in bundle.files]
    assert [path for path in paths if not any(fnmatchcase(path, each) for each in READ)] == []


@pytest.mark.parametrize("plant", PLANTS)
def test_the_manifest_names_every_file_as_it_is(plant: str, tmp_path: Path) -> None:
    for bundle in bundles_of(plant):
        assert _differences(bundle, unpack(bundle, tmp_path / bundle.name)) == []


def test_a_changed_file_an_added_one_and_a_missing_one_are_found(tmp_path: Path) -> None:
    bundle = bundles_of("made-up-windows")[0]
    folder = unpack(bundle, tmp_path)
    changed, missing = "etc/mosquitto/mosquitto.conf", "etc/mosquitto/edgeward.acl"
    (folder / changed).write_bytes((folder / changed).read_bytes() + b"\n")
    (folder / missing).unlink()
    (folder / "etc/added").touch()
    assert _differences(bundle, folder) == sorted((changed, missing, "etc/added"))
