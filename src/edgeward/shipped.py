"""Where the data that comes with edgeward is: in the wheel, or in the source tree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from pathlib import Path
from typing import Literal

SOURCE_TREE = "src/edgeward/__init__.py"
"""What only a source tree of edgeward itself has."""
_SHIPS = {"policies": "policies", "templates": "templates", "catalog": "sites/catalog"}
_instead: ContextVar[Path | None] = ContextVar("instead", default=None)


def shipped_path(part: Literal["policies", "templates", "catalog"]) -> Path:
    """The folder of the shipped rules, templates or catalog."""
    package = Path(__file__).resolve().parent
    installed = package / "shipped" / part
    if installed.is_dir():
        return installed
    return (_instead.get() or package.parents[1]) / _SHIPS[part]


@contextmanager
def source_tree_at(root: Path) -> Iterator[None]:
    """While it lasts, what a source tree ships is read from another version of it, at `root`."""
    token = _instead.set(root)
    try:
        yield
    finally:
        _instead.reset(token)


def reading(root: Path) -> AbstractContextManager[None]:
    """While it lasts, what a version of a repository ships is shipped, if it is edgeward's own."""
    return source_tree_at(root) if (root / SOURCE_TREE).is_file() else nullcontext()
