"""What all tests share: golden trees, which only an explicit flag updates, and an empty store."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

_GOLDEN = Path(__file__).parent / "golden"

Golden = Callable[[str, Mapping[str, bytes]], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write tests/golden anew; review the diff"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a tree of files with `tests/golden/<name>`, or writes it under --update-golden."""
    update = request.config.getoption("--update-golden")

    def compare(name: str, files: Mapping[str, bytes]) -> None:
        folder = _GOLDEN / name
        if update:
            shutil.rmtree(folder, ignore_errors=True)
            for path, content in files.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(content)
        written = sorted(path for path in folder.rglob("*") if path.is_file())
        assert sorted(files) == [path.relative_to(folder).as_posix() for path in written]
        for path in written:
            assert files[path.relative_to(folder).as_posix()] == path.read_bytes(), path

    return compare


@pytest.fixture(autouse=True)
def empty_store(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What one test worked out is not there for another."""
    monkeypatch.setattr("edgeward.store.cache_directory", lambda: tmp_path_factory.mktemp("cache"))
