"""A session opened from the kept catalog is that of one which was read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from edgeward import session as session_module
from edgeward.declare.workspace import Stock, read_stock
from edgeward.errors import InvalidDeclaration
from edgeward.quantity import exact
from edgeward.session import open_session
from tests.fleets import write_fleet

TODAY = date(2026, 11, 23)


@pytest.fixture
def reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Stock]:
    """Every catalog that was read, not recalled."""
    found: list[Stock] = []

    def watched(root: Path) -> Stock:
        found.append(read_stock(root))
        return found[-1]

    monkeypatch.setattr("edgeward.store.cache_directory", lambda: tmp_path / "cache")
    monkeypatch.setattr(session_module, "read_stock", watched)
    return found


def test_the_catalog_is_read_once(tmp_path: Path, reads: list[Stock]) -> None:
    root = write_fleet(tmp_path)
    first, second = (open_session(root, TODAY).workspace for _ in range(2))
    assert len(reads) == 1
    assert first == second
    assert first.layers.templates == second.layers.templates != {}


def test_it_is_read_again_when_a_file_of_it_changes(tmp_path: Path, reads: list[Stock]) -> None:
    root = write_fleet(tmp_path)
    open_session(root, TODAY)
    box = root / "sites" / "catalog" / "device_classes" / "box.yaml"
    box.write_text(box.read_text().replace("price_usd: 1000", "price_usd: 1200"))
    priced = open_session(root, TODAY).workspace.catalog.device_classes["box"]
    assert len(reads) == 2
    assert priced.price_usd == exact(1200)


def test_what_is_wrong_with_it_is_told_each_time(tmp_path: Path, reads: list[Stock]) -> None:
    root = write_fleet(tmp_path)
    box = root / "sites" / "catalog" / "device_classes" / "box.yaml"
    box.write_text(box.read_text().replace("price_usd: 1000", "price_usd: dear"))
    said = []
    for _ in range(2):
        with pytest.raises(InvalidDeclaration) as caught:
            open_session(root, TODAY)
        said.append(str(caught.value))
    assert len(reads) == 1
    assert "box.yaml" in said[0] and said[0] == said[1]
