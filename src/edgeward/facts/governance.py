"""Facts about people, promises and dates: who approves, what is assumed, what is waived."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from edgeward.catalog import Catalog
from edgeward.declare.signing import Signing
from edgeward.facts.cadence import cadence_days
from edgeward.facts.host import Job, make_job
from edgeward.facts.level import NOT_STATED
from edgeward.facts.stream import items_per_second
from edgeward.quantity import ZERO, Quantity, exact, total, unknown
from edgeward.site import Assumption, Site, Stream, Waiver
from edgeward.subjects import (
    AssumptionSubject,
    BandFacts,
    GovernanceFacts,
    LabelFacts,
    MonitoringFacts,
    RegulationFacts,
    RemoteAccessFacts,
    ReviewFacts,
    SafetyFacts,
    SignatureFacts,
    SiteSubject,
    StreamSubject,
    UseCaseSubject,
    WaiverSubject,
)
from edgeward.use_case import UseCase

_DAYS_A_MONTH = 30.0
_LOCAL_STOPS = ("safe_action", "stop")


def site_subjects(site: Site, signing: Signing | None) -> tuple[SiteSubject, ...]:
    """The plant as a whole, once."""
    access = site.remote_access
    facts = RemoteAccessFacts(
        declared=access is not None,
        mfa=access.mfa if access else None,
    )
    return (SiteSubject(site.name, site.name, facts, _signatures(site, signing)),)


def _signatures(site: Site, signing: Signing | None) -> SignatureFacts:
    dark = site.connectivity.worst_outage_hours
    if signing is None:
        return SignatureFacts(made=False, good_hours=ZERO, dark_hours=dark)
    _role, good = signing.shortest(site.name)
    return SignatureFacts(made=True, good_hours=exact(good), dark_hours=dark)


def use_case_subjects(site: Site, catalog: Catalog) -> tuple[UseCaseSubject, ...]:
    jobs = [make_job(site, each, catalog) for each in site.use_cases if each.stage != "retired"]
    return tuple(map(_use_case, jobs))


def _use_case(job: Job) -> UseCaseSubject:
    use_case = job.use_case
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
            rollback_has_target=_goes_back_to_another(use_case),
        ),
        review=_review(job),
        labels=_labels(job),
        monitoring=MonitoringFacts(_leads_somewhere(use_case)),
        regulation=_regulation(use_case),
    )


def _goes_back_to_another(use_case: UseCase) -> bool:
    """A rollback to the version that runs goes nowhere."""
    running = use_case.model.version if use_case.model else None
    return use_case.rollback_to is not None and use_case.rollback_to != running


def _review(job: Job) -> ReviewFacts:
    """busy: items/s × share reviewed × seconds each / people, of all streams that are read."""
    review = job.use_case.review
    if review is None or not (review.people.bounded and review.seconds_each.bounded):
        return ReviewFacts(declared=False, busy=ZERO)
    rate = total([items_per_second(job.site, stream, None) for stream in job.streams])
    busy = rate * review.expected_share * review.seconds_each / review.people
    return ReviewFacts(declared=True, busy=busy)


def _labels(job: Job) -> LabelFacts:
    """per_cadence: positives a month × days between trainings / 30, where both are declared."""
    labels = job.model.labels if job.model else None
    training = job.use_case.training
    cadence = training.cadence if training else None
    if labels is None or cadence in (None, "never", "on_trigger"):
        return LabelFacts(declared=False, needed=ZERO, per_cadence=ZERO)
    days = cadence_days(cadence, f"{job.path}.training.cadence")
    return LabelFacts(
        declared=True,
        needed=labels.per_release,
        per_cadence=(labels.positives_per_month * days).scaled(1 / _DAYS_A_MONTH),
    )


def _leads_somewhere(use_case: UseCase) -> bool:
    """A metric, a threshold, and an answer that is possible: a vendor's model is not retrained."""
    drift = use_case.drift
    if drift is None or drift.metric is None or not drift.above.bounded or drift.then is None:
        return False
    by_vendor = use_case.training is not None and use_case.training.where == "vendor"
    return not (by_vendor and drift.then == "retrain")


def _regulation(use_case: UseCase) -> RegulationFacts:
    regulation = use_case.regulation
    given: tuple[str | None, ...] = (None,)
    if regulation is not None:
        given = (regulation.risk, regulation.because, regulation.by, regulation.on)
    return RegulationFacts(
        risk=(regulation.risk if regulation else None) or NOT_STATED,
        reasoned=None not in given,
        stops_without_the_cloud=use_case.absent is not None and use_case.absent.do in _LOCAL_STOPS,
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
    return tuple(_assumption(each, site, today) for each in site.assumptions)


def _assumption(assumption: Assumption, site: Site, today: date) -> AssumptionSubject:
    path = f"assumptions.{assumption.at}"
    section, _, rest = assumption.at.partition(".")
    named = rest.partition(".")[0] if section == "use_cases" else None
    return AssumptionSubject(
        id=path,
        assumption=path,
        days_to_review=_days(assumption.review_by, today, f"{path}.review_by"),
        in_production=any(
            each.stage == "production" and named in (None, each.name) for each in site.use_cases
        ),
    )


def waiver_subjects(
    site: Site, today: date, unwaivable: Collection[str], approvers: Collection[str]
) -> tuple[WaiverSubject, ...]:
    """`unwaivable` has the ids of the rules that allow no waiver, `approvers` who may approve."""
    return tuple(_waiver(each, today, unwaivable, approvers) for each in site.waivers)


def waiver_id(waiver: Waiver) -> str:
    """What tells one waiver of a plant from the others: its rule and its place."""
    return f"{waiver.rule}@{waiver.at}"


def _waiver(
    waiver: Waiver, today: date, unwaivable: Collection[str], approvers: Collection[str]
) -> WaiverSubject:
    path, by = f"waivers.{waiver.at}", waiver.approved_by
    return WaiverSubject(
        id=waiver_id(waiver),
        waiver=path,
        days_left=_days(waiver.expires, today, f"{path}.expires"),
        approved_by_another=by is not None
        and waiver.owner is not None
        and by != waiver.owner
        and (not approvers or by in approvers),
        rule_waivable=waiver.rule not in unwaivable,
    )


def _days(until: str | None, today: date, path: str) -> Quantity:
    """Days from today until a date, negative once it has passed."""
    return unknown(path) if until is None else exact((date.fromisoformat(until) - today).days)
