"""What wrong and late predictions cost, where the plant gave each a price."""

from __future__ import annotations

from collections.abc import Iterator

from edgeward.cost.line import Line
from edgeward.facts.cost_tariff import Tariff
from edgeward.facts.host import Job
from edgeward.quantity import Quantity
from edgeward.use_case import Mistake

_NAMES = {
    "false_alarms": "wrong predictions: false alarms",
    "missed": "wrong predictions: missed",
    "late": "late predictions",
}


def wrong_lines(job: Job, tariff: Tariff) -> Iterator[Line]:
    """False alarms and what is missed: the same wherever the model runs."""
    mistakes = job.use_case.mistakes
    if mistakes is None:
        return
    for key, found in (("false_alarms", mistakes.false_alarms), ("missed", mistakes.missed)):
        if found is not None:
            yield _line(job, tariff, key, found, found.per_month)


def late_lines(job: Job, tariff: Tariff, items: Quantity, late_share: Quantity) -> Iterator[Line]:
    """Late predictions: as many as the plant counted, else what the ledger cannot promise.

    The share of the ledger is a bound: between none and that many of the items are late.
    """
    late = job.use_case.mistakes.late if job.use_case.mistakes else None
    if late is None:
        return
    often = late.per_month
    if not often.bounded:
        most = items * late_share
        often = Quantity(0.0, most.high, None, most.rests_on | {f"{job.path}.latency"})
    if often.high > 0:
        yield _line(job, tariff, "late", late, often)


def _line(job: Job, tariff: Tariff, key: str, mistake: Mistake, often: Quantity) -> Line:
    mistakes, path = job.use_case.mistakes, f"{job.path}.mistakes.{key}"
    signed = mistakes is not None and mistakes.signed_by is not None
    return Line(
        "downtime risk",
        _NAMES[key],
        often,
        "case",
        tariff.own_money(mistake.cost),
        (f"{path}.cost", f"{path}.per_month"),
        kind="risk",
        grows="inference",
        counts=signed,
        note="" if signed else "nobody signed its price: shown, not counted",
    )
