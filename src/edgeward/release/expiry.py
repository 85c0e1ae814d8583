"""Whether signatures are good for longer than plants are dark: else they cannot update after."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from edgeward.errors import Problem
from edgeward.release.keys import ReleaseKeys
from edgeward.site import Site

_WORST = "connectivity.worst_outage_hours"
_HOURS_PER_DAY = 24


def find_short_lived(keys: ReleaseKeys, sites: Iterable[Site]) -> Iterator[Problem]:
    """One for each plant whose worst outage is not shorter than what it needs is good for.

    Roles are signed anew past half of their time, so a plant may be left with that half.
    """
    for site in sites:
        role, days = _shortest(keys, site.name)
        good, dark = days * _HOURS_PER_DAY / 2, site.connectivity.worst_outage_hours.high
        if dark < good:
            continue
        at = site.origin(_WORST)
        known = math.isfinite(dark)
        says = f"may be dark for {dark:.0f} h" if known else "does not say how long it may be dark"
        enough = f"; give it {dark * 2 / _HOURS_PER_DAY:.0f} days or more" if known else ""
        message = f"the plant {says}, and {role} may be good for only {good:.0f} h{enough}"
        yield Problem(at.file, at.line, at.column, _WORST, message)


def _shortest(keys: ReleaseKeys, site: str) -> tuple[str, int]:
    roles = {f"roles.{name}": role.days for name, role in keys.roles.items() if name != "plants"}
    plant = f"plants.{site}" if site in keys.plants else "roles.plants"
    roles[plant] = keys.of_plant(site).days
    return min(roles.items(), key=lambda each: each[1])
