"""The same inputs give the same bytes: twice, under other settings, and from the wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_PLANTS = ("wind-blade-drone", "vague-brief", "teck-haul-trucks")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's repository with three plants and the fleet file, nothing else."""
    root = tmp_path_factory.mktemp("repository")
    for plant in _PLANTS:
        shutil.copytree(_ROOT / "sites" / plant, root / "sites" / plant)
    shutil.copy(_ROOT / "sites" / "fleet.yaml", root / "sites" / "fleet.yaml")
    return root


@pytest.fixture(scope="module")
def first(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return _build(repository, tmp_path_factory.mktemp("first"), {})


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8"},
    ],
    ids=["again", "east", "west"],
)
def test_building_again_gives_the_same_bytes(
    repository: Path, first: dict[str, bytes], tmp_path: Path, settings: dict[str, str]
) -> None:
    assert _build(repository, tmp_path, settings) == first


def test_the_wheel_gives_the_same_bytes_as_the_checkout(
    repository: Path, first: dict[str, bytes], tmp_path: Path
) -> None:
    """From an unpacked wheel, which stands before the editable install on the path."""
    settings = {"PYTHONPATH": str(_unpack_wheel(tmp_path))}
    where = [sys.executable, "-c", "import edgeward; print(edgeward.__file__)"]
    found = subprocess.run(
        where, capture_output=True, text=True, check=True, env=os.environ | settings
    )
    assert str(tmp_path) in found.stdout
    assert _build(repository, tmp_path / "out", settings) == first


def _unpack_wheel(folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(_ROOT)], check=True)
    (wheel,) = folder.glob("edgeward-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def _build(repository: Path, folder: Path, settings: dict[str, str]) -> dict[str, bytes]:
    """The files of a build by path; it ends in 1 because of the vague plant."""
    out = folder / "out"
    command = [sys.executable, "-m", "edgeward.cli.main", "build", "--out", str(out)]
    done = subprocess.run(
        [*command, "--now", "2026-11-23"],
        cwd=repository,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def test_the_wheel_works_in_a_checkout_of_edgeward(tmp_path: Path) -> None:
    """Where its own catalog and packs lie beside the shipped ones."""
    installed = _unpack_wheel(tmp_path)
    command = [sys.executable, "-m", "edgeward.cli.main", "render", "--out", str(tmp_path / "out")]
    done = subprocess.run(
        [*command, "--now", "2026-11-23", _PLANTS[0]],
        cwd=_ROOT,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
