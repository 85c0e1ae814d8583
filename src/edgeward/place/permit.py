"""From verdicts to alternatives: which candidates are permitted, which are not, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from edgeward.decision import Block
from edgeward.finding import Severity
from edgeward.policy.message import render_message
from edgeward.policy.rule import Rule
from edgeward.use_case import Stage
from edgeward.verdict import Outcome, Verdict

Doubt = tuple[str, str]
"""The path of a number that nobody knows, and the title of a rule that hangs on it."""


@dataclass(frozen=True, slots=True)
class Permit:
    """`permitted` is None where plausible values disagree: `doubts` has the numbers and rules.

    `leans_on` names what a permitted or blocked candidate depends on only by its stated values,
    `stated_rules` the rules that these decide.
    """

    permitted: bool | None
    blocks: tuple[Block, ...]
    doubts: frozenset[Doubt]
    leans_on: tuple[str, ...] = ()
    stated_rules: tuple[str, ...] = ()

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The paths of the numbers in doubt."""
        return tuple(sorted({path for path, _ in self.doubts}))


def group_by_subject(verdicts: Iterable[Verdict]) -> Mapping[str, list[Verdict]]:
    grouped: defaultdict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        grouped[verdict.subject].append(verdict)
    return grouped


def permit(verdicts: Iterable[Verdict], rules: Mapping[str, Rule], stage: Stage) -> Permit:
    """What the error rules say together of one candidate; a warning forbids nothing."""
    blocks: list[Block] = []
    doubts: set[Doubt] = set()
    leans: set[str] = set()
    stated: set[str] = set()
    for verdict in verdicts:
        rule = rules[verdict.rule]
        if rule.severity is not Severity.ERROR:
            continue
        outcome = settle(verdict, stage)
        if outcome is Outcome.FAIL:
            blocks.append(Block(rule.id, render_message(rule, verdict)))
        if outcome is Outcome.UNKNOWN:
            doubts |= {(path, rule.title) for path in verdict.rests_on}
        elif verdict.outcome is Outcome.UNKNOWN:
            leans |= verdict.rests_on
            stated.add(rule.id)
    permitted = False if blocks else None if doubts else True
    return Permit(
        permitted,
        tuple(blocks),
        frozenset(doubts),
        leans_on=tuple(sorted(leans)),
        stated_rules=tuple(sorted(stated)),
    )


def settle(verdict: Verdict, stage: Stage) -> Outcome:
    """The outcome that counts: up to pilot, stated values decide where plausible ones differ."""
    if verdict.outcome is Outcome.UNKNOWN and verdict.stated is not None and stage != "production":
        return verdict.stated
    return verdict.outcome
