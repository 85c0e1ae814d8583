"""A line of the ownership cost: what drives it, what one of that costs, and where that is from."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from edgeward.quantity import Quantity, exact

Group = Literal[
    "edge hardware",
    "integration",
    "energy",
    "licences",
    "maintenance",
    "patching and updates",
    "truck rolls",
    "cloud inference",
    "cloud training",
    "data transfer",
    "connectivity",
    "storage",
    "messaging",
    "monitoring",
    "labels and review",
    "downtime risk",
    "the owner's time",
]
Kind = Literal["capital", "running", "risk"]
Grows = Literal["fixed", "site", "device", "inference"]

ACCOUNT = "cloud account"
"""Stands as the `box` of what a plant has in the cloud once, whatever runs there."""

_ALL_OF_IT = exact(1)


@dataclass(frozen=True, slots=True)
class Line:
    """`driver` in `unit` × `price` in US dollars × `spread` is what it costs a month.

    `spread` is the share of a price that one month bears: 1 for what is paid every month, the
    annuity for what is bought. `sources` are catalog and declaration paths of price and driver.
    What does not count (`counts`) is shown and decides nothing. `box` names the device that the
    line is paid for whatever runs on it. Where the cost comes in steps, `step` is how many items a
    month one step carries and `at_least` how many steps are paid anyway. What is bought lasts
    `life_months`.
    """

    group: Group
    name: str
    driver: Quantity
    unit: str
    price: Quantity
    sources: tuple[str, ...]
    kind: Kind = "running"
    grows: Grows = "fixed"
    spread: Quantity = _ALL_OF_IT
    counts: bool = True
    box: str = ""
    step: float | None = None
    at_least: float = 0
    life_months: float = 0
    note: str = ""
    usd_per_month: Quantity = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "usd_per_month", self._multiply())

    def _multiply(self) -> Quantity:
        """The product of the factors, none of which is negative; so is its expected value."""
        driver, price = self.driver, self.price
        low = _times(driver.low, price.low)
        high = _times(driver.high, price.high)
        best = expected(driver) * expected(price)
        rests_on = driver.rests_on | price.rests_on if price.rests_on else driver.rests_on
        if self.spread is not _ALL_OF_IT:
            spread = self.spread
            low, high = _times(low, spread.low), _times(high, spread.high)
            best *= expected(spread)
            rests_on |= spread.rests_on
        return Quantity(low, high, min(max(best, low), high), rests_on)


def expected_usd(lines: Iterable[Line]) -> Quantity:
    """What the lines that count cost together, in US dollars a month.

    Its stated value is the sum of what each line is expected to cost: a range that is wide at
    one line says nothing about the middle of another.
    """
    low = high = best = 0.0
    rests_on: set[str] = set()
    for line in lines:
        if line.counts:
            usd = line.usd_per_month
            low, high, best = low + usd.low, high + usd.high, best + (usd.stated or 0.0)
            rests_on |= usd.rests_on
    return Quantity(low, high, min(max(best, low), high), frozenset(rests_on))


def expected(quantity: Quantity) -> float:
    """The stated value; without one the middle of the range; of an open range what is known.

    The middle is the geometric one, as in the catalog: a range that nobody put a value in says an
    order of magnitude. From zero on it is the arithmetic one.
    """
    if quantity.stated is not None:
        return quantity.stated
    if not quantity.bounded:
        return quantity.low
    if quantity.low > 0:
        return math.sqrt(quantity.low * quantity.high)
    return (quantity.low + quantity.high) / 2


def _times(a: float, b: float) -> float:
    return a * b if a and b else 0.0  # none of something costs nothing, whatever one of it costs
