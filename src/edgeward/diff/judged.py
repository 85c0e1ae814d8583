"""Which findings and assumptions are new, gone, or covered by a waiver."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from edgeward.diff.change import (
    Alert,
    AssumptionChange,
    Concern,
    FindingChange,
    FindingState,
    Version,
)
from edgeward.figures import format_number
from edgeward.finding import Finding, Severity
from edgeward.site import Assumption

_STATES = tuple(FindingState)
_SEVERITIES = tuple(Severity)


def compare_findings(before: Version | None, after: Version | None) -> tuple[FindingChange, ...]:
    """What is new, then waived, then fixed; of a plant that is gone nothing is fixed."""
    if after is None:
        return ()
    old, new = _findings(before), _findings(after)
    stay = {_says(each) for each in old.values()} & {_says(each) for each in new.values()}
    changes = [
        FindingChange(state, new.get(key) or old[key])
        for key in sorted({*old, *new})
        if (state := _state(old.get(key), new.get(key))) is not None
        and _says(new.get(key) or old[key]) not in stay
    ]
    return tuple(sorted(changes, key=_order))


def list_waived(changes: tuple[FindingChange, ...]) -> Iterator[Alert]:
    for each in changes:
        if each.state is FindingState.WAIVED:
            found = each.finding
            text = f"{found.rule} at {found.path}: {found.waiver}; {found.message}"
            yield Alert(Concern.WAIVER, text, found.path)


def compare_assumptions(
    before: Version | None, after: Version | None, today: date
) -> tuple[AssumptionChange, ...]:
    """Added, changed and removed ones; what this change leaves past its review is expired."""
    if after is None:
        return ()
    return tuple(_assumptions(_assumed(before), _assumed(after), today))


def _findings(version: Version | None) -> dict[str, Finding]:
    found = version.result.findings if version is not None else ()
    return {each.fingerprint: each for each in found}


def _says(finding: Finding) -> tuple[str, str, str, str | None]:
    """The same words of the same path are no news, whichever place they are now said of."""
    return finding.rule, finding.path, finding.message, finding.waiver


def _state(old: Finding | None, new: Finding | None) -> FindingState | None:
    if new is None:
        return FindingState.FIXED
    if new.waiver and not (old is not None and old.waiver):
        return FindingState.WAIVED
    if old is None:
        return FindingState.NEW
    return FindingState.UNWAIVED if old.waiver and not new.waiver else None


def _order(change: FindingChange) -> tuple[int, int, str, str, str]:
    found = change.finding
    severity = _SEVERITIES.index(found.severity)
    return _STATES.index(change.state), severity, found.path, found.rule, found.message


def _assumed(version: Version | None) -> Mapping[str, Assumption]:
    site = version.result.site if version is not None else None
    return {each.at: each for each in site.assumptions} if site else {}


def _assumptions(
    old: Mapping[str, Assumption], new: Mapping[str, Assumption], today: date
) -> Iterator[AssumptionChange]:
    for at in sorted({*old, *new}):
        if at not in new:
            yield AssumptionChange("removed", at, _say(old[at]))
        elif at not in old:
            yield AssumptionChange("added", at, _say(new[at]))
        elif old[at] != new[at]:
            yield AssumptionChange("changed", at, f"{_say(old[at])} → {_say(new[at])}")
        due = new[at].review_by if at in new else None
        if due is not None and date.fromisoformat(due) < today:
            yield AssumptionChange("expired", at, f"was to be reviewed by {due}")


def _say(assumption: Assumption) -> str:
    ends = (assumption.low, assumption.high)
    numbers = " to ".join(format_number(end) for end in ends if end is not None)
    values = numbers or " or ".join(assumption.one_of) or "a value"
    because = f", because {assumption.because}" if assumption.because else ""
    review = f", review by {assumption.review_by}" if assumption.review_by else ""
    return f"{values}{because}{review}"
