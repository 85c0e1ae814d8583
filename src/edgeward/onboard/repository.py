"""The files of a new repository that uses the installed edgeward."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from edgeward.declare.editor_schema import schema_files
from edgeward.errors import UsageError
from edgeward.onboard.name import plant_name
from edgeward.onboard.site_text import scalar
from edgeward.write import OutputFile

_REVIEW_DAYS = 90
_STARTER = Path(__file__).with_name("starter")
_FILES = {
    "README.md": "README.md",
    "Makefile": "Makefile",
    "requirements.txt": "requirements.txt",
    ".gitignore": "gitignore",
    "Pulumi.yaml": "Pulumi.yaml",
    "sites/fleet.yaml": "fleet.yaml",
    "sites/example-line/site.yaml": "site.yaml",
    "policies/README.md": "policies.md",
}
_STACK_PROGRAM = b"from edgeward_stacks.program import run\n\nrun()\n"
CI_FILES = {
    "github": (".github/workflows/edgeward.yaml", "github.yaml"),
    "gitlab": (".gitlab-ci.yml", "gitlab.yaml"),
}


# What a forge puts into a new repository may stay.
_KEPT = ("README.md", ".gitignore")


def repository_files(folder: Path, forge: str, version: str, today: date) -> tuple[OutputFile, ...]:
    """Those to be written for a repository in `folder`, checked by the CI of `forge`.

    Raises UsageError where one is there already; a README.md or .gitignore stays as it is.
    """
    if os.path.lexists(folder / "sites"):
        raise UsageError(f"{folder} has plants already (sites): add one with edgeward new")
    words = {
        "title": scalar(folder.name),
        "name": plant_name(folder.name),
        "version": version,
        "review_by": (today + timedelta(days=_REVIEW_DAYS)).isoformat(),
    }
    files = tuple(_files(forge, words))
    there = [each.path for each in files if os.path.lexists(folder / each.path)]
    taken = [path for path in there if path not in _KEPT]
    if taken:
        rest = f", and {len(taken) - 1} more of its files" if taken[1:] else ""
        raise UsageError(
            f"{folder} has {taken[0]} already{rest}: "
            "name an empty folder, or move what is there away"
        )
    return tuple(each for each in files if each.path not in there)


def _files(forge: str, words: Mapping[str, str]) -> Iterator[OutputFile]:
    for path, source in (*_FILES.items(), CI_FILES[forge]):
        text = (_STARTER / source).read_text(encoding="utf-8")
        for key, word in words.items():
            text = text.replace(f"{{{key}}}", word)
        yield OutputFile(path, text.encode())
    yield OutputFile("stacks/__main__.py", _STACK_PROGRAM)
    for each in schema_files():
        yield OutputFile(f"docs/schema/{each.path}", each.content)
