"""A declared value that no file of a box can hold, with the place where it was declared."""

from __future__ import annotations

from edgeward.errors import InvalidDeclaration, Problem
from edgeward.site import Site


def invalid(site: Site, path: str, message: str) -> InvalidDeclaration:
    return InvalidDeclaration((invalid_at(site, path, message),))


def invalid_at(site: Site, path: str, message: str) -> Problem:
    origin = site.origin(path)
    return Problem(origin.file, origin.line, origin.column, path, message)
