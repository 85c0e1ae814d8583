"""Where the data that comes with edgeward is: in the wheel, or in the source tree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Literal

_SOURCE_TREE = {"policies": "policies", "templates": "templates", "catalog": "sites/catalog"}
_instead: ContextVar[Path | None] = ContextVar("instead", default=None)


def shipped_path(part: Literal["policies", "templates", "catalog"]) -> Path:
    """The folder of the shipped rules, templates or catalog."""
    package = Path(__file__).resolve().parent
    installed = package / "shipped" / part
    if installed.is_dir():
        return installed
    return (_instead.get() or package.parents[1]) / _SOURCE_TREE[part]


@contextmanager
def source_tree_at(root: Path) -> Iterator[None]:
    """While it lasts, what a source tree ships is read from another version of it, at `root`."""
    token = _instead.set(root)
    try:
        yield
    finally:
        _instead.reset(token)
