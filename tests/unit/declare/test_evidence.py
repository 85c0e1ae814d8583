"""A run of the catalog is held against the evidence file that it names."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
import yaml

from edgeward.declare.workspace import read_stock
from edgeward.profile.evidence import Subject, run_entry, write_evidence
from edgeward.profile.load import summarise
from tests.fleets import write_fleet

FILE = "sites/catalog/evidence/net-box.yaml"
CONTENT = b"the model's bytes"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
ON = date(2026, 11, 2)


def _write(root: Path, folder: Path) -> Path:
    """A repository whose model has a run as `edgeward profile` writes it, and the evidence."""
    write_fleet(root)
    file = folder / "net.onnx"
    file.write_bytes(CONTENT)
    subject = Subject(file, "box", "int8", "onnxruntime 1.20", 60)
    measured = summarise([5.0, 5.5, 6.0, 7.25])
    (root / FILE).parent.mkdir()
    (root / FILE).write_bytes(write_evidence(subject, measured, 612.345678, False, ON))
    path = root / "sites" / "catalog" / "models" / "net.yaml"
    model = yaml.safe_load(path.read_bytes())
    model["artifacts"][0]["sha256"] = SHA256
    model["runs"] = yaml.safe_load(run_entry(subject, measured, 612.345678, FILE, ON))
    path.write_text(yaml.safe_dump(model, sort_keys=False))
    return path


def test_what_profile_writes_is_taken(tmp_path: Path) -> None:
    _write(tmp_path / "root", tmp_path)
    stock = read_stock(tmp_path / "root")
    assert stock.problems == ()
    assert stock.catalog.models["net"].runs[0].p99_ms.high == pytest.approx(7.25)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (SHA256, "0" * 64, f"is of other bytes, {SHA256}: measure the artifact of the catalog"),
        (f"  sha256: {SHA256}\n", "", f"is of {SHA256}: give the artifact this sha256"),
        ("class: box", "class: ipc_gpu_lineside", "is ipc_gpu_lineside here and box in"),
        ("value: 7.25", "value: 2.25", f"is 2.25 here and 7.25 in {FILE}: take the figure over"),
        ("value: 60", "value: 240", "is 240 here and 60 in"),
        ("2026-11-02", "2026-12-02", "is 2026-12-02 here and 2026-11-02 in"),
        ("net-box", "net-gone", "net-gone.yaml is not there, or is no evidence file"),
        ("catalog/evidence/", "catalog/models/", "put it into sites/catalog/evidence/"),
    ],
)
def test_what_is_not_as_measured_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = _write(tmp_path / "root", tmp_path)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    problems = read_stock(tmp_path / "root").problems
    assert any(said in each.message for each in problems), problems
    assert all(each.file == "sites/catalog/models/net.yaml" and each.line for each in problems)


def test_words_on_how_it_was_measured_are_no_file(tmp_path: Path) -> None:
    path = _write(tmp_path / "root", tmp_path)
    path.write_text(path.read_text().replace(FILE, "mean of batch 1, the model alone"))
    assert read_stock(tmp_path / "root").problems == ()
