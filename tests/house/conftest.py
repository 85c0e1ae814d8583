"""A pull request as merged, and the machine on which the templates' steps run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.templates import ROOT, Runner, write_merged

GH = """\
echo "$@" >> "$CALLS"
case "$*" in *--jq*) cat "$COMMENTS" ;; esac
"""
PULUMI = 'echo "$@" >> "$CALLS"; test "$3" != broken'


@pytest.fixture(scope="session")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_merged(tmp_path_factory.mktemp("merged"))


@pytest.fixture
def runner(merged: Path, tmp_path: Path) -> Runner:
    machine = Runner(merged, tmp_path / "runner", {"gh": GH, "pulumi": PULUMI})
    # Where the steps that install edgeward put it; here it is this checkout's.
    (tmp_path / "runner" / "edgeward").symlink_to(ROOT / ".venv")
    machine.env |= {"CALLS": str(tmp_path / "calls"), "COMMENTS": str(tmp_path / "comments")}
    (tmp_path / "calls").write_text("")
    (tmp_path / "comments").write_text("")
    return machine
