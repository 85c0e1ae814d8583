"""What a change does to a plant, in words: the same lines for a terminal and for a comment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from edgeward.diff.change import (
    Action,
    Approver,
    BoxChange,
    FindingChange,
    FindingState,
    FleetDiff,
    Move,
    PlantDiff,
    SharedChanges,
    ValueChange,
)
from edgeward.findings import READINESS
from edgeward.quantity import Quantity
from edgeward.report.change_answers import say_interruption, say_usd, why_withheld
from edgeward.report.mark import Mark
from edgeward.report.wording import STATUS_WORDS, count
from edgeward.result import Status

_FEW = 6
_SHOWN = 12
"""Lines of one kind that a person is shown; JSON has all of them."""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    lines: tuple[str, ...]


def summarise_fleet(diff: FleetDiff) -> str:
    """`2 plants change, 1 newly failing, 1 with a use case that moves; 8 stay as they are`."""
    failing = sum(plant.newly_failing for plant in diff.plants)
    moved = sum(bool(plant.moves) for plant in diff.plants)
    number = len(diff.plants)
    parts = ["1 plant changes" if number == 1 else f"{number or 'no'} plants change"]
    parts += [f"{failing} newly failing"] if failing else []
    parts += [f"{moved} with use cases decided differently"] if moved else []
    return f"{', '.join(parts)}; {diff.unchanged} unchanged"


def summarise_plant(plant: PlantDiff) -> str:
    """`decided → findings; 2 use cases decided differently; 180 USD → 250 USD a month`."""
    parts = [say_status(plant)]
    if plant.alerts:
        parts.append(f"{count(len(plant.alerts), 'thing')} to look at first")
    if plant.moves:
        parts.append(f"{count(len(plant.moves), 'use case')} decided differently")
    if plant.costs:
        parts.append(_usd(plant.usd_before, plant.usd_after))
    return "; ".join(parts)


def say_status(plant: PlantDiff) -> str:
    if plant.renamed_from is not None:
        return f"renamed from {plant.renamed_from}, {_status(plant.after)}"
    if plant.before is None:
        return f"new plant, {_status(plant.after)}"
    if plant.after is None:
        return "plant removed"
    before, after = _status(plant.before), _status(plant.after)
    return after if before == after else f"{before} → {after}"


def tell_plant(plant: PlantDiff, mark: Mark) -> Iterator[Section]:
    """Everything about one plant, what matters most first; empty sections are left out."""
    sections = (
        ("Cannot be read", tuple(mark.say(str(each)) for each in plant.problems)),
        ("Look at this first", tell_alerts(plant, mark)),
        ("Decided differently", tuple(_moves(plant.moves, mark))),
        ("Cost", tuple(_costs(plant, mark))),
        ("Declared differently", tuple(_values(plant.values, mark))),
        ("Cloud resources", tuple(_resources(plant, mark))),
        ("On the boxes", tuple(_boxes(plant.boxes, mark))),
        ("Connections closed", tuple(mark.say(each) for each in plant.closed)),
        ("What could go wrong", tuple(_findings(plant, mark))),
        ("No longer found", tuple(_fixed(plant.findings, mark))),
        ("Assumptions", tuple(_assumptions(plant, mark))),
        ("Committed decision", tuple(mark.say(each) for each in plant.lock)),
        ("Must approve", tuple(_approvers(plant.approvers, mark))),
    )
    for title, lines in sections:
        if lines:
            yield Section(title, _capped(lines))


def tell_alerts(plant: PlantDiff, mark: Mark) -> tuple[str, ...]:
    """What a reviewer looks at before anything else."""
    renamed = (
        [f"{mark.strong('plant renamed')}: the cloud resources of {mark.code(plant.renamed_from)} "
         "are destroyed and made anew under the new name; its boxes join again"]
        if plant.renamed_from is not None
        else []
    )  # fmt: skip
    return (
        *renamed,
        *(
            f"{mark.strong(each.concern.value)}: {mark.say(each.text)}"
            + (f" ({mark.code(each.path)})" if each.path else "")
            for each in plant.alerts
        ),
    )


def tell_shared(shared: SharedChanges, mark: Mark) -> tuple[str, ...]:
    """What changes for all plants at once."""
    rules = shared.rules
    told = [
        f"{mark.strong(f'rule {word}')}: {mark.code(name)}"
        for word, ids in (("new", rules.added), ("gone", rules.removed), ("changed", rules.changed))
        for name in ids
    ]
    told += [
        f"{mark.strong('threshold')} {mark.code(path)}: {mark.say(before)} → {mark.say(after)}"
        for path, before, after in rules.thresholds
    ]
    told += [f"{mark.strong('catalog')} {_value(each, mark)}" for each in shared.catalog]
    for pack in shared.packs:
        word = "new" if pack.before is None else "gone" if pack.after is None else "changed"
        told.append(f"{mark.strong(f'templates {word}')}: pack {mark.code(pack.path)}")
    if shared.approvers_before != shared.approvers_after:
        names = (shared.approvers_before, shared.approvers_after)
        words = " → ".join(mark.say(", ".join(each) or "nobody") for each in names)
        told.append(f"{mark.strong('approvers of the fleet')}: {words}")
    return _capped(tuple(told))


def tell_approvers(diff: FleetDiff, mark: Mark) -> tuple[str, ...]:
    """Who has to approve the whole change and of which plants, as the base says."""
    fleet = diff.shared.approvers_before
    plants: dict[str, list[str]] = {}
    for plant in diff.plants:
        for each in plant.approvers:
            plants.setdefault(each.who, []).append(f"{each.role} ({plant.name})")
    told = [f"{mark.strong(who)}: approver of the fleet" for who in fleet]
    told += [
        f"{mark.strong(who)}: {mark.say(_few(roles, 3))}"
        for who, roles in sorted(plants.items(), key=lambda each: (-len(each[1]), each[0]))
    ]
    if not told:
        told.append("nobody is named: neither by fleet.yaml, nor by CODEOWNERS, nor by the plants")
    return _capped(tuple(told))


def _few(words: Sequence[str], number: int) -> str:
    more = len(words) - number
    return "; ".join(words[:number]) + (f"; and {more} more" if more > 0 else "")


def _capped(lines: tuple[str, ...]) -> tuple[str, ...]:
    if len(lines) <= _SHOWN + 1:
        return lines
    return (*lines[:_SHOWN], f"and {len(lines) - _SHOWN} more")


def _status(status: Status | None) -> str:
    return STATUS_WORDS[status] if status is not None else "not there"


def _usd(before: Quantity | None, after: Quantity | None) -> str:
    was = say_usd(before) if before is not None else "no place"
    if after is None:
        return f"{was} a month → no place, which costs nothing"
    return f"{was} → {say_usd(after)} a month"


def _moves(moves: tuple[Move, ...], mark: Mark) -> Iterator[str]:
    for move in moves:
        before, after = move.before or "not there", move.after or "removed"
        yield f"{mark.strong(move.use_case)}: {mark.say(before)} → {mark.say(after)}"
        for why in move.why:
            yield f"why {mark.code(move.use_case)}: {mark.say(why)}"


def _costs(plant: PlantDiff, mark: Mark) -> Iterator[str]:
    if plant.costs:
        yield f"{mark.strong('all use cases')}: {_usd(plant.usd_before, plant.usd_after)}"
    for each in plant.costs if len(plant.costs) > 1 else ():
        yield f"{mark.code(each.use_case)}: {_usd(each.before, each.after)}"


def _values(values: tuple[ValueChange, ...], mark: Mark) -> Iterator[str]:
    for each in values:
        yield _value(each, mark)


def _value(value: ValueChange, mark: Mark) -> str:
    path = mark.code(value.path)
    if value.before is None:
        return f"{path}: {mark.say(value.after or '') or 'added'}{' (new)' if value.after else ''}"
    if value.after is None:
        return f"{path}: removed" + (f", was {mark.say(value.before)}" if value.before else "")
    return f"{path}: {mark.say(value.before) or 'a list'} → {mark.say(value.after) or 'a list'}"


def _resources(plant: PlantDiff, mark: Mark) -> Iterator[str]:
    for action in Action:
        same = [each for each in plant.resources if each.action is action]
        kinds = Counter(each.type.rpartition(":")[2] for each in same)
        if action in (Action.DESTROY, Action.REPLACE, Action.UPDATE):
            for each in same:
                inputs = f" ({mark.say(', '.join(each.inputs))})" if each.inputs else ""
                kept = "; it stays in the account" if each.kept else ""
                kind = each.type.rpartition(":")[2]
                name = f"{kind} {each.name}"
                yield f"{mark.strong(action.value)}: {mark.code(name)}{inputs}{kept}"
        elif same:
            words = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
            yield f"{mark.strong(action.value)}: {mark.say(words)}"


def _boxes(boxes: tuple[BoxChange, ...], mark: Mark) -> Iterator[str]:
    for box in boxes:
        name = mark.strong(box.box)
        if box.state == "new":
            yield f"{name}: its first bundle, {count(len(box.added), 'file')}"
        elif box.state == "gone":
            files = count(len(box.removed), "file")
            yield f"{name}: no bundle any more ({files}); what it runs is to be stopped"
        else:
            effect = mark.say(say_interruption(box.restarts, box.reloads))
            lines = ", ".join(mark.code(line) for line in box.lines[:_FEW])
            more = f" and {len(box.lines) - _FEW} more" if len(box.lines) > _FEW else ""
            yield f"{name}: {effect}; {_files(box, mark)}"
            if lines:
                yield f"lines on {mark.code(box.box)}: {lines}{more}"


def _files(box: BoxChange, mark: Mark) -> str:
    kinds = (("new", box.added), ("changed", box.changed), ("gone", box.removed))
    return "; ".join(
        f"{word} "
        + ", ".join(mark.code(path) for path in paths[:_FEW])
        + (f" and {len(paths) - _FEW} more" if len(paths) > _FEW else "")
        for word, paths in kinds
        if paths
    )


def _findings(plant: PlantDiff, mark: Mark) -> Iterator[str]:
    words = {FindingState.NEW: "", FindingState.UNWAIVED: "no longer waived, "}
    told = why_withheld(plant)
    for change in plant.findings:
        found = change.finding
        if change.state in words and found.rule != READINESS and found.path not in told:
            lead = mark.strong(f"{words[change.state]}{found.severity}")
            where = f"{mark.code(found.rule)} at {mark.code(found.path)}"
            yield f"{lead} {where}: {mark.say(found.message)}"
    for move in plant.moves:
        if move.rests_on:
            paths = ", ".join(mark.code(path) for path in move.rests_on[:5])
            more = len(move.rests_on) - 5
            rest = f" and {more} more" if more > 0 else ""
            yield f"{mark.code(move.use_case)} rests on numbers that are not exact: {paths}{rest}"


def _fixed(findings: tuple[FindingChange, ...], mark: Mark) -> Iterator[str]:
    for change in findings:
        if change.state is FindingState.FIXED and change.finding.rule != READINESS:
            found = change.finding
            yield f"{found.severity} {mark.code(found.rule)} at {mark.code(found.path)}"


def _assumptions(plant: PlantDiff, mark: Mark) -> Iterator[str]:
    for each in plant.assumptions:
        yield f"{mark.strong(each.state)} {mark.code(each.at)}: {mark.say(each.text)}"


def _approvers(approvers: tuple[Approver, ...], mark: Mark) -> Iterator[str]:
    for each in approvers:
        yield f"{mark.strong(each.who)}: {mark.say(each.role)}"
