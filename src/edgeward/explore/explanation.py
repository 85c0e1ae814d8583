"""What an explanation says: the one object that every reporter of `edgeward explain` takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from edgeward.decision import Block, Decision, Placement, Withheld
from edgeward.explore.variants import Change
from edgeward.quantity import Quantity
from edgeward.site import Site, Tier


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Changes that, applied together, make a place permitted; deciding again has shown it.

    `place` is where the use case then may run. `usd` is what is bought once, None where no price
    is known; `effort` the greatest of the changes, as the menu says it.
    """

    words: tuple[str, ...]
    change: Change
    place: str
    effort: str
    usd: Quantity | None

    @property
    def values(self) -> Mapping[str, float | str]:
        """The declaration paths with what to write there, in the form that `--if` takes."""
        return self.change.values


@dataclass(frozen=True, slots=True)
class WhyNot:
    """A tier that is not permitted. `fixed` says why no change is looked for."""

    tier: Tier
    blocks: tuple[Block, ...]
    suggestions: tuple[Suggestion, ...]
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a decision flips: the last value found with the same decision, and the first with
    another, which is `becomes`."""

    holds: float
    flips: float
    becomes: str


@dataclass(frozen=True, slots=True)
class Margin:
    """How far a number can move before the decision flips.

    Searched from `low` to `high`; an edge is None where the decision holds to that end. `doubt` is
    the share of an assumed range in which the decision is another one, None for a stated number.
    """

    path: str
    now: float
    low: float
    high: float
    below: Edge | None
    above: Edge | None
    doubt: float | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """An assumption between words: which of them lead to another decision."""

    path: str
    now: str
    others: Mapping[str, str]
    doubt: float


@dataclass(frozen=True, slots=True)
class Degraded:
    """What a use case does while something is away. `lasts` is a sentence on for how long."""

    away: str
    runs: bool
    does: str
    lasts: str


@dataclass(frozen=True, slots=True)
class UseCaseExplanation:
    """`measure_first` is the path of the assumption whose narrowing removes most doubt."""

    name: str
    outcome: Placement | Withheld
    why_not: tuple[WhyNot, ...]
    margins: tuple[Margin, ...]
    choices: tuple[Choice, ...]
    measure_first: str | None
    degraded: tuple[Degraded, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What `--if` changes for one use case, in words; the same text where it changes nothing."""

    use_case: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """`asked` are the conditions as they were given; `site` and `decision` with them."""

    asked: tuple[str, ...]
    differences: tuple[Difference, ...]
    degraded: Mapping[str, tuple[Degraded, ...]]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One plant: `site` and `decision` are those that the use cases are explained for."""

    site: Site
    decision: Decision
    use_cases: tuple[UseCaseExplanation, ...]
    what_if: WhatIf | None = None
