"""Docker's own reader takes every box's compose file, and a broken copy is refused."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.real.needs import needs
from tests.real.readers.bundles import bundles_of, unpack
from tests.real.readers.packs import COMPOSE, break_file, bundles_with
from tests.samples import CAP_CHECK, SITE
from tests.unit.bundle.rendering import render


@pytest.fixture(autouse=True)
def _programs() -> None:
    needs("compose-check")


def read_compose(folder: Path) -> str:
    """What Docker's reader refuses with; empty for a good bundle."""
    command = [str(needs("compose-check")), str(folder / COMPOSE)]
    # Nothing of this machine's environment may decide what the file means.
    told = subprocess.run(command, capture_output=True, text=True, check=False, env={})
    return told.stderr.strip()


def test_every_compose_file_is_taken_without_a_word(tmp_path: Path) -> None:
    bundles = bundles_with(COMPOSE)
    assert len(bundles) >= 5
    for number, bundle in enumerate(bundles):
        assert read_compose(unpack(bundle, tmp_path / f"{number}")) == ""


BROKEN = {
    "an unknown key": (r"^    read_only:", "    read_onyl:", "read_onyl"),
    "a word for memory": (r"mem_limit: .*", "mem_limit: lots", "lots"),
    "a secret that is not there": (r"source: \"cap-check-key\"", 'source: "none"', "none"),
    "a variable that is not set": (
        r"read_only: true$",
        'read_only: "${READ_ONLY}"',
        "READ_ONLY|read",
    ),
    "no image": (r"^    image: .*", "", "image"),
    "a broken line": (r"^services:", "services", "yaml|could not find"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_copy_is_refused(name: str, tmp_path: Path) -> None:
    pattern, replacement, complaint = BROKEN[name]
    folder = unpack(bundles_of("made-up-answers")[0], tmp_path)
    if "cap-check" not in (folder / COMPOSE).read_text():
        folder = unpack(render()[0], tmp_path / "sample")
    break_file(folder / COMPOSE, pattern, replacement)
    assert read_compose(folder) != "", complaint


@pytest.mark.parametrize("text", ["${HOME} $$ $(x)", "{{ x }}", 'a" : b # c', "- x\n- y", "é ü 中"])
def test_no_text_is_replaced_or_refused(text: str, tmp_path: Path) -> None:
    site = replace(SITE, title=text, use_cases=(replace(CAP_CHECK, action=text),))
    assert read_compose(unpack(render(site)[0], tmp_path)) == ""
