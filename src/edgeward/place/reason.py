"""Why this place and not another, in a sentence for somebody who reads the decision."""

from __future__ import annotations

from collections.abc import Sequence

from edgeward.decision import Alternative
from edgeward.figures import format_usd
from edgeward.place.money import cents
from edgeward.use_case import UseCase


def explain_choice(
    use_case: UseCase, chosen: Alternative, others: Sequence[Alternative], prior: str | None
) -> str:
    """The sentence; `others` are the alternatives that were not taken."""
    if use_case.place is not None:
        return f"pinned by {use_case.place.owner or 'its owner'}: {use_case.place.because}"
    permitted = [each for each in others if each.permitted]
    if not permitted:
        return "the only place that the rules permit"
    cost = format_usd(chosen.usd_per_month)
    rival = min(permitted, key=lambda each: (each.usd_per_month.low, each.device))
    there = f"{format_usd(rival.usd_per_month)} a month at {_name(rival)}"
    if prior == chosen.device and rival.usd_per_month.high < chosen.usd_per_month.low:
        return f"stays where it runs today ({cost} a month); {there} is not enough of a reason"
    if format_usd(rival.usd_per_month) == cost:
        return f"costs as much as {_name(rival)} ({cost} a month) with fewer moving parts"
    if cents(rival.usd_per_month) < cents(chosen.usd_per_month):
        return f"{cost} a month alone, against {there}; the plant as a whole costs less this way"
    return f"{cost} a month, against {there}"


def _name(alternative: Alternative) -> str:
    return "the cloud" if alternative.tier == "cloud" else alternative.device
