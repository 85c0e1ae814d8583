"""What a plant assumed or left open, and whether a decision hangs on it."""

from __future__ import annotations

from edgeward.decision import Decision
from edgeward.figures import format_figure
from edgeward.quantity import Quantity
from edgeward.report.duration import format_duration
from edgeward.report.plant_page import AssumptionRow
from edgeward.site import Assumption, Site

_WITH_OTHERS = "alone changes no decision; at its worst together with others it may"


def view_assumptions(site: Site, decision: Decision) -> tuple[AssumptionRow, ...]:
    """The declared assumptions in their order, then what else is not known and was weighed."""
    declared = {each.at for each in site.assumptions}
    weighed = {path for each in decision.placements for path in (*each.rests_on, *each.fragile_on)}
    rows = [_declared(each, decision) for each in site.assumptions]
    rows += [_open(path, decision) for path in sorted(weighed - declared)]
    return tuple(sorted(rows, key=lambda row: not row.matters))


def _declared(assumption: Assumption, decision: Decision) -> AssumptionRow:
    matters, effect = _effect(assumption.at, decision)
    return AssumptionRow(
        path=assumption.at,
        range=_say_range(assumption),
        because=assumption.because or "",
        owner=assumption.owner or "nobody",
        review_by=assumption.review_by or "no date",
        matters=matters,
        effect=effect,
    )


def _open(path: str, decision: Decision) -> AssumptionRow:
    matters, effect = _effect(path, decision)
    because = "Not stated by the plant; everything plausible was weighed."
    return AssumptionRow(
        path, "plausible range", because, "–", "–", matters, effect, declared=False
    )


def _effect(path: str, decision: Decision) -> tuple[bool, str]:
    changes = [each.use_case for each in decision.placements if path in each.fragile_on]
    if changes:
        return True, f"changes the decision of {', '.join(changes)}"
    used = any(path in each.rests_on for each in decision.placements)
    return False, _WITH_OTHERS if used else "no decision hangs on it"


def _say_range(assumption: Assumption) -> str:
    if assumption.one_of:
        return " or ".join(assumption.one_of)
    if assumption.low is None or assumption.high is None:
        return "no range"
    both = Quantity(assumption.low, assumption.high, None)
    return format_duration(both) if assumption.at.endswith("_ms") else format_figure(both)
