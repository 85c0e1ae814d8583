"""Where the data that comes with edgeward is: in the wheel, or in the source tree."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_SOURCE_TREE = {"policies": "policies", "templates": "templates", "catalog": "sites/catalog"}


def shipped_path(part: Literal["policies", "templates", "catalog"]) -> Path:
    """The folder of the shipped rules, templates or catalog."""
    package = Path(__file__).resolve().parent
    installed = package / "shipped" / part
    return installed if installed.is_dir() else package.parents[1] / _SOURCE_TREE[part]
