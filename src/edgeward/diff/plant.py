"""One plant before and after: everything that a reviewer is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from edgeward import __version__
from edgeward.diff.approvers import list_approvers
from edgeward.diff.boxes import compare_boxes
from edgeward.diff.change import (
    CONCERNS,
    Alert,
    Concern,
    CostChange,
    FindingChange,
    FindingState,
    PlantDiff,
    ResourceChange,
    ValueChange,
    Version,
)
from edgeward.diff.cloud import compare_resources, list_lost_stores
from edgeward.diff.judged import compare_assumptions, compare_findings, list_waived
from edgeward.diff.moves import compare_moves
from edgeward.diff.security import list_alerts, list_closed
from edgeward.diff.values import declared_changes
from edgeward.figures import format_usd
from edgeward.lock import differences
from edgeward.quantity import Quantity, total


def compare_plant(
    name: str,
    before: Version | None,
    after: Version | None,
    today: date,
    *,
    code_owners: tuple[str, ...] = (),
    unfollowed: tuple[str, ...] = (),
) -> PlantDiff:
    """The difference of two versions of a plant, one of which may be none.

    `unfollowed` says what the lock does that does not follow from the base's lock.
    """
    if after is not None and after.result.decision is None:
        return _cannot_be_read(name, before, after, code_owners)
    shown = after or before
    assert shown is not None
    moves, values = compare_moves(before, after), _values(before, after)
    findings, resources = compare_findings(before, after), compare_resources(before, after)
    costs = (_costs(before), _costs(after))
    lock = tuple(_say_lock(before, after))
    return PlantDiff(
        name=name,
        before=before.result.status if before else None,
        after=after.result.status if after else None,
        title=(shown.result.site.title if shown.result.site else None) or "",
        problems=after.result.problems if after else (),
        alerts=_alerts(before, after, findings, resources, unfollowed),
        moves=moves,
        values=values,
        usd_before=total(list(costs[0].values())),
        usd_after=total(list(costs[1].values())),
        costs=tuple(_compare_costs(*costs)),
        resources=resources,
        boxes=compare_boxes(before, after),
        closed=list_closed(before, after),
        findings=findings,
        assumptions=compare_assumptions(before, after, today),
        lock=lock,
        lock_news=bool(lock) and lock != tuple(_say_lock(None, before)),
        approvers=list_approvers(before, after, code_owners, moves, values),
    )


def rank(plant: PlantDiff) -> tuple[int, ...]:
    """Sorts plants: what no longer works, then by the gravest concern, then what moved."""
    gravest = min((CONCERNS.index(each.concern) for each in plant.alerts), default=len(CONCERNS))
    new = sum(each.state is FindingState.NEW for each in plant.findings)
    return (
        0 if plant.problems else 1,
        0 if plant.newly_failing else 1,
        gravest,
        -len(plant.alerts),
        -len(plant.moves),
        -new,
    )


def _cannot_be_read(
    name: str, before: Version | None, after: Version, code_owners: tuple[str, ...]
) -> PlantDiff:
    """Nothing is built from it, so nothing of what there is goes away either."""
    return PlantDiff(
        name=name,
        before=before.result.status if before else None,
        after=after.result.status,
        problems=after.result.problems,
        approvers=list_approvers(before, None, code_owners, (), ()),
    )


def _values(before: Version | None, after: Version | None) -> tuple[ValueChange, ...]:
    if before is None or after is None:
        return ()
    return declared_changes(before.values, after.values)


def _alerts(
    before: Version | None,
    after: Version | None,
    findings: tuple[FindingChange, ...],
    resources: tuple[ResourceChange, ...],
    unfollowed: tuple[str, ...],
) -> tuple[Alert, ...]:
    found = [
        *_edited(after),
        *(Alert(Concern.LOCK_PLACE, each) for each in unfollowed),
        *list_alerts(before, after),
        *list_waived(findings),
        *list_lost_stores(resources),
    ]
    return tuple(sorted(found, key=lambda each: CONCERNS.index(each.concern)))


def _edited(after: Version | None) -> Iterator[Alert]:
    """A lock made from these very inputs that does something else was not made by edgeward."""
    decision = after.result.decision if after is not None else None
    if after is None or decision is None or after.lock is None:
        return
    same_maker = after.lock.edgeward in ("", __version__)
    if same_maker and after.lock.inputs_digest == decision.inputs_digest:
        for change in differences(after.lock, decision):
            yield Alert(Concern.LOCK, change)


def _say_lock(before: Version | None, after: Version | None) -> Iterator[str]:
    decision = after.result.decision if after is not None else None
    if after is None or decision is None:
        return
    if after.lock_damaged:
        yield "the committed decision cannot be read: damaged, or with conflict markers"
        yield f"run edgeward decide {decision.site} and commit what it writes"
    elif not after.result.has_lock:
        gone = before is not None and before.result.has_lock
        yield "the committed decision is removed" if gone else "there is no committed decision yet"
        yield f"run edgeward decide {decision.site} and commit what it writes"
    elif after.result.stale and after.lock and after.lock.inputs_digest != decision.inputs_digest:
        yield "the committed decision is not the one that this change leads to"
        yield f"run edgeward decide {decision.site} and commit what it writes"


def _costs(version: Version | None) -> Mapping[str, Quantity]:
    decision = version.result.decision if version is not None else None
    return {each.use_case: each.usd_per_month for each in (decision.placements if decision else ())}


def _compare_costs(
    before: Mapping[str, Quantity], after: Mapping[str, Quantity]
) -> Iterator[CostChange]:
    """What is the same to the digits that are shown does not count."""
    for name in sorted({*before, *after}):
        was, is_ = before.get(name), after.get(name)
        if was is None or is_ is None or format_usd(was) != format_usd(is_):
            yield CostChange(name, was, is_)
