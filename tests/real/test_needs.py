"""A real test without its program is left out, or fails where it is asked for, naming it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real.needs import needs
from tools import readers


@pytest.fixture(autouse=True)
def _bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "LINKS", tmp_path)
    monkeypatch.setattr(readers, "SYSTEM_FOLDERS", ())
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("REAL", raising=False)
    monkeypatch.delenv("CI", raising=False)


def test_without_its_program_a_test_is_left_out() -> None:
    with pytest.raises(pytest.skip.Exception, match="mosquitto is not on this machine"):
        needs("mosquitto")


@pytest.mark.parametrize(("variable", "value"), [("REAL", "1"), ("CI", "true")])
def test_where_it_is_asked_for_the_test_fails(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(pytest.fail.Exception, match="mosquitto is not on this machine"):
        needs("mosquitto")


def test_with_its_program_it_runs(tmp_path: Path) -> None:
    program = tmp_path / "mosquitto"
    program.write_text("")
    program.chmod(0o755)
    assert needs("mosquitto") == program
