"""Where inference and training run, why, and why not elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from edgeward.quantity import ZERO, Quantity
from edgeward.site import Tier
from edgeward.subjects import Candidate
from edgeward.use_case import Stage


class Pattern(StrEnum):
    """The hybrid patterns of R7 to R9, and what is left without one."""

    SCHEDULED_SYNC = "scheduled_sync"
    EDGE_SCORE_CLOUD_ENRICH = "edge_score_cloud_enrich"
    DUAL_PATH = "dual_path"
    LOCAL_ONLY = "local_only"
    CLOUD_ONLY = "cloud_only"
    CLOUD_HUMAN = "cloud_human"


@dataclass(frozen=True, slots=True)
class Term:
    """A line of the latency ledger: `basis` is measured, declared, catalog, derived or assumed.

    `misses` is the share of cases in which the term may take longer than its bound.
    """

    name: str
    bound_ms: Quantity
    median_ms: Quantity
    basis: str
    note: str = ""
    misses: Quantity = ZERO


@dataclass(frozen=True, slots=True)
class Ledger:
    """The terms add up to `bound_ms`: a conservative bound, not a percentile.

    It holds for all but `misses` of the cases, the sum of what the terms may miss (union bound).
    """

    terms: tuple[Term, ...]
    bound_ms: Quantity
    median_ms: Quantity
    misses: Quantity = ZERO


@dataclass(frozen=True, slots=True)
class Block:
    """A rule that forbids an alternative, in its words and with its numbers."""

    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """One tier and device that was weighed.

    `permitted` is None where a number that nobody knows would decide; `rests_on` names it.
    `facts` are what the rules compared, for reports.
    """

    tier: Tier
    device: str
    permitted: bool | None
    blocks: tuple[Block, ...]
    usd_per_month: Quantity
    ledger: Ledger
    rests_on: tuple[str, ...]
    facts: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Flip:
    """A value inside the range of an assumption at which the decision is another one: `then`."""

    path: str
    value: float | str
    then: str


@dataclass(frozen=True, slots=True)
class Placement:
    """The decision for one use case.

    `fragile` lists what of the assumptions would make it another one; `rests_on` all that it was
    computed from, `stated_rules` the rules that only stated values of these meet. `alternatives`
    has every candidate, the chosen one first. `billed_usd_per_month` is what of the cost is on the
    cloud's bill; `recalled_prices` are those behind the cost that no source gives.
    """

    use_case: str
    stage: Stage
    inference_tier: Tier
    device: str
    training_tier: str
    pattern: Pattern
    fallback: str
    ledger: Ledger
    budget_ms: Quantity
    usd_per_month: Quantity
    reason: str
    alternatives: tuple[Alternative, ...]
    billed_usd_per_month: Quantity | None = None
    recalled_prices: tuple[str, ...] = ()
    fragile: tuple[Flip, ...] = ()
    rests_on: tuple[str, ...] = ()
    stated_rules: tuple[str, ...] = ()
    bands: Mapping[str, float | str] | None = None
    pinned: bool = False

    @property
    def fragile_on(self) -> tuple[str, ...]:
        """The paths of the assumptions that would change it, each once."""
        return tuple(dict.fromkeys(each.path for each in self.fragile))


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that has to be known before a use case is ready: `what` in plain words."""

    path: str
    what: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """A use case that gets no placement: not ready, or permitted nowhere.

    `why` is "not_ready" with the list of what is `missing`, or "no_tier" with every alternative
    and its blocks.
    """

    use_case: str
    why: Literal["not_ready", "no_tier"]
    missing: tuple[Missing, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    training_blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything decided for one plant, sorted by use case."""

    site: str
    placements: tuple[Placement, ...]
    withheld: tuple[Withheld, ...]
    inputs_digest: str = ""
