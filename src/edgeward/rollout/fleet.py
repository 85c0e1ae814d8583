"""The plants of a repository as a rollout sees them."""

from __future__ import annotations

from collections.abc import Mapping

from edgeward.declare.workspace import Workspace, load_site
from edgeward.errors import InvalidDeclaration, Problem
from edgeward.rollout.rollout import Plant
from edgeward.site import Site


def read_sites(workspace: Workspace) -> Mapping[str, Site]:
    """All plants by name. Raises InvalidDeclaration with the problems of all files."""
    found = {name: load_site(workspace, name) for name in workspace.plants}
    problems = [each for site in found.values() if isinstance(site, tuple) for each in site]
    if problems:
        raise InvalidDeclaration(tuple(problems))
    return {name: site for name, site in found.items() if isinstance(site, Site)}


def as_plants(sites: Mapping[str, Site]) -> tuple[Plant, ...]:
    """Raises InvalidDeclaration for plants that do not say when their windows are."""
    problems = [_no_zone(site) for site in sites.values() if _needs_zone(site)]
    if problems:
        raise InvalidDeclaration(tuple(problems))
    return tuple(
        Plant(
            name=name,
            timezone=site.timezone or "UTC",
            windows=site.windows.maintenance,
            freezes=site.windows.freezes,
            labels=site.labels,
            safety=any(case.criticality == "safety" for case in site.use_cases),
        )
        for name, site in sites.items()
    )


def _needs_zone(site: Site) -> bool:
    windows = site.windows
    return site.timezone is None and bool(windows.maintenance or windows.freezes)


def _no_zone(site: Site) -> Problem:
    at = site.origin("windows")
    message = "say in which time zone: timezone: Europe/Prague"
    return Problem(at.file, at.line, at.column, "timezone", message)
