"""The questions of a reviewer with two minutes, each answered in a line, be it with "none"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from textwrap import shorten

from edgeward.diff.change import (
    Action,
    BoxChange,
    Concern,
    FindingState,
    FleetDiff,
    Move,
    PlantDiff,
    SharedChanges,
)
from edgeward.figures import format_number
from edgeward.finding import Severity
from edgeward.quantity import Quantity, total
from edgeward.report.explain import FALLBACKS
from edgeward.report.mark import Mark
from edgeward.report.wording import count

_SHOWN = 3
_OF_AN_ACTION = 80
_OPENED = (Concern.CONDUIT, Concern.FLOW)
_NEWS = (FindingState.NEW, FindingState.UNWAIVED)
_FEW = 6
_LOST = (Concern.PLACE_LOST, Concern.DATA_LOSS, Concern.FALLBACK, Concern.BUFFER)


def tell_answers(diff: FleetDiff, mark: Mark) -> Iterator[str]:
    """What changes, why, what it costs, what could go wrong, whether the check passes, and how it
    is undone."""
    answers = (
        ("What changes", _what(diff)),
        ("Why", _why(diff)),
        ("Cost", _cost(diff)),
        ("What could go wrong", _risks(diff.plants)),
        ("The check", _check(diff.plants)),
        ("To undo it", _undo(diff.plants)),
    )
    for question, answer in answers:
        yield f"{mark.strong(question)}: {mark.say(answer)}"


def _what(diff: FleetDiff) -> str:
    plants = diff.plants
    shared = list(_shared(diff.shared))
    moves = [move for plant in plants for move in plant.moves]
    opened = [each for plant in plants for each in plant.alerts if each.concern in _OPENED]
    boxes = [box for plant in plants for box in plant.boxes]
    resources = Counter(each.action.value for plant in plants for each in plant.resources)
    parts = [
        *([f"for all plants {_few(shared)}"] if shared else []),
        _few([_say_move(each) for each in moves]) if moves else "every model stays where it is",
        *([f"opened: {_few([_ends(each.text) for each in opened])}"] if opened else []),
        f"other files for {count(len(boxes), 'device')}{_lines(boxes)}"
        if boxes
        else "nothing on a device",
        "in the cloud " + ", ".join(f"{number} {word}" for word, number in resources.items())
        if resources
        else "nothing in the cloud",
    ]
    return "; ".join(parts)


def _shared(shared: SharedChanges) -> Iterator[str]:
    rules = shared.rules
    for path, before, after in rules.thresholds:
        yield f"{path} {before} → {after}"
    for word, names in (("new", rules.added), ("gone", rules.removed), ("changed", rules.changed)):
        yield from (f"rule {name} {word}" for name in names)
    for value in shared.catalog:
        yield f"{value.path} {value.before or 'absent'} → {value.after or 'absent'}"
    for pack in shared.packs:
        yield f"templates of {pack.path}"
    if shared.approvers_before != shared.approvers_after:
        yield "who approves for the fleet"


def _lines(boxes: Sequence[BoxChange]) -> str:
    """The lines that differ, where they are few and on every box the same."""
    lines = {box.lines for box in boxes}
    same = lines.pop() if len(lines) == 1 else ()
    return f" ({', '.join(same)})" if 0 < len(same) <= _SHOWN else ""


def _say_move(move: Move) -> str:
    places = [place.partition(",")[0] for place in (move.before or "", move.after or "")]
    action = shorten(move.action, _OF_AN_ACTION, placeholder="…")
    name = f"{move.use_case} (“{action}”)" if action else move.use_case
    if move.before is None:
        return f"{name} is new: {places[1]}"
    return f"{name}: {places[0]} → {places[1] if move.after else 'removed'}"


def _ends(connection: str) -> str:
    """Its ends and its port, without the zones."""
    return ", ".join(connection.split(", ")[:2])


def _few(words: Sequence[str]) -> str:
    more = len(words) - _SHOWN
    return ", ".join(words[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _why(diff: FleetDiff) -> str:
    if not diff.reasons:
        return "the author gave no reason in a commit; ask for it"
    more = len(diff.reasons) - _SHOWN
    said = "; ".join(f"“{each}”" for each in diff.reasons[:_SHOWN])
    return f"the author says {said}" + (f" and {more} more" if more > 0 else "")


def _cost(diff: FleetDiff) -> str:
    dearer = [plant for plant in diff.plants if plant.costs]
    if not dearer:
        return "no running cost changes"
    before = total([plant.usd_before for plant in dearer])
    after = total([plant.usd_after for plant in dearer])
    lost = any(each.after is None for plant in dearer for each in plant.costs)
    why = ", as something no longer runs" if lost else ""
    if any(value.path.startswith("prices.") for value in diff.shared.catalog):
        why += "; what is expected follows the catalog's prices, what is billed does not"
    return f"{say_usd(before)} → {say_usd(after)} a month{_difference(before, after)}{why}"


def _difference(before: Quantity, after: Quantity) -> str:
    if before.stated is None or after.stated is None:
        return ""
    more = after.stated - before.stated
    return f", {'+' if more >= 0 else '-'}{format_number(abs(more), 3)} USD"


def say_usd(usd: Quantity) -> str:
    """What is expected, and the range in which it may lie: `680 USD (58 to 15,000)`."""
    if usd.stated is None or usd.exact:
        ends = f"{format_number(usd.low, 2)} to {format_number(usd.high, 2)}"
        return f"{format_number(usd.low, 2) if usd.exact else ends} USD"
    low, high = format_number(usd.low, 2), format_number(usd.high, 2)
    return f"{format_number(usd.stated, 3)} USD expected ({low} to {high})"


def _risks(plants: tuple[PlantDiff, ...]) -> str:
    lost: dict[Concern, list[str]] = {}
    for alert in (alert for plant in plants for alert in plant.alerts):
        if alert.concern in _LOST:
            lost.setdefault(alert.concern, []).append(alert.text.partition(": ")[0])
    parts = [f"{concern.value}: {_few(names)}" for concern, names in lost.items()]
    parts += [
        f"without {move.use_case}, {FALLBACKS.get(move.fell_back_on, move.fell_back_on)}"
        for plant in plants
        for move in plant.moves
        if move.fell_back_on
    ]
    alone = sum(move.no_fallback for plant in plants for move in plant.moves)
    if alone:
        parts.append(f"{count(alone, 'use case')} with no fallback: without it, nothing takes over")
    opened = sum(alert.concern in _OPENED for plant in plants for alert in plant.alerts)
    if opened:
        parts.append(
            f"{count(opened, 'connection')} more: whoever gets into the one end reaches the other"
        )
    parts += _interruptions(plants)
    parts += _found(plants)
    return "; ".join(parts) if parts else "no rule finds anything new, and nothing is interrupted"


def _found(plants: tuple[PlantDiff, ...]) -> Iterator[str]:
    """What the rules newly find; what only says why a use case has no place is told as that."""
    rules: dict[Severity, list[str]] = {}
    reasons = 0
    for plant in plants:
        told = why_withheld(plant)
        for each in (each.finding for each in plant.findings if each.state in _NEWS):
            if each.path in told:
                reasons += 1
            else:
                rules.setdefault(each.severity, []).append(each.rule)
    if reasons:
        held = [move.use_case for plant in plants for move in plant.moves if move.withheld]
        say, have = "says" if reasons == 1 else "say", "has" if len(held) == 1 else "have"
        yield f"{count(reasons, 'new error')} {say} why {_few(held)} {have} no place"
    for severity, names in rules.items():
        which = _few(list(dict.fromkeys(names)))
        yield f"rules find {count(len(names), f'new {severity}')} ({which})"


def why_withheld(plant: PlantDiff) -> frozenset[str]:
    """The paths of the use cases without a place, whose findings are the reasons for that."""
    return frozenset(f"use_cases.{each.use_case}" for each in plant.moves if each.withheld)


def _interruptions(plants: tuple[PlantDiff, ...]) -> Iterator[str]:
    boxes = [box for plant in plants for box in plant.boxes if box.state == "changed"]
    if boxes:
        restarts = dict.fromkeys(name for box in boxes for name in box.restarts)
        reloads = dict.fromkeys(name for box in boxes for name in box.reloads)
        yield say_interruption(tuple(restarts), tuple(reloads))


def say_interruption(restarts: Sequence[str], reloads: Sequence[str]) -> str:
    """What stops for a moment on a box, and what goes on with new settings."""
    parts = [f"restarts: {', '.join(restarts)}"] if restarts else []
    parts += [f"takes new settings without a stop: {', '.join(reloads)}"] if reloads else []
    return "; ".join(parts) or "nothing restarts"


def _check(plants: tuple[PlantDiff, ...]) -> str:
    found = Counter(
        "errors" if each.finding.counts else "that do not count against it"
        for plant in plants
        for each in plant.findings
        if each.state in _NEWS
    )
    news = ", ".join(f"{number} {word}" for word, number in sorted(found.items()))
    news = f" (new findings: {news})" if news else ""
    failing = [plant.name for plant in plants if plant.newly_failing]
    if not failing:
        return f"passes{news}"
    more = f" and {len(failing) - _FEW} more" if len(failing) > _FEW else ""
    return f"fails for {', '.join(failing[:_FEW])}{more}{news}; mend or waive them before a merge"


def _undo(plants: tuple[PlantDiff, ...]) -> str:
    gone = [
        each
        for plant in plants
        for each in plant.resources
        if each.action in (Action.DESTROY, Action.REPLACE) and not each.kept
    ]
    follow = ["boxes follow with their next release"] if any(p.boxes for p in plants) else []
    if any(plant.resources and plant.before is not None for plant in plants):
        follow.append("the cloud follows with the next pulumi up")
    new = [plant.name for plant in plants if plant.resources and plant.before is None]
    if new:
        follow.append(f"the cloud of {_few(new)} goes with pulumi destroy")
    words = f"revert this change; {', '.join(follow) or 'no box and no cloud has to follow'}"
    if gone:
        words += "; what was destroyed there is made anew, empty"
    return words
