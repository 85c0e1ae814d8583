"""What a change does, for people at a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from edgeward.diff.change import FleetDiff, PlantDiff
from edgeward.report.change_answers import tell_answers
from edgeward.report.change_words import (
    summarise_fleet,
    summarise_plant,
    tell_approvers,
    tell_plant,
    tell_shared,
)
from edgeward.report.mark import Plain
from edgeward.report.text import COLUMNS, printable

_MARK = Plain()


def render_change_text(diff: FleetDiff) -> str:
    """The report, without a line break at its end; every plant that changes is told in full."""
    return "\n".join(_lines(diff))


def _lines(diff: FleetDiff) -> Iterator[str]:
    yield from _wrap(0, f"From {diff.base} to {diff.head}: {summarise_fleet(diff)}")
    shared = tell_shared(diff.shared, _MARK)
    if diff.plants or shared:
        for line in tell_answers(diff, _MARK):
            yield from _wrap(1, line)
    for title, lines in (("For all plants", shared), ("Must approve", tell_approvers(diff, _MARK))):
        if lines and (diff.plants or shared):
            yield ""
            yield title
            for line in lines:
                yield from _wrap(1, line)
    for plant in diff.plants:
        yield ""
        yield from _plant(plant)


def _plant(plant: PlantDiff) -> Iterator[str]:
    yield from _wrap(0, f"{plant.name}: {summarise_plant(plant)}")
    for section in tell_plant(plant, _MARK):
        yield f"  {section.title}"
        for line in section.lines:
            yield from _wrap(2, line)


def _wrap(depth: int, text: str) -> list[str]:
    indent = "  " * depth
    return textwrap.wrap(
        printable(text),
        COLUMNS,
        initial_indent=indent,
        subsequent_indent=f"{indent}    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
