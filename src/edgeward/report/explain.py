"""Sentences for people who never open YAML: what a pattern, a fallback and a status mean."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from edgeward.decision import Alternative, Ledger, Pattern, Placement
from edgeward.facts.host import CLOUD
from edgeward.facts.training import examples_leave
from edgeward.figures import format_figure
from edgeward.finding import Severity
from edgeward.quantity import Quantity, exact
from edgeward.report.duration import format_duration, format_hours, format_ms
from edgeward.report.unsettled import may_be_late
from edgeward.report.wording import begin_sentence, count, say_choice
from edgeward.result import PlantResult, Status
from edgeward.site import Site
from edgeward.use_case import Absent, Condition, UseCase

PATTERN_SENTENCES: Mapping[Pattern, str] = {
    Pattern.SCHEDULED_SYNC: "The model is trained away from the line and shipped to it, validated "
    "and signed, on a schedule. Operations never wait for the cloud.",
    Pattern.EDGE_SCORE_CLOUD_ENRICH: "The plant scores. Selected examples or summaries leave; "
    "people label them, the cloud compares and retrains.",
    Pattern.DUAL_PATH: "Confident scores act at once, uncertain ones wait for somebody else's "
    "answer, the rest take the safe action. The line never waits for the link.",
    Pattern.LOCAL_ONLY: "The model runs and is trained in the plant. Nothing depends on the cloud.",
    Pattern.CLOUD_ONLY: "The plant sends its data to the cloud, which runs and trains the model.",
    Pattern.CLOUD_HUMAN: "The cloud runs the model, and a person looks at what it says.",
}

_DURATION, _APART = re.compile(r"^(\d+)([a-z]+)$"), r"\1 \2"

FALLBACKS: Mapping[str, str] = {
    "safe_action": "the safe action is taken",
    "last_value": "the last value stays in force",
    "stop": "the line stops",
    "human": "people take over",
    "none": "nothing takes its place",
}

_WHERE: Mapping[str, str] = {
    "device": "on {device}, at the machine",
    "plant": "on {device}, in the plant",
    "cloud": "in the cloud",
}

_TRAINED: Mapping[str, str] = {
    "cloud": "in the cloud",
    "plant": "in the plant",
    "device": "on the device",
    "vendor": "by the vendor",
}


def explain_placement(site: Site, use_case: UseCase, placement: Placement) -> str:
    """The decision in two sentences: where, and how fast against how long the action can wait."""
    where = _WHERE[placement.inference_tier].format(device=placement.device)
    trained = _TRAINED.get(placement.training_tier, f"in the {placement.training_tier}")
    trained += say_elsewhere(site, placement)
    return (
        f"The model runs {where}, and is trained {trained}. {_takes(use_case, placement)}; "
        f"the action can wait {format_duration(placement.budget_ms)}."
    )


def say_elsewhere(site: Site, placement: Placement) -> str:
    """That the cloud trains it on others' examples, where nothing that it reads gets there."""
    reads = {
        name for case in site.use_cases if case.name == placement.use_case for name in case.reads
    }
    streams = (each for each in site.streams if each.name in reads)
    if placement.training_tier != CLOUD or examples_leave(placement.device, streams):
        return ""
    return ", on examples from elsewhere"


def _takes(use_case: UseCase, placement: Placement) -> str:
    start, end = use_case.latency.start, use_case.latency.end
    between = f"from {start} to {end}" if start and end else ""
    bound, it = placement.ledger.bound_ms, begin_sentence(f"{between} it".strip())
    stated = say_stated(bound)
    if stated and may_be_late(placement):
        enough = f"Nobody measured whether it is fast enough {between}".strip()
        return f"{enough}: it takes {stated}, but {_say_longest(placement.ledger)}"
    if stated:
        return f"{it} takes {stated}, not all of it measured"
    if not bound.bounded:
        return f"{it} takes a time that is not known"
    unsure = "" if bound.exact else ", depending on what is not known exactly"
    return f"{it} takes at most {format_duration(bound)}{unsure}"


def _say_longest(ledger: Ledger) -> str:
    """How long it may take; where that has no end, the longest that one part of it may take."""
    bound, terms = ledger.bound_ms, [each for each in ledger.terms if each.bound_ms.bounded]
    if bound.bounded or not terms:
        return f"{format_duration(bound)} is possible"
    longest = max(terms, key=lambda each: each.bound_ms.high)
    return f"{longest.name} alone may take {format_duration(longest.bound_ms)}"


def explain_fallback(absent: Absent | None, fallback: str, currency: str) -> str:
    """What happens without a prediction, for how long, and at what price."""
    sentence = f"Without a prediction, {FALLBACKS.get(fallback, say_choice(fallback))}"
    if absent is None:
        return f"{sentence}."
    if absent.text:
        sentence += f": {absent.text}"
    lasts = absent.lasts_hours
    if lasts.bounded and lasts.high > 0:
        low = format_hours(exact(lasts.low))
        assumed = f"; for at least {low}, it is assumed"
        lasting = "as long as it takes" if absent.endless else low
        sentence += f". This can last {lasting}" if lasts.exact else assumed
        sentence += f", then: {say_choice(absent.then)}" if absent.then else ""
    if absent.cost_per_hour.bounded and absent.cost_per_hour.high > 0:
        sentence += f". It costs {format_figure(absent.cost_per_hour, 2)} {currency} an hour"
    return f"{sentence}."


def say_plainest(other: Alternative) -> tuple[str, ...]:
    """What blocks a place, first what has no figures in it."""
    messages = (block.message for block in other.blocks)
    return tuple(sorted(messages, key=lambda each: any(map(str.isdigit, each))))


def say_where(device: str) -> str:
    """`on line2-gpu`, `in the cloud`."""
    return "in the cloud" if device == CLOUD else f"on {device}"


def say_no_server(placement: Placement) -> Iterator[tuple[str, str]]:
    """Where, and why not, for a plant of which no server could be weighed."""
    if all(each.tier != "plant" for each in placement.alternatives):
        yield "on a server", "the plant declares none"


def find_decider(use_case: UseCase) -> str | None:
    """Who says that a model goes back: who is called in an emergency, else who let it go live."""
    updates = use_case.updates
    return updates.emergency or updates.approver if updates else None


def say_stated(bound: Quantity) -> str:
    """A time that is not known exactly, by its stated value; empty where there is none."""
    if bound.exact or bound.stated is None or not math.isfinite(bound.stated):
        return ""
    return f"{format_ms(bound.stated)} by what is stated or assumed"


def say_condition(condition: Condition | None) -> str:
    """`the reject rate is above 2 % over 7 d`, or nothing where none is declared."""
    if condition is None or condition.metric is None:
        return ""
    over = f" over {_DURATION.sub(_APART, condition.over)}" if condition.over else ""
    above = format_figure(condition.above)
    if condition.metric.endswith(("_rate", "_share")) and condition.above.high <= 1:
        above = f"{format_figure(condition.above.scaled(100))} %"
    return f"the {say_choice(condition.metric)} is above {above}{over}"


def explain_bands(bands: Mapping[str, float | str]) -> str:
    """The routing of scores under the dual path."""
    return (
        f"A score from {bands['act_above']} on acts; from {bands['defer_above']} on it goes to "
        f"{say_choice(str(bands['defer_to']))}; below that: {say_choice(str(bands['below']))}."
    )


def explain_status(plant: PlantResult) -> str:
    """How a plant ended, in a sentence."""
    warnings = sum(each.severity is Severity.WARNING for each in plant.findings)
    if plant.status is Status.DECIDED and warnings:
        left = count(warnings, "warning")
        return f"Every use case has a place; {left} left."
    return _STATUS_SENTENCES[plant.status]


_STATUS_SENTENCES: Mapping[Status, str] = {
    Status.INVALID: "The plant's file could not be read, so nothing was decided.",
    Status.NO_TIER: "At least one use case may run nowhere in this plant or the cloud; "
    "what blocks each place is below.",
    Status.NOT_READY: "Something has to be known before everything can be decided; "
    "what is missing is below.",
    Status.FINDINGS: "Every use case has a place, but findings must be settled first.",
    Status.DECIDED: "Every use case has a place, and no rule stands against it.",
}
