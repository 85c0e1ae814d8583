"""CODEOWNERS from the fleet file and the plants, so that an approval is a recorded review.

Everything belongs to the fleet's approvers; a plant's folder also to its owner and to those who
approve its use cases. The fleet file says which accounts of the forge speak for a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from edgeward.declare.code_owners import PLACES
from edgeward.declare.plant import PlantSource
from edgeward.declare.workspace import Workspace, load_source
from edgeward.errors import InvalidDeclaration, Problem, UsageError

_HEAD = "# Written by `edgeward owners` from sites/fleet.yaml and the plants: change those.\n"
_ACCOUNT = re.compile(r"@[\w./-]+|[^@\s#]+@[^@\s#]+")


def place_of(root: Path) -> Path:
    """Where CODEOWNERS is; else in the folder of the forge, if there is one, or at the root."""
    found = [place for place in PLACES if (root / place).is_file()]
    forges = [place for place in PLACES if place[0] == "." and (root / place).parent.is_dir()]
    return root / (*found, *forges, "CODEOWNERS")[0]


def refuse_foreign(place: Path) -> None:
    """Raises UsageError for a file with lines that edgeward did not write."""
    if place.is_file() and not place.read_text(errors="replace").startswith(_HEAD):
        raise UsageError(
            f"{place}: is not written by edgeward; move its lines into `approvers` and `accounts` "
            "of sites/fleet.yaml and the owners of plants, and remove it"
        )


def write_owners(workspace: Workspace) -> str:
    """The text of the file. Raises InvalidDeclaration for plants that cannot be read."""
    fleet = workspace.approvers
    lines = [_line("*", fleet, workspace)]
    problems: list[Problem] = []
    for name in workspace.plants:
        source = load_source(workspace, name)
        if isinstance(source, PlantSource):
            lines.append(_line(f"/sites/{name}/", (*fleet, *_people(source)), workspace))
        else:
            problems += source
    if problems:
        raise InvalidDeclaration(tuple(problems))
    return _HEAD + "".join(lines)


def _people(source: PlantSource) -> Iterator[str]:
    """The plant's owner and the approver of each use case."""
    cases = source.tree.items.get("use_cases")
    words = [source.tree.word("owner")]
    words += [case.word("updates.approver") for case in (cases.members if cases else ())]
    return filter(None, words)


def _line(pattern: str, people: Iterable[str], workspace: Workspace) -> str:
    """One line; who has no account is named in a comment, nobody at all leaves the line out."""
    names = tuple(dict.fromkeys(people))
    accounts = [account for name in names for account in workspace.speak_for(name)]
    known = [each for each in dict.fromkeys(accounts) if _ACCOUNT.fullmatch(each)]
    silent = [each for each in names if not set(workspace.speak_for(each)) & set(known)]
    told = "".join(f"# {pattern} without an account: {' '.join(each.split())}\n" for each in silent)
    return told + (f"{pattern} {' '.join(known)}\n" if known else "")
