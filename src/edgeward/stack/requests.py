"""The signing requests of a plant's boxes: `sites/PLANT/identities/THING.csr`, in PEM.

A request is public: the key that made it never left the box. What looks like a private key is
refused before anything reads it, so that none gets into a stack's state.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from edgeward.errors import InvalidDeclaration, Problem

_FOLDER, _SUFFIX = "identities", ".csr"
_REQUEST = re.compile(
    r"\s*-----BEGIN (NEW )?CERTIFICATE REQUEST-----\s[A-Za-z0-9+/=\s]+"
    r"-----END (NEW )?CERTIFICATE REQUEST-----\s*"
)
_LARGEST_BYTES = 16 * 1024


def read_requests(root: Path, plant: str) -> Mapping[str, str]:
    """The requests by the name of their thing. Raises InvalidDeclaration for another file."""
    folder = root / "sites" / plant / _FOLDER
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        text = file.read_bytes()[: _LARGEST_BYTES + 1].decode("utf-8", errors="replace")
        what = _problem(file, text)
        if what is None:
            found[file.stem] = text
        else:
            problems.append(_at(plant, file.name, what))
    if problems:
        raise InvalidDeclaration(tuple(problems))
    return found


def refuse_strangers(plant: str, requests: Iterable[str], things: Iterable[str]) -> None:
    """Raises InvalidDeclaration for requests of things that the plant does not have."""
    known = sorted(things)
    strangers = sorted(set(requests) - set(known))
    if strangers:
        what = f"no box has this name; they are {', '.join(known) or 'named when they join'}"
        raise InvalidDeclaration(
            tuple(_at(plant, f"{stranger}{_SUFFIX}", what) for stranger in strangers)
        )


def _problem(file: Path, text: str) -> str | None:
    if "PRIVATE KEY" in text:
        return "holds a private key; take it out of git, make a new key on the box, commit its .csr"
    if file.suffix != _SUFFIX:
        return "only signing requests belong here, named THING.csr"
    if len(text) > _LARGEST_BYTES or not _REQUEST.fullmatch(text):
        return "no signing request in PEM; make one on the box, such as with `openssl req -new`"
    return None


def _at(plant: str, name: str, what: str) -> Problem:
    return Problem(f"sites/{plant}/{_FOLDER}/{name}", 0, 0, "", what)
