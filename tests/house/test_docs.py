"""The docs are true: their commands run, show what they say, and their links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from edgeward.cli import main as cli
from tests.real.needs import needs
from tests.unit.report.outcomes import EVERY_STATUS
from tools.readers import LINKS

_ROOT = Path(__file__).parents[2]
_DOCS = _ROOT / "docs"
_RUN = [
    *sorted((_DOCS / "first-hour").glob("*.md")),
    _DOCS / "troubleshooting.md",
    _DOCS / "how-to" / "add-a-device-class.md",
    _DOCS / "how-to" / "add-a-model.md",
    _DOCS / "how-to" / "write-a-rule.md",
]
_BLOCK = re.compile(
    r"(?:<!-- (?:ends in (?P<code>\d+)|file: (?P<file>\S+)) -->\n)?"
    r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<to>[^)\s]+)\)")
_PAGES = sorted(
    path
    for path in (*_ROOT.glob("*.md"), *_DOCS.rglob("*.md"), *_ROOT.glob("sites/**/*.md"))
    if path.name != "requirements.md"
)


class _Reader:
    """Somebody who types what a page says, in an empty folder."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self._patch, self._capfd = monkeypatch, capfd
        self.shown = ""

    def follow(self, page: str) -> None:
        for block in _BLOCK.finditer(page):
            text = block["text"]
            named = re.match(r"# (\S+\.yaml)\n", text) if block["kind"] == "yaml" else None
            if named or block["file"]:
                path = Path(named[1] if named else block["file"])
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            elif block["kind"] == "sh":
                self.shown = ""
                codes = [self._type(line) for line in text.splitlines()]
                assert codes[-1] == int(block["code"] or 0), self.shown
                assert all(code in (0, codes[-1]) for code in codes), self.shown
            elif block["kind"] == "text" and self.shown:
                _compare(text, self.shown)

    def _type(self, line: str) -> int:
        words = shlex.split(line, comments=True)
        if words[0] == "cd":
            self._patch.chdir(words[1])
            return 0
        if words[0] != "edgeward":
            done = subprocess.run(line, shell=True, check=False)
            code = done.returncode
        else:
            self._patch.setattr(sys, "argv", words)
            with pytest.raises(SystemExit) as ended:
                cli.main()
            code = int(ended.value.code or 0)
        self.shown += "".join(self._capfd.readouterr())
        return code


def _compare(wanted: str, shown: str) -> None:
    """Every line of a `text` block stands in what was shown, wherever it was wrapped."""
    flat = " ".join(shown.split())
    for part in re.split("…|\n", wanted):
        words = " ".join(part.split())
        assert words in flat, f"{words!r} is not in:\n{shown}"


@pytest.mark.parametrize("page", _RUN, ids=lambda page: page.stem)
def test_a_page_can_be_followed(
    page: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    if page.stem == "write-a-rule":
        needs("opa")
    monkeypatch.chdir(tmp_path)
    programs = (str(Path(sys.executable).parent), str(LINKS), os.environ["PATH"])
    monkeypatch.setenv("PATH", os.pathsep.join(programs))
    _Reader(monkeypatch, capfd).follow(page.read_text(encoding="utf-8"))


def test_the_example_of_a_reporter_is_one() -> None:
    page = (_DOCS / "how-to" / "add-a-reporter.md").read_text(encoding="utf-8")
    (source,) = (block["text"] for block in _BLOCK.finditer(page) if block["kind"] == "python")
    module: dict[str, Any] = {}
    exec(source, module)
    said = module["render_lines"](EVERY_STATUS)
    assert "press: placement.ram_fits at use_cases.cap-check" in said


def _links(page: Path) -> Iterator[str]:
    prose = _BLOCK.sub("", page.read_text(encoding="utf-8"))
    for found in _LINK.finditer(re.sub(r"`[^`\n]*`", "", prose)):
        if "://" not in found["to"] and not found["to"].startswith("mailto:"):
            yield found["to"]


def _anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: str(page.relative_to(_ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in _links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{link} leads nowhere"
        if anchor:
            assert anchor in _anchors(target), f"{link}: no such heading"


def test_every_page_of_the_docs_is_in_the_index() -> None:
    index = (_DOCS / "README.md").resolve()
    linked = {(index.parent / link.partition("#")[0]).resolve() for link in _links(index)}
    pages = {*(_DOCS / "how-to").glob("*.md"), *(_DOCS / "first-hour").glob("*.md")}
    assert {*pages, *_DOCS.glob("*.md")} - {index} <= linked
