"""Facts about people, promises and dates: who approves, what is assumed, what is waived."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from edgeward.quantity import ZERO, Quantity, exact, unknown
from edgeward.site import Assumption, Site, Stream, Waiver
from edgeward.subjects import (
    AssumptionSubject,
    BandFacts,
    GovernanceFacts,
    SafetyFacts,
    StreamSubject,
    UseCaseSubject,
    WaiverSubject,
)
from edgeward.use_case import UseCase


def use_case_subjects(site: Site) -> tuple[UseCaseSubject, ...]:
    return tuple(_use_case(each) for each in site.use_cases if each.stage != "retired")


def _use_case(use_case: UseCase) -> UseCaseSubject:
    approver = use_case.updates.approver if use_case.updates else None
    bands = use_case.bands
    return UseCaseSubject(
        id=use_case.name,
        use_case=use_case.name,
        criticality=use_case.criticality,
        authority=use_case.authority,
        stage=use_case.stage or "draft",
        safety=SafetyFacts(
            independent_protection=use_case.protected_by is not None,
            standard_named=use_case.standard is not None,
            version_approved=use_case.approved_version is not None
            and use_case.model is not None
            and use_case.model.version == use_case.approved_version,
            activates_by_hand=use_case.bands is None,
        ),
        bands=BandFacts(
            act_above=bands.act_above if bands else ZERO,
            defer_above=bands.defer_above if bands else ZERO,
            declared=bands is not None,
        ),
        governance=GovernanceFacts(
            approver_is_owner=None
            if approver is None or use_case.owner is None
            else approver == use_case.owner,
            rollback_has_target=use_case.rollback_to is not None,
        ),
    )


def stream_subjects(site: Site) -> tuple[StreamSubject, ...]:
    return tuple(_stream(each) for each in site.streams)


def _stream(stream: Stream) -> StreamSubject:
    leaves = stream.leaves
    return StreamSubject(
        id=stream.name,
        stream=stream.name,
        sensitivity=stream.sensitivity,
        personal_data=stream.personal_data,
        leaves_as="stays" if leaves is None else leaves.form,
        reason_given=leaves is None or bool(leaves.because),
        retention_days=stream.retention_days,
    )


def assumption_subjects(site: Site, today: date) -> tuple[AssumptionSubject, ...]:
    return tuple(_assumption(each, today) for each in site.assumptions)


def _assumption(assumption: Assumption, today: date) -> AssumptionSubject:
    path = f"assumptions.{assumption.at}"
    return AssumptionSubject(path, path, _days(assumption.review_by, today, f"{path}.review_by"))


def waiver_subjects(
    site: Site, today: date, unwaivable: Collection[str]
) -> tuple[WaiverSubject, ...]:
    """`unwaivable` has the ids of the rules that allow no waiver."""
    return tuple(_waiver(each, today, unwaivable) for each in site.waivers)


def _waiver(waiver: Waiver, today: date, unwaivable: Collection[str]) -> WaiverSubject:
    path = f"waivers.{waiver.rule}"
    same = None
    if waiver.approved_by is not None and waiver.owner is not None:
        same = waiver.approved_by == waiver.owner
    return WaiverSubject(
        id=f"{path}@{waiver.at}",
        waiver=path,
        days_left=_days(waiver.expires, today, f"{path}.expires"),
        approver_is_owner=same,
        rule_waivable=waiver.rule not in unwaivable,
    )


def _days(until: str | None, today: date, path: str) -> Quantity:
    """Days from today until a date, negative once it has passed."""
    return unknown(path) if until is None else exact((date.fromisoformat(until) - today).days)
