"""What a cost counts as when alternatives are compared."""

from __future__ import annotations

import math

from edgeward.quantity import Quantity


def cents(usd: Quantity) -> int:
    """What a cost counts as when alternatives are compared, in cents, to two significant digits.

    The stated value; without one the middle of the range; of a number without an upper end, the
    part that is known. What differs in the third digit costs the same as far as anybody knows, and
    a tie goes to fewer moving parts.
    """
    middle = (usd.low + usd.high) / 2 if usd.bounded else usd.low
    return two_digits(100 * (middle if usd.stated is None else usd.stated))


def two_digits(exact_cents: float) -> int:
    if exact_cents <= 0:
        return 0
    return round(round(exact_cents, 1 - math.floor(math.log10(exact_cents))))
