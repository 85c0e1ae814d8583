"""The report as a browser shows it: quiet, alone, readable, and as wide as the window."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest

from tests.real.needs import needs
from tests.real.readers.bundles import EXAMPLES, ROOT
from tests.real.readers.chromium import Chromium, Look

WIDTHS = (360, 1440)
SCHEMES = ("light", "dark")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    needs("chromium")
    with Chromium(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("report") / "out"
    command = [sys.executable, "-m", "edgeward.cli.main", "build", "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    report = out / "report"
    assert report.is_dir(), done.stderr
    return report


def test_every_page_is_quiet_readable_and_as_wide_as_the_window(
    browser: Chromium, report: Path, subtests: pytest.Subtests
) -> None:
    pages = [report / "index.html", *sorted((report / "plants").glob("*.html"))]
    assert [page.stem for page in pages] == ["index", *EXAMPLES]
    for page in pages:
        for width, scheme, look in _looks(browser, page):
            with subtests.test(page=page.stem, width=width, scheme=scheme):
                assert (look.errors, look.requests) == ((), ())
                assert (look.too_wide, look.faint, look.barriers) == ((), (), ())
                assert look.links
                assert [link for link in look.links if not _leads_somewhere(link)] == []


def test_every_document_is_quiet_readable_and_as_wide_as_the_window(
    browser: Chromium, report: Path, subtests: pytest.Subtests
) -> None:
    pages = sorted((report / "documents" / "bottling-brno").glob("*.html"))
    assert len({page.stem.partition("-")[0] for page in pages}) == 8
    for page in pages:
        for width, scheme, look in _looks(browser, page):
            with subtests.test(page=page.stem, width=width, scheme=scheme):
                assert (look.errors, look.requests) == ((), ())
                assert (look.too_wide, look.faint, look.barriers) == ((), (), ())


def test_every_brief_and_every_card_is_one_page(browser: Chromium, report: Path) -> None:
    pages = [*report.glob("documents/*/brief-*.html"), *report.glob("documents/*/card-*.html")]
    assert len({page.parent for page in pages}) == len(EXAMPLES)
    assert {page.name for page in pages if browser.print_pages(page) != 1} == set()


def test_the_fleet_is_filtered_without_a_script(browser: Chromium, report: Path) -> None:
    shown = "[...document.querySelectorAll('.matrix tbody tr')].filter(r => r.offsetParent).length"
    browser.look_at(report / "index.html", 1440, "light")
    assert browser.evaluate(shown) == len(EXAMPLES)
    browser.evaluate("document.querySelector('#only-is-not_ready').click()")
    assert browser.evaluate(shown) == 1


def _looks(browser: Chromium, page: Path) -> Iterator[tuple[int, str, Look]]:
    for width in WIDTHS:
        for scheme in SCHEMES:
            yield width, scheme, browser.look_at(page, width, scheme)


def _leads_somewhere(link: str) -> bool:
    """Whether the file is there, and in it the place that the link names."""
    parts = urlparse(link)
    if parts.scheme != "file":
        return parts.scheme == "https"
    file = Path(unquote(parts.path))
    if not file.is_file():
        return False
    return not parts.fragment or f'id="{unquote(parts.fragment)}"' in file.read_text("utf-8")


BROKEN = {
    "errors": "<script>console.error('no')</script>",
    "requests": '<img src="missing.png" alt="a picture">',
    "too_wide": '<p style="width: 1500px">wide</p>',
    "faint": '<p style="background: #fff; color: #999">faint</p>',
    "barriers": "<button></button>",
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_page_is_noticed(fault: str, browser: Chromium, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    start = '<!DOCTYPE html><html lang="en"><title>broken</title><body>'
    page.write_text(start + BROKEN[fault])
    look = browser.look_at(page, 1440, "light")
    found = {name for name in BROKEN if getattr(look, name)}
    assert fault in found
    # What is missing is an error in the console too, and what is faint also a barrier.
    assert found <= {fault, "errors", "barriers"}


def test_a_link_to_nowhere_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<p id="here">')
    found = [page.as_uri(), f"{page.as_uri()}#here", f"{page.as_uri()}#there", f"{page.as_uri()}l"]
    assert [_leads_somewhere(link) for link in found] == [True, True, False, False]


def test_a_wide_table_may_scroll_in_its_own_frame(browser: Chromium, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    inside = '<div style="overflow-x: auto"><p style="width: 2000px">wide</p></div>'
    page.write_text(f"<!DOCTYPE html><title>framed</title>{inside}")
    assert browser.look_at(page, 360, "dark").too_wide == ()
