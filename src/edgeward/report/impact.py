"""What a change of rules does to a fleet: as text, as Markdown for a review, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from edgeward.figures import format_figure
from edgeward.impact import Impact, Move, PlantImpact
from edgeward.quantity import Quantity
from edgeward.report.wording import STATUS_WORDS, count

_MONEY_DIGITS = 2
_SHOWN = 20
"""Findings of one plant that a person is shown; JSON has all of them."""


def render_impact(impact: Impact, form: str) -> str:
    """In the form `text`, `markdown` or `json`, without a line break at its end."""
    if form == "json":
        return json.dumps(_document(impact), indent=2)
    return "\n".join(_markdown(impact) if form == "markdown" else _text(impact))


def _text(impact: Impact) -> Iterator[str]:
    yield f"Compared with {impact.base}"
    for line in _changes(impact):
        yield f"  {line}"
    for plant in impact.of(changed=True):
        yield ""
        yield f"{plant.name}: {_status(plant)}"
        for line in _details(plant):
            yield f"  {line}"
    yield ""
    yield _summary(impact)


def _markdown(impact: Impact) -> Iterator[str]:
    yield f"### What this change of the rules does, compared with `{impact.base}`"
    yield ""
    for line in _changes(impact):
        yield f"- {line}"
    yield ""
    yield f"**{_summary(impact)}**"
    changed = impact.of(changed=True)
    if changed:
        yield ""
        yield "| plant | before → after | what changes |"
        yield "| --- | --- | --- |"
        for plant in changed:
            details = "<br>".join(_cell(line) for line in _details(plant))
            yield f"| {plant.name} | {_status(plant)} | {details} |"


def _changes(impact: Impact) -> Iterator[str]:
    rules = impact.rules
    for word, ids in (("new", rules.added), ("gone", rules.removed), ("changed", rules.changed)):
        if ids:
            yield f"{word}: {', '.join(ids)}"
    for path, before, after in rules.thresholds:
        yield f"threshold {path}: {before} → {after}"
    if not (rules.added or rules.removed or rules.changed or rules.thresholds):
        yield "no rule and no threshold is changed; the catalog may be"


def _status(plant: PlantImpact) -> str:
    before, after = STATUS_WORDS[plant.before], STATUS_WORDS[plant.after]
    return after if before == after else f"{before} → {after}"


def _details(plant: PlantImpact) -> Iterator[str]:
    for move in plant.moves:
        yield _say_move(move)
    if plant.usd_before != plant.usd_after:
        yield f"USD a month: {_usd(plant.usd_before)} → {_usd(plant.usd_after)}"
    yield from _listed("new", plant.appeared)
    yield from _listed("gone", plant.gone)


def _listed(word: str, findings: tuple[str, ...]) -> Iterator[str]:
    for finding in findings[:_SHOWN]:
        yield f"{word}: {finding}"
    if len(findings) > _SHOWN:
        yield f"{word}: {len(findings) - _SHOWN} more"


def _say_move(move: Move) -> str:
    return f"{move.use_case}: {move.before or 'no place'} → {move.after or 'no place'}"


def _usd(quantity: Quantity) -> str:
    return format_figure(quantity, _MONEY_DIGITS)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _summary(impact: Impact) -> str:
    failing = sum(plant.newly_failing for plant in impact.plants)
    passing = sum(plant.newly_passing for plant in impact.plants)
    moved = sum(bool(plant.moves) for plant in impact.plants)
    changed = len(impact.of(changed=True))
    return (
        f"{count(len(impact.plants), 'plant')}: {failing} newly failing, {passing} newly passing, "
        f"{moved} moved, {changed} changed in all"
    )


def _document(impact: Impact) -> dict[str, Any]:
    rules = impact.rules
    return {
        "apiVersion": "edgeward/v1alpha1",
        "kind": "Impact",
        "base": impact.base,
        "rules": {
            "added": list(rules.added),
            "removed": list(rules.removed),
            "changed": list(rules.changed),
        },
        "thresholds": [
            {"path": path, "before": before, "after": after}
            for path, before, after in rules.thresholds
        ],
        "plants": [_plant(each) for each in impact.plants],
    }


def _plant(plant: PlantImpact) -> dict[str, Any]:
    return {
        "name": plant.name,
        "changed": plant.changed,
        "newly_failing": plant.newly_failing,
        "newly_passing": plant.newly_passing,
        "before": plant.before.value,
        "after": plant.after.value,
        "moves": [
            {"use_case": each.use_case, "before": each.before, "after": each.after}
            for each in plant.moves
        ],
        "appeared": list(plant.appeared),
        "gone": list(plant.gone),
        "usd_per_month": {"before": _usd(plant.usd_before), "after": _usd(plant.usd_after)},
    }
