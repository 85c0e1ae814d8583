"""What a decision comes to for one use case, to compare decisions and to say them in words."""

from __future__ import annotations

from edgeward.assess import what_it_does
from edgeward.decision import Alternative, Decision, Placement, Withheld
from edgeward.site import Tier

Outcome = Placement | Withheld


def find_outcome(decision: Decision, use_case: str) -> Outcome | None:
    """The placement of a use case, or why it has none; None for a retired one."""
    found: tuple[Outcome, ...] = (*decision.placements, *decision.withheld)
    return next((each for each in found if each.use_case == use_case), None)


def does(decision: Decision, use_case: str) -> tuple[str, ...]:
    return what_it_does(decision).get(use_case, ())


def say_outcome(decision: Decision, use_case: str) -> str:
    """`plant server-1, training cloud`, `not ready` or `no tier permitted`."""
    outcome = find_outcome(decision, use_case)
    if isinstance(outcome, Placement):
        return f"{say_place(outcome.inference_tier, outcome.device)}, {_rest(outcome)}"
    if outcome is None:
        return "retired"
    return "not ready" if outcome.why == "not_ready" else "no tier permitted"


def say_place(tier: Tier, device: str) -> str:
    return "the cloud" if tier == "cloud" else f"{tier} {device}"


def hosts_of(decision: Decision, use_case: str, tier: Tier) -> tuple[Alternative, ...]:
    """Every place of a tier that was weighed for a use case."""
    outcome = find_outcome(decision, use_case)
    alternatives = outcome.alternatives if outcome is not None else ()
    return tuple(each for each in alternatives if each.tier == tier)


def placed(decision: Decision) -> frozenset[str]:
    return frozenset(each.use_case for each in decision.placements)


def _rest(placement: Placement) -> str:
    pattern = placement.pattern.value.replace("_", " ")
    return f"training {placement.training_tier}, {pattern}"
