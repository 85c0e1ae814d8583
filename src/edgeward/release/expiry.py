"""Whether signatures are good for longer than plants are dark: else they cannot update after."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from edgeward.declare.signing import Signing
from edgeward.errors import Problem
from edgeward.site import Site

_WORST = "connectivity.worst_outage_hours"
_HOURS_PER_DAY = 24


def find_short_lived(signing: Signing, sites: Iterable[Site]) -> Iterator[Problem]:
    """One for each plant whose worst outage is not shorter than what it needs is good for."""
    for site in sites:
        role, good = signing.shortest(site.name)
        dark = site.connectivity.worst_outage_hours.high
        if dark < good:
            continue
        at = site.origin(_WORST)
        known = math.isfinite(dark)
        says = f"may be dark for {dark:.0f} h" if known else "does not say how long it may be dark"
        enough = f"; give it {dark * 2 / _HOURS_PER_DAY:.0f} days or more" if known else ""
        message = f"the plant {says}, and {role} may be good for only {good:.0f} h{enough}"
        yield Problem(at.file, at.line, at.column, _WORST, message)
