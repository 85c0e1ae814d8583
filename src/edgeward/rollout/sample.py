"""Wald's sequential probability ratio test on a share of bad events.

A. Wald, "Sequential Tests of Statistical Hypotheses", Ann. Math. Statist. 16 (1945) 117–186: after
every event the ratio of both likelihoods decides for one of the shares, or to go on.
"""

from __future__ import annotations

import math
from typing import Literal

from edgeward.rollout.rollout import Gate, Stage

_LONGER = 2
"""How much longer than expected a test may take to count as feasible; few take longer."""


def judge(gate: Gate, events: int, bad: int) -> Literal["healthy", "sick"] | None:
    """What the events say; None where they do not suffice to say anything."""
    each_bad, each_good = _weights(gate)
    ratio = bad * each_bad + (events - bad) * each_good
    if ratio >= math.log((1 - gate.missed) / gate.false_alarm):
        return "sick"
    if ratio <= math.log(gate.missed / (1 - gate.false_alarm)):
        return "healthy"
    return None


def events_needed(gate: Gate) -> int:
    """Events in which a release with the usual share is, with few exceptions, found healthy."""
    each_bad, each_good = _weights(gate)
    step = gate.usual_share * each_bad + (1 - gate.usual_share) * each_good
    accept = math.log(gate.missed / (1 - gate.false_alarm))
    reject = math.log((1 - gate.missed) / gate.false_alarm)
    expected = ((1 - gate.false_alarm) * accept + gate.false_alarm * reject) / step
    return math.ceil(_LONGER * expected)


def events_expected(gate: Gate, canary: Stage) -> int:
    """Events that the canary counts until its soak is over."""
    return int(gate.events_per_hour * canary.soak_hours * (canary.count or 1))


def _weights(gate: Gate) -> tuple[float, float]:
    """What a bad and a good event add to the logarithm of the likelihood ratio."""
    usual, bad = gate.usual_share, gate.bad_share
    return math.log(bad / usual), math.log((1 - bad) / (1 - usual))
