"""How long an item waits for a model that others use too: first come, first served, no pre-emption.

Times are milliseconds of one server, loads are shares of its time. Items that come by a clock
(periodic, batches) are bounded for their worst phase, items that come at random by a quantile.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from edgeward.quantity import ZERO, Quantity, largest, rising, total

_EXACT_UP_TO = 6.0  # services: beyond, the exact sum loses digits and the tail is exponential
_STEPS = 60


@dataclass(frozen=True, slots=True)
class Demand:
    """What one use case brings to the queue of a host.

    `service_ms` is what the model takes for one item, at the tail. `ahead_ms` is work of its own
    that can stand in front of an item, `burst_ms` what it can put in front of somebody else's.
    Capture that runs free has no load: it takes what is left over.
    """

    service_ms: Quantity = ZERO
    ahead_ms: Quantity = ZERO
    burst_ms: Quantity = ZERO
    periodic_load: Quantity = ZERO
    random_load: Quantity = ZERO


def wait_ms(own: Demand, others: Iterable[Demand], misses: Quantity) -> Quantity:
    """The wait that all but a share `misses` of the items of `own` stay under, beside `others`.

    Work by the clock is at most Σ burst + load × t (a leaky bucket; J.-Y. Le Boudec and P. Thiran,
    "Network Calculus", 2001): it stands in front once, and slows the server for the random work.
    Random work of services up to s waits no longer than in M/D/1 with services s and the same
    load: its residual service is stochastically no greater than a uniform one on [0, s].
    Infinite from a load of 1 on.
    """
    others = tuple(others)
    everything = (own, *others)
    in_front = own.ahead_ms + total([each.burst_ms for each in others])
    random = [each for each in everything if each.random_load.high > 0]
    longest = largest(ZERO, *(each.service_ms for each in random))
    return in_front + rising(
        wait_beside,
        total([each.random_load for each in everything]),
        total([each.periodic_load for each in everything]),
        longest,
        nats(misses),
    )


@lru_cache(maxsize=4096)
def md1_wait(load: float, nats_missed: float) -> float:
    """The wait in services that all but exp(-nats_missed) of random arrivals stay under, in M/D/1.

    Exact for short waits (C. D. Crommelin, 1932): P(W ≤ t) = (1-ρ) Σ (ρ(k-t))^k e^(ρ(t-k)) / k!
    for k = 0 … ⌊t⌋; from six services on the exponential tail c·exp(-θt), with θ the positive root
    of ρ(e^θ - 1) = θ and c = (1-ρ) / (ρe^θ - 1).
    """
    if load >= 1:
        return math.inf
    misses = math.exp(-nats_missed)
    if load <= misses:
        return 0.0
    rate = _decay(load)
    factor = (1 - load) / (load * math.exp(rate) - 1)
    tail = (nats_missed + math.log(factor)) / rate
    if tail >= _EXACT_UP_TO:
        return tail
    low, high = 0.0, _EXACT_UP_TO + 1
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _md1_over(load, middle) > misses else (low, middle)
    return high


def wait_beside(random: float, periodic: float, service_ms: float, nats_missed: float) -> float:
    """The wait behind random work on a server that periodic work slows; both are loads."""
    if random + periodic >= 1:
        return math.inf
    if random == 0:
        return 0.0
    return service_ms * md1_wait(random / (1 - periodic), nats_missed)


def _md1_over(load: float, services: float) -> float:
    """P(W > t) in M/D/1, t in services."""
    terms = (
        (load * (k - services)) ** k / math.factorial(k) * math.exp(load * (services - k))
        for k in range(math.floor(services) + 1)
    )
    return 1 - (1 - load) * math.fsum(terms)


def _decay(load: float) -> float:
    """The positive root θ of ρ(e^θ - 1) = θ, by bisection."""
    low, high = 0.0, 1.0
    while load * math.expm1(high) < high:
        low, high = high, high * 2
    if low == 0.0:
        low = 1e-12
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if load * math.expm1(middle) < middle else (low, middle)
    return low


def nats(misses: Quantity) -> Quantity:
    """-ln of a share, which grows as the share shrinks."""
    least = max(misses.low, 1e-12)
    return Quantity(
        -math.log(misses.high),
        -math.log(least),
        -math.log(misses.stated) if misses.stated else None,
        misses.rests_on,
    )
