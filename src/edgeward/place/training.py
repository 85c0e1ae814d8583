"""Where a use case is trained: the cloud unless something blocks it, else the plant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from edgeward.decision import Block
from edgeward.place.permit import Doubt, Permit, permit
from edgeward.policy.rule import Rule
from edgeward.subjects import TrainingCandidate
from edgeward.use_case import UseCase
from edgeward.verdict import Verdict


def choose_training(
    use_case: UseCase,
    candidates: Sequence[TrainingCandidate],
    verdicts: Mapping[str, Sequence[Verdict]],
    rules: Mapping[str, Rule],
) -> str | Permit:
    """The training tier, or the refusal: every block of every tier, or the numbers in doubt.

    A declared `training.where` of cloud or plant is a pin, judged like any other; a vendor's
    training is only declared.
    """
    declared = use_case.training.where if use_case.training else None
    if declared == "vendor":
        return "vendor"
    stage = use_case.stage or "draft"
    blocks: list[Block] = []
    doubts: set[Doubt] = set()
    for each in candidates:
        if each.use_case != use_case.name or declared not in (None, each.tier):
            continue
        allowed = permit(verdicts.get(each.id, ()), rules, stage)
        if allowed.permitted:
            return each.tier
        blocks += [
            Block(b.rule, f"training in the {each.tier}: {b.message}") for b in allowed.blocks
        ]
        if allowed.permitted is None:
            doubts |= allowed.doubts
    return Permit(None if doubts else False, tuple(blocks), frozenset(doubts))
