"""A number of an offer moved no further than it has to be, to a value that people would write."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from edgeward.explore.measured import with_tail
from edgeward.explore.offer import Moving, Offer
from edgeward.explore.search import find_flip
from edgeward.explore.variants import Change
from edgeward.figures import format_number


def move_least(offer: Offer, works: Callable[[float], bool]) -> Offer:
    """The offer with the least move for which `works` holds, said in its words."""
    moving = offer.moving
    if moving is None:
        return offer
    if offer.change.runs:
        return said(offer, _round_down(_furthest(works, moving), works))
    value = _nearest(works, moving)
    found = said(offer, value if moving.whole else _round_out(value, moving, works))
    if moving.whole and found.usd is not None:
        return replace(found, usd=found.usd.scaled(value - moving.now))
    return found


def _nearest(works: Callable[[float], bool], moving: Moving) -> float:
    """The value nearest to what it is now that works; `moving.to` does."""
    flip = find_flip(lambda value: not works(value), moving.now, moving.to, moving.whole)
    return moving.to if flip is None else flip[1]


def _furthest(works: Callable[[float], bool], moving: Moving) -> float:
    """The slowest measurement that still works; `moving.now`, the fastest, does."""
    flip = find_flip(works, moving.now, moving.to)
    return moving.to if flip is None else flip[0]


def _round_out(value: float, moving: Moving, works: Callable[[float], bool]) -> float:
    """A round number a little further than the value, if it works as well."""
    for digits in (2, 3, 4):
        rounded = _round(value, digits, up=moving.to > moving.now)
        within = min(moving.now, moving.to) <= rounded <= max(moving.now, moving.to)
        if within and works(rounded):
            return rounded
    return value


def _round_down(value: float, works: Callable[[float], bool]) -> float:
    rounded = _round(value, 2, up=False)
    return rounded if works(rounded) else value


def _round(value: float, digits: int, up: bool) -> float:
    scale = 10.0 ** (math.floor(math.log10(abs(value))) - digits + 1) if value else 1.0
    steps = math.ceil(value / scale) if up else math.floor(value / scale)
    return float(f"{steps * scale:.12g}")


def moved(offer: Offer, value: float) -> Offer:
    """The offer with its number at a value."""
    if offer.change.runs:
        runs = tuple((name, with_tail(run, value)) for name, run in offer.change.runs)
        return replace(offer, change=replace(offer.change, runs=runs))
    if offer.moving is None:
        return offer
    return replace(offer, change=Change({offer.moving.path: value}))


def said(offer: Offer, value: float) -> Offer:
    """The same, with the value in its words."""
    text = format_number(value, 4)
    words = offer.words.replace("{value}", text).replace("{ms}", text)
    return replace(moved(offer, value), words=words)
