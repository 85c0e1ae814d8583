"""A resource of the plant's graph."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Resource:
    """A cloud resource of the plant's graph, with what belongs to it already joined in.

    A fact that has no meaning for the type is None and its rule does not apply (`applies_when`).
    """

    id: str
    resource: str
    type: str
    declared_at: str
    region: str | None
    region_allowed: bool | None
    encrypted: bool | None
    public_access_blocked: bool | None
    tls_only: bool | None
    protected: bool | None
    retained: bool | None
    wildcard_actions: bool | None
    wildcard_resources: bool | None
    private_key_in_state: bool | None
    retention_as_declared: bool | None
    tells_somebody: bool | None
    tagged: bool | None
    kind: str
    """What the rules know it as: bucket, role, thing_policy, key, secret, budget, other."""
