"""A reader that is absent is named, and is a failure where it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import readers


@pytest.fixture
def only_nft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "nft"
    program.write_text("")
    program.chmod(0o755)
    monkeypatch.setattr(readers, "LINKS", tmp_path)
    monkeypatch.setattr(readers, "SYSTEM_FOLDERS", ())
    monkeypatch.setenv("PATH", "")


@pytest.mark.usefixtures("only_nft")
@pytest.mark.parametrize(("real", "code"), [("0", 0), ("1", 1)])
def test_absent_readers_are_named_and_fail_only_where_asked_for(
    real: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REAL", real)
    monkeypatch.delenv("CI", raising=False)
    assert readers.main() == code
    said = capsys.readouterr().out
    assert "mosquitto " in said
    assert "nft " not in said
