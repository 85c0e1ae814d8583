"""The rules that a run judges by: as severe as they are on its day, with what they compare with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from edgeward.declare.code_owners import CodeOwners, read_code_owners
from edgeward.declare.signing import Signing, read_signing
from edgeward.digest import digest
from edgeward.place.open import Policy
from edgeward.policy.engine import Engine, open_engine
from edgeward.policy.rule import Rule, RuleStage
from edgeward.policy.rule_set import load_rules
from edgeward.policy.thresholds import load_thresholds


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules by id, what evaluates them, and the thresholds that they compare with.

    `approvers` are those whom the fleet names for waivers, `code_owners` those who review a
    plant's file; where neither names anybody, anybody may approve. `signing` says for how long
    releases are good, None where the repository signs none.
    """

    rules: Mapping[str, Rule]
    engine: Engine
    thresholds: Mapping[str, Any]
    digest: str
    sources: Mapping[str, str]
    approvers: tuple[str, ...] = ()
    code_owners: CodeOwners = field(default_factory=CodeOwners)
    signing: Signing | None = None

    def of(self, stage: RuleStage, *subjects: str) -> tuple[Rule, ...]:
        return tuple(
            rule for rule in self.rules.values() if rule.stage == stage and rule.subject in subjects
        )

    @property
    def policy(self) -> Policy:
        return Policy(self.rules, self.thresholds)


def open_rulebook(
    root: Path,
    overrides: Mapping[str, Any],
    today: date,
    approvers: tuple[str, ...] = (),
    engine_url: str | None = None,
) -> Rulebook:
    """The rules of a repository, as severe as they are on that day.

    They run on the embedded engine, or on an OPA server at `engine_url`.
    """
    rule_set = load_rules(root)
    thresholds = load_thresholds(root, overrides)
    return Rulebook(
        rules={rule.id: rule.on(today) for rule in rule_set.rules},
        engine=open_engine(rule_set, engine_url),
        thresholds=thresholds,
        digest=digest({"rules": dict(rule_set.sources), "thresholds": dict(thresholds)}),
        sources=rule_set.sources,
        approvers=approvers,
        code_owners=read_code_owners(root),
        signing=read_signing(root),
    )
