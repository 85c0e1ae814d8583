"""A use case as declared: safety, bands, governance, reviewers, labels, monitoring."""

from __future__ import annotations

from dataclasses import dataclass

from edgeward.quantity import Quantity


@dataclass(frozen=True, slots=True)
class SafetyFacts:
    """R28: edgeward never is the safety function."""

    independent_protection: bool
    standard_named: bool
    version_approved: bool
    activates_by_hand: bool


@dataclass(frozen=True, slots=True)
class BandFacts:
    act_above: Quantity
    defer_above: Quantity
    declared: bool


@dataclass(frozen=True, slots=True)
class GovernanceFacts:
    approver_is_owner: bool | None
    rollback_has_target: bool


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """`busy` is the share of their time that the reviewers need while the line runs."""

    declared: bool
    busy: Quantity


@dataclass(frozen=True, slots=True)
class LabelFacts:
    """Labels that one release needs, and those that come in between two trainings."""

    declared: bool
    needed: Quantity
    per_cadence: Quantity


@dataclass(frozen=True, slots=True)
class MonitoringFacts:
    """The inference layer of R18: whether what is watched can lead to something."""

    drift_leads_somewhere: bool


@dataclass(frozen=True, slots=True)
class RegulationFacts:
    """The class under the law that applies, "not stated" where nobody says.

    `reasoned` says that why, who and when are given.
    """

    risk: str
    reasoned: bool
    stops_without_the_cloud: bool


@dataclass(frozen=True, slots=True)
class UseCaseSubject:
    id: str
    use_case: str
    criticality: str | None
    authority: str | None
    stage: str
    safety: SafetyFacts
    bands: BandFacts
    governance: GovernanceFacts
    review: ReviewFacts
    labels: LabelFacts
    monitoring: MonitoringFacts
    regulation: RegulationFacts
