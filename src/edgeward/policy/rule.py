"""A rule without its condition, which only an engine knows."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from edgeward.finding import Severity

RuleStage = Literal["permit", "assert", "judge"]

PLACEHOLDER = re.compile(r"\{([a-z0-9_.]+)\}")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a rule follows: a clause, where it is published, and whether its text was read.

    Standards bodies' texts are paid: `read` is false where the clause is recalled.
    """

    ref: str
    description: str
    read: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule without its condition, which only an engine knows.

    `needs` are fact paths of the subject, the only ones that the condition sees. `applies_when`
    has for a choice the values of which it must have one. `thresholds` are the paths under
    `data.thresholds` that the condition refers to; they are found when it is compiled.
    """

    id: str
    title: str
    description: str
    stage: RuleStage
    subject: str
    severity: Severity
    requirement: str
    needs: tuple[str, ...]
    applies_when: Mapping[str, tuple[str | bool, ...]]
    solver: bool
    waivable: bool
    at: str
    message: str
    remediation: str
    related_resources: tuple[Reference, ...]
    error_from: str | None = None
    """Until this day an error is a warning, so that a fleet can adapt to a new rule."""
    thresholds: tuple[str, ...] = ()

    def on(self, today: date) -> Rule:
        """The rule with the severity that it has on a day."""
        if self.error_from is None or today >= date.fromisoformat(self.error_from):
            return self
        return dataclasses.replace(self, severity=Severity.WARNING)

    @property
    def category(self) -> str:
        return self.id.partition(".")[0]

    @property
    def entrypoint(self) -> str:
        """The rule's package as a path, as engines name it."""
        return "edgeward/" + self.id.replace(".", "/")
