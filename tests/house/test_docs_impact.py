"""The example of a rule change in the docs is what the change does to the example plants."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from edgeward.impact import measure_impact
from edgeward.report.impact import render_impact

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "write-a-rule.md"
BLOCK = re.compile(r"<!-- impact of: (?P<change>.*) -->\n```text\n(?P<shown>.*?)\n```", re.DOTALL)
GIT = ("git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")


def test_the_example_shows_what_the_change_does(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    page = PAGE.read_text(encoding="utf-8")
    found = BLOCK.search(page)
    assert found is not None
    ignore = shutil.ignore_patterns("catalog")
    shutil.copytree(ROOT / "sites", tmp_path / "sites", ignore=ignore)
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "base")):
        subprocess.run([*GIT, *arguments], cwd=tmp_path, check=True)
    fleet = tmp_path / "sites" / "fleet.yaml"
    fleet.write_text(f"{fleet.read_text()}\nthresholds: {{{found['change']}}}\n")
    done = render_impact(measure_impact(tmp_path, "HEAD", date(2026, 11, 23)), "text")
    if request.config.getoption("--update-golden"):
        PAGE.write_text(page.replace(found["shown"], done), encoding="utf-8")
    else:
        assert found["shown"] == done, "review it with --update-golden"
