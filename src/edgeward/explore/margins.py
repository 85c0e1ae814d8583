"""How far the numbers behind a placement can move before the decision flips."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from edgeward.decision import Placement
from edgeward.declare.vary import limits_at, number_at, number_paths
from edgeward.explore.explanation import Choice, Edge, Margin
from edgeward.explore.outcome import does, say_outcome
from edgeward.explore.search import find_flip, middle
from edgeward.explore.variants import Change, Variants
from edgeward.site import Assumption, Site

_REACH = 100.0
"""How many times a number without a plausible range is moved, up and down."""


def find_margins(variants: Variants, placement: Placement) -> tuple[Margin, ...]:
    """The margins of every number that this placement may rest on, the narrowest first.

    A number that flips nothing within its plausible bounds is left out, unless it is assumed.
    """
    site = variants.site()
    assumed = {each.at: each for each in site.assumptions if each.low is not None}
    found = []
    for path in _relevant(variants, site, placement):
        margin = _margin(variants, placement.use_case, path, assumed.get(path))
        if margin is not None and (margin.below or margin.above or margin.doubt is not None):
            found.append(margin)
    return tuple(sorted(found, key=lambda each: (_room(each), each.path)))


def find_choices(variants: Variants, placement: Placement) -> tuple[Choice, ...]:
    """The assumptions between words, with the words that lead to another decision."""
    plant = variants.alone(placement.use_case)
    before = does(plant.decide(), placement.use_case)
    found = []
    for assumption in plant.site().assumptions:
        if assumption.low is not None or assumption.at in variants.base.values:
            continue
        others = {}
        for word in assumption.one_of:
            again = plant.decide(Change({assumption.at: word}))
            if does(again, placement.use_case) != before:
                others[word] = say_outcome(again, placement.use_case)
        share = len(others) / len(assumption.one_of)
        now = next((word for word in assumption.one_of if word not in others), "")
        found.append(Choice(assumption.at, now, others, share))
    return tuple(found)


def measure_first(margins: tuple[Margin, ...], choices: tuple[Choice, ...]) -> str | None:
    """The assumption in most of whose range the decision is another one; None where none matters.

    The share is of the range, log-uniform; knowing the number removes that doubt.
    """
    doubtful: tuple[Margin | Choice, ...] = (*margins, *choices)
    doubts = [(each.doubt, each.path) for each in doubtful if each.doubt]
    return min(doubts, key=lambda each: (-each[0], each[1]))[1] if doubts else None


def _relevant(variants: Variants, site: Site, placement: Placement) -> Iterator[str]:
    """The numbers of the links, of the use case, of what it reads, and of where it runs."""
    use_case = next(each for each in site.use_cases if each.name == placement.use_case)
    own = [f"use_cases.{use_case.name}.", "connectivity.", "lan.", f"devices.{placement.device}."]
    streams = [each for each in site.streams if each.name in use_case.reads]
    own += [f"streams.{each.name}." for each in streams]
    device = next((each for each in site.devices if each.name == placement.device), None)
    kinds = [each.per for each in streams]
    kinds += [device.per] if device else []
    own += [f"assets.{kind}." for kind in dict.fromkeys(kinds) if kind]
    for path in number_paths(variants.source):
        if path.startswith(tuple(own)) and path not in variants.base.values:
            yield path


def _margin(
    variants: Variants, use_case: str, path: str, assumption: Assumption | None
) -> Margin | None:
    quantity = number_at(variants.source, variants.catalog, path)
    low, high, whole = _bounds(variants, path, assumption, quantity.stated)
    now = quantity.stated if quantity.stated is not None else middle(low, high)
    sure = quantity.exact and assumption is None  # what it is now is what was decided with
    if not low < high or not (sure or _holds(variants.alone(use_case), use_case, path, now)):
        return None
    number = _Number(path, now, whole)
    below = _edge(variants, use_case, number, low)
    above = _edge(variants, use_case, number, high)
    doubt = _doubt(low, high, below, above) if assumption else None
    return Margin(path, now, low, high, below, above, doubt)


@dataclass(frozen=True, slots=True)
class _Number:
    path: str
    now: float
    whole: bool


def _edge(variants: Variants, use_case: str, number: _Number, end: float) -> Edge | None:
    """Where it flips: looked for with the use case alone, confirmed in the whole plant."""
    path = number.path
    for plant in (variants.alone(use_case), variants):
        test = partial(_holds, plant, use_case, path)
        flip = find_flip(test, number.now, end, number.whole)
        if flip is None:
            return None
        holds, flips = flip
        if _holds(variants, use_case, path, holds) and not _holds(variants, use_case, path, flips):
            becomes = say_outcome(variants.decide(Change({path: flips})), use_case)
            return Edge(holds, flips, becomes)
    return None


def _holds(variants: Variants, use_case: str, path: str, value: float) -> bool:
    again = variants.decide(Change({path: value}))
    return does(again, use_case) == does(variants.decide(), use_case)


def _bounds(
    variants: Variants, path: str, assumption: Assumption | None, now: float | None
) -> tuple[float, float, bool]:
    """Where a number is looked for: its assumed range, what is plausible, or ×100 both ways."""
    limits = limits_at(variants.source, path)
    if assumption is not None and assumption.low is not None and assumption.high is not None:
        return assumption.low, assumption.high, limits.whole
    low, high = limits.plausible or ((now or 0.0) / _REACH, (now or 0.0) * _REACH)
    if low <= 0 and now:
        low = now / _REACH**2  # zero is no number that anybody could come near in log space
    low, high = max(min(low, now or low), limits.least), max(high, now or high)
    if limits.most is not None:
        high = min(high, limits.most)
    if limits.whole:
        low, high = math.ceil(low), math.floor(high)
    return low, high, limits.whole


def _doubt(low: float, high: float, below: Edge | None, above: Edge | None) -> float:
    """The share of [low, high] that lies beyond the edges, in log space where it can be."""
    scale = math.log if low > 0 else float
    least = below.holds if below else low
    most = above.holds if above else high
    return 1 - (scale(most) - scale(least)) / (scale(high) - scale(low))


def _room(margin: Margin) -> float:
    """How many times the number may change before something flips; infinite for never."""
    edges = [edge.flips for edge in (margin.below, margin.above) if edge]
    return min((_times(margin.now, flips) for flips in edges), default=math.inf)


def _times(now: float, then: float) -> float:
    return max(now / then, then / now) if now > 0 and then > 0 else math.inf
