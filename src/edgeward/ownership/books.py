"""How a plant counts money: its currency, its horizon, what money costs it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from edgeward.catalog import Catalog
from edgeward.cost.horizon import present_months
from edgeward.cost.line import Line, expected
from edgeward.cost.money import Money, money
from edgeward.facts.cost_tariff import DOLLAR, Tariff, known
from edgeward.ownership.priced import PricedLine
from edgeward.quantity import Quantity
from edgeward.site import Site

_FINEST = Decimal("0.00000001")
_FINEST_PRICE = Decimal("0.000000000001")


@dataclass(frozen=True, slots=True)
class Books:
    """How a plant counts: its currency as US dollars for one, its horizon and discount rate."""

    site: Site
    tariff: Tariff
    currency: str
    usd_rate: float
    horizon_years: float
    discount_rate: float

    @property
    def horizon_months(self) -> Decimal:
        """How many monthly amounts the horizon is worth today."""
        return decimal(present_months(self.discount_rate, self.horizon_years))

    def amount(self, usd: Quantity) -> Money:
        return money(usd, self.usd_rate)


def open_books(site: Site, catalog: Catalog) -> Books:
    """The plant's own horizon and rate, or the catalog's; dollars where it has no usable rate."""
    tariff, finance = Tariff(site, catalog), site.finance
    rate = expected(tariff.usd_rate) if tariff.usd_rate.bounded else 0.0
    own = finance.currency if finance and finance.currency and rate > 0 else DOLLAR
    horizon = known(finance.horizon_years if finance else None, catalog, "cost.horizon_years")
    return Books(
        site=site,
        tariff=tariff,
        currency=own,
        usd_rate=rate if own != DOLLAR else 1.0,
        horizon_years=expected(horizon),
        discount_rate=expected(tariff.discount),
    )


def price_lines(books: Books, lines: Iterable[Line]) -> tuple[PricedLine, ...]:
    """The lines with their amounts in the plant's currency."""
    return tuple(
        PricedLine(
            line,
            books.amount(line.usd_per_month),
            money(line.price, books.usd_rate, _FINEST_PRICE),
        )
        for line in lines
    )


def per_each(monthly: Money, count: Quantity) -> Money | None:
    """A monthly amount for each of `count` things a month; None where there is none of them."""
    if not count.high > 0:
        return None
    best = expected(count)
    high = None
    if monthly.high is not None and count.low > 0:
        high = (monthly.high / decimal(count.low)).quantize(_FINEST)
    low = Decimal(0) if math.isinf(count.high) else monthly.low / decimal(count.high)
    middle = monthly.best / decimal(best) if best > 0 else low
    return Money(low.quantize(_FINEST), middle.quantize(_FINEST), high)


def decimal(value: float) -> Decimal:
    """The shortest decimal that is that number."""
    return Decimal(repr(value))
