"""What a plant costs, alternative by alternative: the one object that cost reports take.

Amounts are in the currency of the `PlantCost`, a month each unless a name says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from edgeward.cost.break_even import Crossing, Curve
from edgeward.cost.line import Line
from edgeward.cost.money import Money

Along = Literal["inferences a month", "assets", "months of use"]


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its amount; `price` is of one `line.unit`, in the plant's currency."""

    line: Line
    amount: Money
    price: Money


@dataclass(frozen=True, slots=True)
class Move:
    """How far one uncertain input moves the monthly cost, alone, from one end to the other."""

    inputs: tuple[str, ...]
    swing: Decimal | None


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Where an alternative and its `rival` cost the same along one quantity.

    `now` is where the plant is, `end` how far was looked; no crossings means never.
    `curves` are the alternative's and the rival's.
    """

    rival: str
    along: Along
    now: Decimal
    end: Decimal
    crossings: tuple[Crossing, ...]
    first_is_cheaper: bool
    curves: tuple[Curve, Curve]


@dataclass(frozen=True, slots=True)
class AlternativeCost:
    """What a use case costs at one place.

    `monthly` is all that counts, of which `capital`, `running` and `risk`. `unsigned` is what the
    lines would add that do not count because nobody signed or priced them. `new_cash` is what has
    to be bought, `sunk` what was. `bad_year` is what outages
    cost in a year that one in ten exceeds.
    `payback_months` is None where it never pays back, or where no value was declared.
    """

    name: str
    tier: str
    permitted: bool | None
    chosen: bool
    blocked_by: tuple[str, ...]
    lines: tuple[PricedLine, ...]
    monthly: Money
    capital: Money
    running: Money
    risk: Money
    unsigned: Money
    new_cash: Money
    sunk: Money
    first_year_cash: Money
    over_horizon: Money
    per_inference: Money | None
    per_unit: Money | None
    bad_year: Decimal
    payback_months: float | None
    moves: tuple[Move, ...] = ()
    break_even: tuple[BreakEven, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UseCaseCost:
    name: str
    alternatives: tuple[AlternativeCost, ...]
    value_per_month: Decimal | None
    notes: tuple[str, ...]

    @property
    def chosen(self) -> AlternativeCost | None:
        return next((each for each in self.alternatives if each.chosen), None)


@dataclass(frozen=True, slots=True)
class SharedBox:
    """A device that several use cases run on: its cost once, and each one's share of it."""

    device: str
    use_cases: tuple[str, ...]
    monthly: Money
    each: Money


@dataclass(frozen=True, slots=True)
class SourceOf:
    """Where a figure is from: `path` is what lines name, the rest what the catalog says of it."""

    path: str
    figure: str
    basis: str
    source: str
    date: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class PlantCost:
    """A plant's ownership cost; `monthly` counts a box once that several use cases share."""

    site: str
    currency: str
    horizon_years: float
    discount_rate: float
    unit: str | None
    use_cases: tuple[UseCaseCost, ...]
    shared: tuple[SharedBox, ...]
    monthly: Money
    over_horizon: Money
    sources: tuple[SourceOf, ...]
    notes: tuple[str, ...]
