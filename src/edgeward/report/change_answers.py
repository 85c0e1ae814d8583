"""The questions of a reviewer with two minutes, each answered in a line, be it with "none"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from edgeward.diff.change import Action, Concern, FindingState, FleetDiff, PlantDiff
from edgeward.figures import format_number
from edgeward.quantity import Quantity, total
from edgeward.report.mark import Mark
from edgeward.report.wording import count

_REASONS = 3
_OPENED = (Concern.CONDUIT, Concern.FLOW)
_LOST = (Concern.PLACE_LOST, Concern.DATA_LOSS, Concern.FALLBACK, Concern.BUFFER)


def tell_answers(diff: FleetDiff, mark: Mark) -> Iterator[str]:
    """What changes, why, what it costs, what could go wrong, whether the check passes, and how it
    is undone."""
    answers = (
        ("What changes", _what(diff)),
        ("Why", _why(diff)),
        ("Cost", _cost(diff.plants)),
        ("What could go wrong", _risks(diff.plants)),
        ("The check", _check(diff.plants)),
        ("To undo it", _undo(diff.plants)),
    )
    for question, answer in answers:
        yield f"{mark.strong(question)}: {mark.say(answer)}"


def _what(diff: FleetDiff) -> str:
    plants = diff.plants
    moved = sum(len(plant.moves) for plant in plants)
    boxes = [box for plant in plants for box in plant.boxes]
    resources = Counter(each.action.value for plant in plants for each in plant.resources)
    parts = [
        f"{count(moved, 'use case')} decided differently" if moved else "every model stays",
        f"other files for {count(len(boxes), 'device')}" if boxes else "nothing on a device",
        "in the cloud " + ", ".join(f"{number} {word}" for word, number in resources.items())
        if resources
        else "nothing in the cloud",
    ]
    return "; ".join(parts)


def _why(diff: FleetDiff) -> str:
    if not diff.reasons:
        return "the author gave no reason in a commit; ask for it"
    more = len(diff.reasons) - _REASONS
    said = "; ".join(f"“{each}”" for each in diff.reasons[:_REASONS])
    return f"the author says {said}" + (f" and {more} more" if more > 0 else "")


def _cost(plants: tuple[PlantDiff, ...]) -> str:
    dearer = [plant for plant in plants if plant.costs]
    if not dearer:
        return "no running cost changes"
    before = total([plant.usd_before for plant in dearer])
    after = total([plant.usd_after for plant in dearer])
    lost = any(each.after is None for plant in dearer for each in plant.costs)
    why = ", as something no longer runs" if lost else ""
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
    alerts = Counter(
        alert.concern for plant in plants for alert in plant.alerts if alert.concern in _OPENED
    )
    lost = Counter(
        alert.concern for plant in plants for alert in plant.alerts if alert.concern in _LOST
    )
    found = Counter(
        each.finding.severity
        for plant in plants
        for each in plant.findings
        if each.state in (FindingState.NEW, FindingState.UNWAIVED)
    )
    parts = [f"{number} × {concern.value}" for concern, number in lost.items()]
    alone = sum(move.no_fallback for plant in plants for move in plant.moves)
    if alone:
        parts.append(f"{count(alone, 'use case')} with no fallback: without it, nothing takes over")
    opened = sum(alerts.values())
    if opened:
        parts.append(
            f"{count(opened, 'connection')} more: whoever gets into the one end reaches the other"
        )
    parts += _interruptions(plants)
    parts += [f"rules find {count(number, f'new {word}')}" for word, number in found.items()]
    return "; ".join(parts) if parts else "no rule finds anything new, and nothing is interrupted"


def _interruptions(plants: tuple[PlantDiff, ...]) -> Iterator[str]:
    boxes = [box for plant in plants for box in plant.boxes if box.state == "changed"]
    names = dict.fromkeys(name for box in boxes for name in box.restarts)
    reloads = [name for name in names if name.endswith(_RELOADS)]
    restarts = [name for name in names if not name.endswith(_RELOADS)]
    if restarts:
        yield f"stopped for a restart: {', '.join(restarts)}"
    if reloads:
        programs = ", ".join(name.removesuffix(_RELOADS).strip() for name in reloads)
        yield f"read again without a stop: {programs}"


_RELOADS = "(read again)"


def _check(plants: tuple[PlantDiff, ...]) -> str:
    failing = [plant.name for plant in plants if plant.newly_failing]
    if not failing:
        return "no rule newly stands against it"
    more = f" and {len(failing) - _FEW} more" if len(failing) > _FEW else ""
    return f"fails for {', '.join(failing[:_FEW])}{more}: mend or waive that before a merge"


_FEW = 6


def _undo(plants: tuple[PlantDiff, ...]) -> str:
    gone = [
        each
        for plant in plants
        for each in plant.resources
        if each.action in (Action.DESTROY, Action.REPLACE) and not each.kept
    ]
    words = "revert this change; boxes follow with their next release"
    if any(plant.resources for plant in plants):
        words += ", the cloud with the next pulumi up"
    if gone:
        words += "; what was destroyed there is made anew, empty"
    return words
