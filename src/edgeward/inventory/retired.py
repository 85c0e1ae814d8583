"""Whether what was retired is gone: the proof that a checklist ends with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from edgeward.inventory.compare import DeclaredBox
from edgeward.inventory.reported import Reported
from edgeward.site import Site


def say_retired(
    sites: Iterable[Site], declared: Sequence[DeclaredBox], last: Mapping[str, Reported]
) -> Iterator[str]:
    """A line for each retired use case: the boxes that still run it, or that none does.

    `last` is the latest report of each box. A box that never said what it runs proves nothing.
    """
    for site in sites:
        reports = [each for each in last.values() if each.site == site.name]
        boxes = {box.name for box in declared if box.site == site.name}
        told = {each.name for each in reports if each.use_cases is not None}
        unheard = boxes.union(each.name for each in reports) - told
        for case in site.use_cases:
            if case.stage == "retired":
                holders = [each.name for each in reports if case.name in (each.use_cases or ())]
                yield f"{site.name}: {case.name} is retired, {_where(holders, unheard, reports)}"


def _where(holders: list[str], unheard: set[str], reports: list[Reported]) -> str:
    if holders:
        return f"and still runs on {', '.join(sorted(holders))}"
    if unheard:
        return f"and not known to be gone: {', '.join(sorted(unheard))} did not say"
    if not reports:
        return "and not known to be gone: no box of the plant reports"
    oldest = min(each.at for each in reports)
    return f"and no box runs it any more ({len(reports)} reports, from {oldest:%Y-%m-%d %H:%M} UTC)"
