"""One number where a file needs one: what was stated, else the end that errs on the safe side."""

from __future__ import annotations

import math

from edgeward.quantity import Quantity


def pick_most(quantity: Quantity) -> float | None:
    """The upper end, else what was stated; None where neither is known."""
    end = quantity.high if math.isfinite(quantity.high) else quantity.stated
    return end if end is not None and math.isfinite(end) else None


def pick_least(quantity: Quantity) -> float | None:
    """What was stated, else the lower end of a range that somebody gave; None where nobody did."""
    if quantity.stated is not None and math.isfinite(quantity.stated):
        return quantity.stated
    return quantity.low if quantity.bounded and math.isfinite(quantity.low) else None
