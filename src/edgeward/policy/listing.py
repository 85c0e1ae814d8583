"""The rules in one list, for people and for programs."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence

from edgeward.policy.rule import Rule


def list_as_text(rules: Sequence[Rule]) -> str:
    """A line a rule: id, severity, requirement, title."""
    width = max(len(rule.id) for rule in rules)
    return "\n".join(
        f"{rule.id:{width}}  {_severity(rule):8} {rule.requirement:4} {rule.title}"
        for rule in rules
    )


def list_as_json(rules: Sequence[Rule]) -> str:
    """What the rules say of themselves."""
    return json.dumps([dataclasses.asdict(rule) for rule in rules], indent=2)


def _severity(rule: Rule) -> str:
    return f"{rule.severity}*" if rule.error_from else rule.severity.value
