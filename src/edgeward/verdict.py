"""What a rule says of one subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from edgeward.quantity import Quantity

Fact = Quantity | str | bool | None


class Outcome(StrEnum):
    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule on one subject.

    `outcome` holds for every plausible value of what is not known exactly; it is UNKNOWN where
    the plausible values disagree. `stated` is then what the stated values give, or None where
    some value was never stated. `facts` are the needed facts by path, `rests_on` the declaration
    paths of which a plausible value decides.
    """

    rule: str
    subject: str
    outcome: Outcome
    stated: Outcome | None
    facts: Mapping[str, Fact]
    rests_on: frozenset[str]
    detail: Mapping[str, float | str] | None = None
