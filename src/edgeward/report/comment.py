"""What a change does, as one comment of a pull request, for a reviewer with two minutes.

The first line is a marker that nobody sees: by it a pipeline finds its comment and updates it.
Forges take 65,536 characters; plants that do not fit are counted, the most important come first.
"""

from __future__ import annotations

from collections.abc import Iterator

from edgeward.diff.change import FleetDiff, PlantDiff
from edgeward.report.change_answers import tell_answers
from edgeward.report.change_words import (
    say_status,
    summarise_fleet,
    summarise_plant,
    tell_alerts,
    tell_approvers,
    tell_plant,
    tell_shared,
)
from edgeward.report.mark import Markdown
from edgeward.report.wording import count

MARKER = "<!-- edgeward: what this change does -->"
LIMIT = 65_000
"""Bytes of the comment, below what GitHub takes of characters."""

_FOR_ONE_PLANT = 24_000
_FOR_THE_REST = 4_000
_UNFOLDED = 2
_FIRST = 20
_MARK = Markdown()


def render_comment(diff: FleetDiff) -> str:
    """The comment, without a line break at its end."""
    head = "\n".join(_head(diff))
    room = LIMIT - _FOR_THE_REST - _size(head)
    blocks: list[str] = []
    for plant in diff.plants:
        block = _fit(_plant(plant, folded=len(diff.plants) > _UNFOLDED))
        if room < _size(block):
            break
        room -= _size(block) + 1
        blocks.append(block)
    rest = "\n".join(_rest(diff.plants[len(blocks) :]))
    return "\n".join(part for part in (head, *blocks, rest) if part)


def _head(diff: FleetDiff) -> Iterator[str]:
    yield MARKER
    yield "## edgeward: what this change does"
    yield ""
    yield f"**{summarise_fleet(diff)}.** From {_MARK.code(diff.base)} to {_MARK.code(diff.head)}."
    if diff.plants or diff.shared.changed:
        yield ""
        yield from (f"- {line}" for line in tell_answers(diff, _MARK))
    if len(diff.plants) > 1:
        yield from _section("Look at this first", tuple(_first(diff)))
    yield from _section("For all plants", tell_shared(diff.shared, _MARK))
    if diff.plants or diff.shared.changed:
        yield from _section(
            "Must approve, by the rules before this change", tell_approvers(diff, _MARK)
        )


def _first(diff: FleetDiff) -> Iterator[str]:
    """The gravest things of all plants, a few of each so that no plant hides the next."""
    failing = [_MARK.code(plant.name) for plant in diff.plants if plant.newly_failing]
    if failing:
        more = f" and {len(failing) - _FIRST} more" if len(failing) > _FIRST else ""
        yield f"**newly failing**: {', '.join(failing[:_FIRST])}{more}"
    told = 0
    told_plants = 0
    for plant in diff.plants:
        alerts = tell_alerts(plant, _MARK)
        if told >= _FIRST or not alerts:
            continue
        shown = alerts[:3]
        more = f" … and {len(alerts) - 3} more" if len(alerts) > 3 else ""
        told, told_plants = told + len(shown), told_plants + 1
        yield f"{_MARK.code(plant.name)} " + "; ".join(shown) + more
    left = sum(bool(plant.alerts) for plant in diff.plants) - told_plants
    if left > 0:
        yield f"and {count(left, 'plant')} more with something of the kind"


def _plant(plant: PlantDiff, folded: bool) -> Iterator[str]:
    title = f" ({_MARK.say(plant.title)})" if plant.title else ""
    name = f"<b>{_MARK.say(plant.name)}</b>{title}: {_MARK.say(summarise_plant(plant))}"
    yield ""
    yield f"<details{'' if folded else ' open'}><summary>{name}</summary>"
    for section in tell_plant(plant, _MARK):
        if section.title != "Must approve":
            yield from _section(section.title, section.lines, level=4)
    yield ""
    yield "</details>"


def _section(title: str, lines: tuple[str, ...], level: int = 3) -> Iterator[str]:
    if lines:
        yield ""
        yield f"{'#' * level} {title}"
        yield ""
        for line in lines:
            yield f"  - {line}" if line.startswith(("why ", "lines on ")) else f"- {line}"


def _fit(lines: Iterator[str]) -> str:
    """As much of a plant as one plant may take."""
    *shown, end = lines
    kept: list[str] = []
    room = _FOR_ONE_PLANT
    for number, line in enumerate(shown):
        room -= _size(line) + 1
        if room < 0:
            kept += ["", f"- and {len(shown) - number} lines more in the full report", ""]
            break
        kept.append(line)
    return "\n".join([*kept, end])


def _rest(plants: tuple[PlantDiff, ...]) -> Iterator[str]:
    """The plants without a block of their own: by name while there is room, then a number."""
    if not plants:
        return
    yield ""
    yield f"And {count(len(plants), 'plant')} more; `edgeward diff --format json` has all of them:"
    yield ""
    room = _FOR_THE_REST - 300
    for number, plant in enumerate(plants):
        line = f"- {_MARK.code(plant.name)}: {_MARK.say(say_status(plant))}"
        room -= _size(line) + 1
        if room < 0:
            yield f"- and {len(plants) - number} more"
            return
        yield line


def _size(text: str) -> int:
    return len(text.encode())
