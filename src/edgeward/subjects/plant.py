"""What a plant declares beside its use cases: streams, assumptions, waivers, devices."""

from __future__ import annotations

from dataclasses import dataclass

from edgeward.quantity import Quantity


@dataclass(frozen=True, slots=True)
class StreamSubject:
    id: str
    stream: str
    sensitivity: str | None
    personal_data: str | None
    leaves_as: str | None
    """"stays" where the stream does not leave the plant."""
    reason_given: bool
    retention_days: Quantity


@dataclass(frozen=True, slots=True)
class AssumptionSubject:
    """`days_to_review` is negative once the review date has passed."""

    id: str
    assumption: str
    days_to_review: Quantity
    in_production: bool
    """Whether a use case in production is the plant's, or is the one that it speaks of."""


@dataclass(frozen=True, slots=True)
class WaiverSubject:
    id: str
    waiver: str
    days_left: Quantity
    approved_by_another: bool
    """By somebody who is not the owner, and whom the fleet or the code owners name, if any."""
    rule_waivable: bool


@dataclass(frozen=True, slots=True)
class UsedWaiver:
    """A waiver of a rule that was judged, and whether it covers a finding of it."""

    id: str
    waiver: str
    covers: bool


@dataclass(frozen=True, slots=True)
class PriceSubject:
    """A price that the chosen places count on; `declared_at` is where the plant may alter it."""

    id: str
    declared_at: str
    age_days: Quantity


@dataclass(frozen=True, slots=True)
class RemoteAccessFacts:
    declared: bool
    mfa: bool | None


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """How long the plant can count on what is signed of a release, and may be out of reach.

    `made`: the repository signs releases.
    """

    made: bool
    good_hours: Quantity
    dark_hours: Quantity


@dataclass(frozen=True, slots=True)
class SiteSubject:
    id: str
    site: str
    remote_access: RemoteAccessFacts
    signatures: SignatureFacts


@dataclass(frozen=True, slots=True)
class DeviceZoneFacts:
    level_declared: bool
    """Whether the device's zone says which security level it is to have."""
    security_level: Quantity


@dataclass(frozen=True, slots=True)
class SupportFacts:
    """For how long the class is given security updates, and for how long it is to be used."""

    declared: bool
    support_years: Quantity
    planned_years: Quantity


@dataclass(frozen=True, slots=True)
class DeviceSubject:
    """A device of the plant; what its class can do is yes, no, or "not stated".

    `keeps_sensitive_data` is true where a stream that is confidential, secret or about people is
    captured there.
    """

    id: str
    device: str
    zone: DeviceZoneFacts
    secure_boot: str
    encrypted_volume: str
    keeps_sensitive_data: bool
    identity: str
    identity_stated: bool
    runs_other_software: bool
    flows_declared: bool
    support: SupportFacts
