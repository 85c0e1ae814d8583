"""Time why-not and margins of one use case in-process, on a plant of 8 use cases × 6 devices."""

from __future__ import annotations

import time
from pathlib import Path

from bench.stages import TODAY
from edgeward.decision import Placement
from edgeward.declare.workspace import select_sites
from edgeward.explore.margins import find_choices, find_margins
from edgeward.explore.outcome import find_outcome
from edgeward.explore.why_not import explain_why_not
from edgeward.session import open_session, open_variants

EXPLAINED = {"plants": 1, "use_cases": 8, "devices": 6}


def time_explaining(root: Path) -> dict[str, list[float]]:
    """Seconds for each use case: deciding for the plant, why-not, and margins if it is placed."""
    session = open_session(root, TODAY)
    (name,) = select_sites(session.workspace)
    spent: dict[str, list[float]] = {"deciding": [], "why not": [], "margins": []}
    for use_case in open_variants(session, name).site().use_cases:
        variants = open_variants(session, name)
        started = time.perf_counter()
        found = find_outcome(variants.decide(), use_case.name)
        decided = time.perf_counter()
        explain_why_not(variants, use_case)
        explained = time.perf_counter()
        spent["deciding"].append(decided - started)
        spent["why not"].append(explained - decided)
        if isinstance(found, Placement):
            find_margins(variants, found)
            find_choices(variants, found)
            spent["margins"].append(time.perf_counter() - explained)
    return spent
