"""What a use case does while something is missing: the contract that its service is given.

It follows from what the plant says it does without a prediction (`absent`) and from where the use
case was placed. A service that cannot do one of these must not start.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edgeward.bundle.number import pick_least
from edgeward.decision import Placement
from edgeward.facts.host import CLOUD, Job

CONTINUE = "continue"
ROLL_BACK = "roll_back"
UNDECLARED = "none"
_BRIDGE_DOWN = "the broker's bridge is down for longer than its keepalive"


@dataclass(frozen=True, slots=True)
class Degraded:
    """One condition: how the service notices it, and what it does then.

    `do` is continue, roll_back, or what `absent` says. `within_ms` counts from the input that got
    no prediction; after `lasts_hours` comes `then`.
    """

    when: str
    noticed_by: str
    do: str
    text: str
    within_ms: float | None = None
    lasts_hours: float | None = None
    then: str | None = None


def degraded_contract(job: Job, placement: Placement, here: str) -> tuple[Degraded, ...]:
    """The contract of one use case on the device `here`, in a fixed order."""
    return tuple(_conditions(job, placement, here))


def _conditions(job: Job, placement: Placement, here: str) -> Iterator[Degraded]:
    if placement.device == CLOUD:
        yield _absent(job, "no_cloud", _BRIDGE_DOWN)
    else:
        text = "score and act; what leaves waits, a deferred score takes the safe side"
        yield Degraded("no_cloud", _BRIDGE_DOWN, CONTINUE, text)
    if _needs_others(job, placement, here):
        yield _absent(job, "no_plant_server", "no input for longer than its stream allows")
    else:
        text = "score and act as before: nothing of this use case runs there"
        yield Degraded("no_plant_server", "not at all", CONTINUE, text)
    yield _absent(job, "no_broker", "the connection to 127.0.0.1:8883 is closed or silent")
    yield Degraded(
        "full_disk",
        "a write fails, or less than a tenth of the disk is free",
        CONTINUE,
        "score and act; keep nothing, and let the streams of the last priority go first",
    )
    yield Degraded(
        "wrong_clock",
        "the service manager reports the clock as not synchronised",
        CONTINUE,
        "score and act by arrival; mark times as not trusted, take no update",
    )
    yield _bad_model(job)


def _needs_others(job: Job, placement: Placement, here: str) -> bool:
    elsewhere = any(stream.at not in (None, here) for stream in job.streams)
    return elsewhere or placement.device not in (here, CLOUD)


def _bad_model(job: Job) -> Degraded:
    """No digest, no start: the version before comes back, and until it runs `absent` holds."""
    absent = _absent(job, "bad_model", "the digest or the self-test differs from this file")
    if job.use_case.rollback_to is None:
        return absent
    return Degraded(
        absent.when,
        absent.noticed_by,
        ROLL_BACK,
        f"go back to {job.use_case.rollback_to}; until it runs: {absent.do}",
        absent.within_ms,
        absent.lasts_hours,
        absent.then,
    )


def _absent(job: Job, when: str, noticed_by: str) -> Degraded:
    absent = job.use_case.absent
    if absent is None:
        return Degraded(when, noticed_by, UNDECLARED, "the plant does not say what it does")
    return Degraded(
        when=when,
        noticed_by=noticed_by,
        do=absent.do or UNDECLARED,
        text=absent.text or "as declared under absent",
        within_ms=pick_least(absent.within_ms),
        lasts_hours=pick_least(absent.lasts_hours),
        then=absent.then,
    )
