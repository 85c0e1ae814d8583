"""A declaration in a file of its own: read, checked against its schema, named as its file.

Each is read once as long as it does not change: all plants of a repository may ask for it.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from edgeward.declare.load import load
from edgeward.declare.nodes import Node
from edgeward.declare.shelf import read_bytes
from edgeward.declare.validate import validate
from edgeward.errors import InvalidDeclaration, Problem


def read_document(path: Path, file: str, kind: str) -> Node:
    """The tree of a valid file; `file` is its name in messages.

    Raises InvalidDeclaration with all that is wrong with it.
    """
    try:
        stamp = path.stat()
        return _read(path, file, kind, stamp.st_mtime_ns, stamp.st_size)
    except OSError as error:
        raise InvalidDeclaration(
            (Problem(file, 0, 0, "", f"cannot be read: {error.strerror}"),)
        ) from error


@lru_cache(maxsize=256)
def _read(path: Path, file: str, kind: str, _changed: int, _size: int) -> Node:
    data = read_bytes(path)
    parsed = load(data, file)
    problems = parsed.problems
    if parsed.tree is not None:
        problems = (*problems, *validate(parsed.tree, kind))
    if parsed.tree is None or problems:
        raise InvalidDeclaration(tuple(problems))
    if parsed.tree.word("name") != path.stem:
        message = f"the file is called `{path.name}`: give both one name"
        raise InvalidDeclaration((Problem(file, 1, 1, "name", message),))
    return parsed.tree
