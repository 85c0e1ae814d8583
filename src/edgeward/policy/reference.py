"""`python -m edgeward.policy.reference`: the reference of the shipped rules, from their metadata.

With `--check` nothing is written; stale pages are named.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from edgeward.errors import EdgewardError
from edgeward.policy.rule import Rule
from edgeward.policy.rule_set import load_rules
from edgeward.shipped import shipped_path
from edgeward.write import write_file_atomically

_STAGES = {
    "permit": "before anything is placed",
    "assert": "on the decision",
    "judge": "on the cloud resources",
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m edgeward.policy.reference")
    parser.add_argument("--check", action="store_true", help="name stale pages, write nothing")
    options = parser.parse_args(arguments)
    root = shipped_path("policies").parent
    folder = root / "docs" / "policies"
    try:
        pages = reference_pages(load_rules(root).rules)
        if not options.check:
            _write(pages, folder)
            return 0
        stale = stale_pages(pages, folder)
    except EdgewardError as error:
        sys.stderr.write(f"{error}\n")
        return int(error.exit_code)
    for name in stale:
        sys.stderr.write(f"docs/policies/{name}: is not what the rules say of themselves\n")
    return 1 if stale else 0


def reference_pages(rules: Sequence[Rule]) -> Mapping[str, str]:
    """The pages in Markdown by file name, one a category."""
    by_category = groupby(sorted(rules, key=lambda rule: rule.id), key=lambda rule: rule.category)
    return {f"{category}.md": _page(category, list(of)) for category, of in by_category}


def stale_pages(pages: Mapping[str, str], folder: Path) -> list[str]:
    """The names of pages that are missing, not as generated, or of no category any more."""
    present = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in {*pages, *present} if pages.get(name) != present.get(name))


def _write(pages: Mapping[str, str], folder: Path) -> None:
    for name in stale_pages(pages, folder):
        if name in pages:
            write_file_atomically(folder / name, pages[name].encode())
        else:
            (folder / name).unlink()


def _page(category: str, rules: Sequence[Rule]) -> str:
    head = f"# Rules: {category}\n\nGenerated from the metadata of `policies/{category}/`.\n"
    return "\n".join((head, *map(_section, rules)))


def _section(rule: Rule) -> str:
    lines = [
        f"## {rule.id}",
        "",
        f"**{rule.title}.** {rule.description}",
        "",
        f"- Says: {rule.message}",
        f"- What to do: {rule.remediation}",
        f"- {rule.severity.capitalize()}, {rule.requirement}; judged {_STAGES[rule.stage]}, "
        f"for each {rule.subject.replace('_', ' ')}{_condition(rule)}",
        f"- Needs: {_code(rule.needs)}",
    ]
    if rule.thresholds:
        lines.append(f"- Thresholds: {_code(rule.thresholds)}")
    if not rule.waivable:
        lines.append("- Allows no waiver")
    lines += [f"- See: <{link}>" for link in rule.related_resources]
    return "\n".join((*lines, ""))


def _condition(rule: Rule) -> str:
    wanted = [
        f"`{path}` is {' or '.join(map(_word, values))}"
        for path, values in sorted(rule.applies_when.items())
    ]
    return f" where {' and '.join(wanted)}" if wanted else ""


def _word(value: str | bool) -> str:
    return value if isinstance(value, str) else "yes" if value else "no"


def _code(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    sys.exit(main())
