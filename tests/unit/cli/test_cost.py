"""`edgeward cost` on real files: what it prints and the codes that it ends in."""

from __future__ import annotations

import csv
import io
import shutil
import sys
from pathlib import Path

import pytest

from edgeward.cli import main as cli
from edgeward.errors import ExitCode

_EXAMPLES = Path(__file__).parents[3] / "sites"
_PLANT, _SCENARIO = "teck-haul-trucks", "ten-lines-one-plant"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(_EXAMPLES / _PLANT, tmp_path / "sites" / _PLANT)
    shutil.copytree(_EXAMPLES / "scenarios", tmp_path / "sites" / "scenarios")
    shutil.copy(_EXAMPLES / "fleet.yaml", tmp_path / "sites" / "fleet.yaml")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["edgeward", "cost", "--now", "2026-11-23", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_the_table_has_every_permitted_place_and_the_doubts(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, _PLANT, "--now", "2027-08-20") == ExitCode.CLEAN
    printed = capsys.readouterr().out
    assert "cloud (chosen)" in printed
    assert "mine-server" in printed
    assert "never" in printed
    assert "price over a year old: cloudwatch_alarm" in printed


def test_a_scenario_is_explained(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "--scenario", _SCENARIO) == ExitCode.CLEAN
    assert "grows fastest" in capsys.readouterr().out
    assert _run(monkeypatch, "--scenario", "unheard-of") == ExitCode.INVALID


def test_a_spreadsheet_goes_into_a_file(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "--format", "xlsx") == ExitCode.INVALID
    assert "give --out" in capsys.readouterr().err
    pytest.importorskip("xlsxwriter")
    target = repository / "cost.xlsx"
    assert _run(monkeypatch, "--format", "xlsx", "--out", str(target)) == ExitCode.CLEAN
    assert target.read_bytes().startswith(b"PK")


def test_a_plant_that_cannot_be_read_is_named_and_the_others_are_costed(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = repository / "sites" / "broken"
    broken.mkdir()
    (broken / "site.yaml").write_text("kind: Site\nnam: broken\n", encoding="utf-8")
    assert _run(monkeypatch, "--format", "csv") == ExitCode.INVALID
    out, err = capsys.readouterr()
    assert {row["plant"] for row in csv.DictReader(io.StringIO(out))} == {_PLANT}
    assert "sites/broken/site.yaml" in err
