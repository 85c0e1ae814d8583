from __future__ import annotations

from pathlib import Path

import pytest

from edgeward.declare.code_owners import read_code_owners


def _owners(root: Path, text: str, place: str = "CODEOWNERS") -> tuple[str, ...]:
    (root / place).parent.mkdir(parents=True, exist_ok=True)
    (root / place).write_text(text)
    return read_code_owners(root).of("sites/brno/site.yaml")


@pytest.mark.parametrize(
    ("pattern", "owned"),
    [
        ("*", True),
        ("*.yaml", True),
        ("site.yaml", True),
        ("sites/", True),
        ("/sites/", True),
        ("brno/", True),
        ("sites/brno", True),
        ("/sites/*/site.yaml", True),
        ("/sites/**/site.yaml", True),
        ("**/brno/*", True),
        ("/sites/*.yaml", False),
        ("/brno/", False),
        ("sites/lyon/", False),
        ("site.yml", False),
        ("sites/bxno/site-yaml", False),
    ],
)
def test_a_pattern_means_what_the_forge_makes_of_it(
    pattern: str, owned: bool, tmp_path: Path
) -> None:
    assert _owners(tmp_path, f"{pattern} a@example.com\n") == (("a@example.com",) if owned else ())


def test_the_last_pattern_that_matches_wins_and_may_name_nobody(tmp_path: Path) -> None:
    lines = "# all\n* a@example.com\n\nsites/ b@example.com @team # plants\n[section]\n/docs/ c\n"
    assert _owners(tmp_path, lines) == ("b@example.com", "@team")
    assert _owners(tmp_path, lines + "sites/brno/\n") == ()


def test_a_repository_without_the_file_names_nobody(tmp_path: Path) -> None:
    assert read_code_owners(tmp_path).of("sites/brno/site.yaml") == ()
    assert _owners(tmp_path, "* a@example.com\n", ".github/CODEOWNERS") == ("a@example.com",)
