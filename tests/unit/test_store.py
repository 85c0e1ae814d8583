"""The store: gives back what was put, bounded, and nothing of what is damaged or foreign."""

from __future__ import annotations

import hashlib
import os
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType

import pytest

from edgeward import store as store_module
from edgeward.finding import Finding, Severity
from edgeward.quantity import between
from edgeward.result import Status, Told
from edgeward.store import Store, open_store

FINDING = Finding(
    *("placement.ram_fits", Severity.ERROR, "too large", "devices.box"),
    *("sites/a/site.yaml", 3, 5, "a"),
    numbers=MappingProxyType({"ram_mb": "12"}),
)
TOLD = Told("a", Status.FINDINGS, True, "a: findings\n  …", findings=(FINDING,), placed=("check",))


def key(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def test_what_was_put_comes_back_equal(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.get(key(1)) is None and not store.has(key(1))
    for number, value in enumerate((TOLD, between(1, 2, "x"), ("text", 1.5, None))):
        store.put(key(number), value)
        assert store.has(key(number)) and store.get(key(number)) == value


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 4000])
def test_a_damaged_entry_is_none(tmp_path: Path, damage: bytes) -> None:
    store = Store(tmp_path)
    store.put(key(1), TOLD)
    (file,) = (each for each in tmp_path.rglob("*") if each.is_file())
    file.write_bytes(damage)
    assert store.get(key(1)) is None
    store.put(key(1), TOLD)
    assert store.get(key(1)) == TOLD


class _Harm:
    def __reduce__(self) -> object:
        return os.mkdir, ("harm",)


@pytest.mark.parametrize(
    "packed",
    [
        pickle.dumps(_Harm()),
        b"cedgeward.write\nos.system\n(S'mkdir harm'\ntR.",
        b"\x80\x04\x8c\x0eedgeward.write\x8c\x09os.system\x93\x8c\nmkdir harm\x85R.",
        b"\x80\x04\x8c\x0eedgeward.write\x8c\x0awrite_file\x93.",
    ],
)
def test_an_entry_never_runs_what_it_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / key(1)[:2] / key(1)
    file.parent.mkdir()
    file.write_bytes(hashlib.sha256(packed).digest() + packed)
    assert Store(tmp_path).get(key(1)) is None
    assert not (tmp_path / "harm").exists()


def test_the_oldest_make_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_DRAWER", 8)
    store = Store(tmp_path)
    keys = [f"00{key(number)[2:]}" for number in range(30)]
    for number, each in enumerate(keys):
        store.put(each, number)
        if store.has(each):
            os.utime(tmp_path / "00" / each, (number, number))
    assert len(list((tmp_path / "00").iterdir())) <= 8
    assert store.get(keys[-1]) == 29 and store.get(keys[0]) is None


def test_many_at_once_and_deleted_in_between(tmp_path: Path) -> None:
    store = Store(tmp_path)

    def work(number: int) -> bool:
        store.put(key(number % 7), number % 7)
        if number % 50 == 0:
            for each in tmp_path.rglob("*"):
                if each.is_file():
                    each.unlink(missing_ok=True)
        return store.get(key(number % 7)) in (None, number % 7)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(400)))
    assert not [each for each in tmp_path.rglob(".*") if each.is_file()]


def test_a_store_that_others_could_write_to_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "cache_directory", lambda: tmp_path)
    assert open_store() is not None
    (tmp_path / "results").chmod(0o777)
    assert open_store() is None
    monkeypatch.setattr(store_module, "cache_directory", lambda: tmp_path / "results" / "x" / "\0")
    monkeypatch.setattr(store_module, "cache_directory", lambda: None)
    assert open_store() is None


def test_nothing_is_kept_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file")
    store.put(key(1), TOLD)
    assert store.get(key(1)) is None
