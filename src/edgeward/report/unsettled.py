"""What is not known, not measured or not said of what was decided, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from edgeward.decision import Placement
from edgeward.declare.catalog import INFERENCE_MS, P99_OVER_MEAN, PREPROCESS_MS
from edgeward.report.wording import begin_sentence, say_choice, say_flip
from edgeward.site import Device, Site
from edgeward.use_case import UseCase

WHICH_MODEL = ("which model it is", "`model.name`")
"""Of what is unsettled, the one that an assumption with choices asks for already."""

STANDING_IN = ", standing in until one is chosen"

_RUN_TIMES: Mapping[str, str] = {
    INFERENCE_MS: "inference",
    PREPROCESS_MS: "pre-processing",
    P99_OVER_MEAN: "the slowest runs",
}
_LATENCY_FITS = "placement.latency_fits"
_AT_WORST = {
    _LATENCY_FITS: "it would be too late",
    "placement.compute_sustained": "the box would be too busy",
    "placement.ram_fits": "memory would not suffice",
    "placement.link_carries_volume": "the link would be too slow",
}
_NAMED = 3


def say_uncertain(placement: Placement, name: Callable[[str], str]) -> str:
    """What is not measured or not known, what else would be decided at another value of it, and
    what at its worst may come of it; `name` says a path."""
    if not placement.rests_on and not placement.fragile:
        return ""
    worst = ""
    if placement.stated_rules:
        worst = (
            f"It is decided by what is stated or assumed; at the worst {say_worst(placement)}: "
            "measure before it is relied on."
        )
    unsure = tuple(dict.fromkeys((*placement.rests_on, *placement.fragile_on)))
    if all(path in _RUN_TIMES for path in unsure):
        timed = " and ".join(_RUN_TIMES[path] for path in unsure)
        said = f"Nobody measured the time of {timed} on such a box."
    else:
        more = f" and {len(unsure) - _NAMED} more" if len(unsure) > _NAMED else ""
        named = (
            f"the time of {_RUN_TIMES[path]}" if path in _RUN_TIMES else name(path)
            for path in unsure[:_NAMED]
        )
        said = f"Nobody knows {', '.join(named)}{more} exactly."
    flips = (f"{begin_sentence(say_flip(each, name(each.path)))}." for each in placement.fragile)
    return " ".join(filter(None, (said, *flips, worst)))


def say_worst(placement: Placement) -> str:
    """What comes of it if what is only stated or assumed is at its worst; empty for nothing."""
    may = (_AT_WORST.get(rule, f"{rule} may not be met") for rule in placement.stated_rules)
    return " and ".join(may)


def may_be_late(placement: Placement) -> bool:
    return _LATENCY_FITS in placement.stated_rules


def stands_in(site: Site, use_case: UseCase) -> bool:
    """Whether its model is one of several that it may become, until somebody chooses."""
    return _is_one_of(site, f"use_cases.{use_case.name}.model.name")


def class_stands_in(site: Site, device: Device) -> bool:
    """Whether its class is one that it may become, until somebody chooses."""
    return _is_one_of(site, f"devices.{device.name}.class")


def _is_one_of(site: Site, path: str) -> bool:
    return any(each.at == path and each.one_of for each in site.assumptions)


def say_unsettled(site: Site, use_case: UseCase) -> Iterator[tuple[str, str]]:
    """What the plant's file does not say and who signs should hear of, with the key to say it at
    and what to write there; nothing has a place for a switch yet."""
    yield "how the shift switches it off", ""
    if use_case.regulation is None or use_case.regulation.risk is None:
        yield (
            "its risk class under the EU AI Act",
            "`regulation.class`: minimal, limited, high or prohibited",
        )
    read = [each for each in site.streams if each.name in use_case.reads]
    wired = " and ".join(each.name for each in read if each.at and each.protocol is None)
    if wired:
        yield f"how {wired} gets to its box", f"`protocol` of {wired}, such as rtsp or usb"
    unsaid = " and ".join(each.name for each in read if each.personal_data is None)
    if unsaid:
        words = f"`personal_data` of {unsaid}: none, pseudonymous or personal"
        yield "whether people can be recognised in what it reads", words
    if stands_in(site, use_case):
        yield WHICH_MODEL
    elif use_case.model is not None and use_case.model.version is None:
        yield "the model's version", "`model.version`"
    if use_case.rollback is None or use_case.rollback.metric is None:
        yield "when to go back", "`rollback`"
    else:
        yield f"who counts the {say_choice(use_case.rollback.metric)}", ""
    if use_case.updates is None or use_case.updates.emergency is None:
        yield "who to call", "`updates.emergency`: a mail address or a team"


def say_unsaid(use_case: UseCase) -> Iterator[tuple[str, str]]:
    """What the brief has a line of its own for, that says so where it is not declared."""
    if use_case.writes:
        takers = " and ".join(each.to for each in use_case.writes)
        yield f"what {takers} does with an answer that comes too late", ""
    else:
        yield "how its answer gets to whom it is for", "`writes`: receiver, protocol and port"
    if use_case.absent is not None and use_case.absent.do and not use_case.absent.text:
        yield "what is done without it, in words", "`absent.text`"
