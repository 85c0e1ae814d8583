"""docs/reference is what the program says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from edgeward.cli import reference
from edgeward.cli.main import _VERBS

_ROOT = Path(__file__).parents[3]


def test_every_verb_has_its_options_in_the_page() -> None:
    page = reference.cli_page()
    for verb in _VERBS:
        assert f"\n## edgeward {verb}\n" in page
    assert "\n## edgeward policy impact\n" in page
    assert "| `--locked` | Also fail where the committed decision is stale. |" in page


def test_a_key_of_a_map_in_a_list_is_found_with_its_unit_and_bounds() -> None:
    page = reference.reference_pages()["site.md"]
    section = page.partition("\n## use_cases\n")[2].partition("\n## ")[0]
    assert "| `latency.budget_ms` |" in section
    assert "| `criticality` |" in section
    assert "`advisory`, `quality`, `production`, `safety`" in section


def test_a_stale_page_is_named_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "docs" / "reference"
    folder.mkdir(parents=True)
    (folder / "gone.md").write_text("of a kind that is gone")
    monkeypatch.chdir(tmp_path)
    assert reference.main(["--check"]) == 1
    assert "gone.md is stale" in capsys.readouterr().err
    assert reference.main([]) == 0
    assert reference.main(["--check"]) == 0
    assert not (folder / "gone.md").exists()
