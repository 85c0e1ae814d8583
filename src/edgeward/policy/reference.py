"""`python -m edgeward.policy.reference`: the reference of the shipped rules, from their metadata.

With `--check` nothing is written; stale pages are named.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from edgeward.errors import EdgewardError
from edgeward.policy.reference_page import category_page, index_page
from edgeward.policy.rule import Rule
from edgeward.policy.rule_set import load_rules
from edgeward.policy.thresholds import load_thresholds
from edgeward.shipped import shipped_path
from edgeward.write import write_file_atomically

INDEX = "README.md"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m edgeward.policy.reference")
    parser.add_argument("--check", action="store_true", help="name stale pages, write nothing")
    options = parser.parse_args(arguments)
    root = shipped_path("policies").parent
    folder = root / "docs" / "policies"
    try:
        pages = reference_pages(load_rules(root).rules, load_thresholds(root, {}))
        if not options.check:
            write_pages(pages, folder)
            return 0
        stale = stale_pages(pages, folder)
    except EdgewardError as error:
        sys.stderr.write(f"{error}\n")
        return int(error.exit_code)
    for name in stale:
        sys.stderr.write(f"docs/policies/{name}: is not what the rules say of themselves\n")
    return 1 if stale else 0


def reference_pages(rules: Sequence[Rule], thresholds: Mapping[str, Any]) -> Mapping[str, str]:
    """The pages in Markdown by file name: an index, and one a category."""
    ordered = sorted(rules, key=lambda rule: rule.id)
    by_category = groupby(ordered, key=lambda rule: rule.category)
    pages = {f"{name}.md": category_page(name, list(of), thresholds) for name, of in by_category}
    return {INDEX: index_page(ordered), **pages}


def stale_pages(pages: Mapping[str, str], folder: Path) -> list[str]:
    """The names of pages that are missing, not as generated, or of no category any more."""
    present = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in {*pages, *present} if pages.get(name) != present.get(name))


def write_pages(pages: Mapping[str, str], folder: Path) -> None:
    """Write the stale pages; one of a category that is gone goes too."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in stale_pages(pages, folder):
        if name in pages:
            write_file_atomically(folder / name, pages[name].encode())
        else:
            (folder / name).unlink()


if __name__ == "__main__":
    sys.exit(main())
