"""Where the page of a plant is, relative to the report's root."""

from __future__ import annotations

from urllib.parse import quote


def plant_file(name: str) -> str:
    """The path of the file."""
    return f"plants/{name}.html"


def plant_href(name: str) -> str:
    """The same as a link; a folder's name need not be Unicode."""
    return quote(plant_file(name), errors="surrogateescape")
