"""Money at different times: what a purchase costs a month, what months are worth today.

Monthly rate i = (1 + r)^(1/12) - 1 for a yearly rate r; the annuity of a purchase over n months is
i / (1 - (1 + i)^-n), with i = 0: 1 / n (any textbook of engineering economics).
"""

from __future__ import annotations

import math

from edgeward.quantity import Quantity

_NONE = 1e-12  # a monthly rate that no amount of money feels


def monthly_share(rate: float, life_years: float, residual_share: float = 0.0) -> float:
    """The share of a purchase that each month of its life bears, less what it still fetches."""
    months = life_years * 12
    discount = math.exp(-life_years * math.log1p(rate))
    return (1 - residual_share * discount) / _annuity_months(rate, months)


def spread(rate: Quantity, life_years: Quantity, residual_share: Quantity) -> Quantity:
    """`monthly_share` of ranges: it rises with the rate, falls with life and residual value."""
    stated = None
    if None not in (rate.stated, life_years.stated, residual_share.stated):
        stated = monthly_share(
            rate.stated or 0.0, life_years.stated or 0.0, residual_share.stated or 0.0
        )
    return Quantity(
        monthly_share(rate.low, life_years.high, residual_share.high),
        monthly_share(rate.high, life_years.low, residual_share.low),
        stated,
        rate.rests_on | life_years.rests_on | residual_share.rests_on,
    )


def present_months(rate: float, years: float) -> float:
    """How many times one monthly payment, at the end of each month, a horizon is worth today."""
    return _annuity_months(rate, years * 12)


def payback_months(capital: float, gain_per_month: float) -> float | None:
    """The months until what was spent has come back, undiscounted; None for never."""
    if capital <= 0:
        return 0.0 if gain_per_month >= 0 else None
    return capital / gain_per_month if gain_per_month > 0 else None


def _annuity_months(rate: float, months: float) -> float:
    monthly = math.log1p(rate) / 12
    if monthly < _NONE:
        return months
    return -math.expm1(-months * monthly) / math.expm1(monthly)
