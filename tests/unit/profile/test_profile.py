"""A real model under a real load, and the figures of times that are known."""

from __future__ import annotations

import hashlib
from itertools import count
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from edgeward.cli.main import edgeward
from edgeward.errors import UsageError
from edgeward.profile.evidence import throttle_count
from edgeward.profile.load import keep_running, summarise

pytest.importorskip("onnxruntime")


def _field(number: int, value: int | bytes) -> bytes:
    """One field of a protocol buffer: a small number, or bytes."""
    if isinstance(value, int):
        return bytes([number << 3, value])
    return bytes([number << 3 | 2, len(value)]) + value


def make_model(*lengths: int | str) -> bytes:
    """The smallest ONNX model: y = relu(x) on floats; a word is a length that is left open."""
    dims = b"".join(
        _field(1, _field(1, each) if isinstance(each, int) else _field(2, each.encode()))
        for each in lengths
    )
    kind = _field(2, _field(1, _field(1, 1) + _field(2, dims)))
    node = _field(1, b"x") + _field(2, b"y") + _field(4, b"Relu")
    graph = _field(1, node) + _field(2, b"g")
    graph += _field(11, _field(1, b"x") + kind) + _field(12, _field(1, b"y") + kind)
    return _field(1, 8) + _field(7, graph) + _field(8, _field(1, b"") + _field(2, 13))


def _profile(model: Path, *more: str) -> Result:
    out = str(model.with_suffix(".evidence.yaml"))
    given = ["profile", str(model), "--class", "box", "--out", out, "--minutes", "0.002", *more]
    return CliRunner().invoke(edgeward, given, standalone_mode=False)


def test_evidence_is_bound_to_the_bytes_and_the_class(tmp_path: Path) -> None:
    model = tmp_path / "relu.onnx"
    model.write_bytes(make_model(1, 8))
    done = _profile(model, "--precision", "fp32", "--at", "2027-01-04T00:00:00Z")
    assert done.exception is None, done.exception
    found = yaml.safe_load((tmp_path / "relu.evidence.yaml").read_bytes())
    assert found["model"]["sha256"] == hashlib.sha256(model.read_bytes()).hexdigest()
    assert (found["class"], found["precision"]) == ("box", "fp32")
    latency = found["latency_ms"]
    assert 0 < latency["p50"] <= latency["p90"] <= latency["p99"] <= latency["max"]
    assert found["inferences"] >= 10
    assert found["peak_ram_mb"] > 10
    assert "measured_on: '2027-01-04'" in (tmp_path / "relu.evidence.yaml").read_text()
    assert "evidence: " in done.output


def test_an_open_length_has_to_be_said(tmp_path: Path) -> None:
    model = tmp_path / "relu.onnx"
    model.write_bytes(make_model("batch", 8))
    said = _profile(model).exception
    assert isinstance(said, UsageError)
    assert "the input x is batchx8: say how long" in str(said)
    assert _profile(model, "--shape", "x=2x8").exception is None
    assert "--shape y: the model has x" in str(
        _profile(model, "--shape", "y=1", "--shape", "x=2x8").exception
    )
    assert "write it as INPUT=" in str(_profile(model, "--shape", "x=0x8").exception)


def test_what_is_no_model(tmp_path: Path) -> None:
    model = tmp_path / "relu.onnx"
    model.write_bytes(b"not a model")
    assert "cannot be run" in str(_profile(model).exception)
    assert not (tmp_path / "relu.evidence.yaml").exists()


def test_figures_of_known_times() -> None:
    measured = summarise([float(each) for each in range(1, 101)])
    assert (measured.p50_ms, measured.p90_ms, measured.p99_ms, measured.max_ms) == (50, 90, 99, 100)
    assert (measured.first_p50_ms, measured.last_p50_ms) == (5, 95)
    assert measured.slows_down
    assert not summarise([5.0] * 100).slows_down


def test_it_runs_as_long_as_asked() -> None:
    """By a clock that goes on by a second at each look; ten runs at the least."""
    ran = count()
    clock = count()
    assert keep_running(lambda: next(ran), 5, lambda: next(clock)).count == 10
    assert keep_running(lambda: next(ran), 60, lambda: next(clock)).count == 60


def test_throttling_is_counted_where_the_machine_does(tmp_path: Path) -> None:
    assert throttle_count(tmp_path) is None
    for number in range(2):
        folder = tmp_path / f"sys/devices/system/cpu/cpu{number}/thermal_throttle"
        folder.mkdir(parents=True)
        (folder / "core_throttle_count").write_text("3\n")
    assert throttle_count(tmp_path) == 6
