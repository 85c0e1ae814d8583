"""Where two costs are the same: all crossings of curves that have steps, with their brackets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

_MOST_STEPS = 5_000

Cheaper = Literal["first", "second"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a curve: `amount` for each started `every`; without `every`, straight from zero.

    `at_least` is how many steps are paid for anyway.
    """

    amount: Decimal
    every: Decimal | None = None
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class Curve:
    """What something costs as one quantity grows: a fixed amount and its parts."""

    fixed: Decimal
    parts: tuple[Part, ...] = ()

    def at(self, value: Decimal) -> Decimal:
        """The cost at a value above zero; a step is paid as soon as the one before is full."""
        cost = self.cost(Fraction(value), Fraction(value))
        return Decimal(cost.numerator) / Decimal(cost.denominator)

    def cost(self, value: Fraction, inside: Fraction) -> Fraction:
        """The exact cost at `value`, on the steps that hold at `inside`."""
        cost = Fraction(self.fixed)
        for part in self.parts:
            amount = Fraction(part.amount)
            if part.every is None:
                cost += amount * value
            else:
                cost += amount * max(-(-inside // Fraction(part.every)), part.at_least)
        return cost


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where the cheaper of two curves changes to `cheaper`.

    `low` = `high` where they meet in a point or at a step; between the two they cost the same.
    """

    low: Decimal
    high: Decimal
    cheaper: Cheaper


def crossings(first: Curve, second: Curve, start: Decimal, end: Decimal) -> tuple[Crossing, ...]:
    """All places in (start, end] where the cheaper of two curves changes; none means never.

    Exact: between two steps both are straight, so they meet at most once there. Only a part with
    more than 5,000 steps up to the end is taken as straight: its steps are too fine to matter.
    """
    curves = tuple(_without_fine_steps(curve, end) for curve in (first, second))
    edges = _edges(curves, Fraction(start), Fraction(end))
    return tuple(_walk(curves[0], curves[1], edges))


def _without_fine_steps(curve: Curve, end: Decimal) -> Curve:
    parts = (
        Part(part.amount / part.every)
        if part.every is not None and part.every * _MOST_STEPS < end
        else part
        for part in curve.parts
    )
    return Curve(curve.fixed, tuple(parts))


def _walk(first: Curve, second: Curve, edges: list[Fraction]) -> Iterator[Crossing]:
    sign, level_from = 0, None  # since where the two have cost the same
    gap_of = _Gap(first, second)
    for left, right in pairwise(edges):
        ends = gap_of.between(left, right)
        for at, gap in ((left, ends[0]), (right, ends[1])):
            now = (gap > 0) - (gap < 0)
            if now == 0:
                level_from = at if level_from is None else level_from
                continue
            if sign and now != sign:
                meets = left if at == left or ends[0] == 0 else _root(left, right, *ends)
                since = meets if level_from is None else level_from
                yield Crossing(_decimal(since), _decimal(meets), "first" if now < 0 else "second")
            sign, level_from = now, None


class _Gap:
    """What one curve costs more than another, from step to step; every figure exact, read once."""

    def __init__(self, first: Curve, second: Curve) -> None:
        signed = [(1, part) for part in first.parts] + [(-1, part) for part in second.parts]
        self._fixed = Fraction(first.fixed) - Fraction(second.fixed)
        straight = [sign * Fraction(part.amount) for sign, part in signed if part.every is None]
        self._straight = sum(straight, Fraction(0))
        self._steps = [
            (sign * Fraction(part.amount), Fraction(part.every), part.at_least)
            for sign, part in signed
            if part.every is not None
        ]

    def between(self, left: Fraction, right: Fraction) -> tuple[Fraction, Fraction]:
        """The gap at both ends of an interval without a step in it."""
        middle = (left + right) / 2
        gap = self._fixed
        for amount, every, at_least in self._steps:
            gap += amount * max(-(-middle // every), at_least)
        return gap + self._straight * left, gap + self._straight * right


def _root(left: Fraction, right: Fraction, at_left: Fraction, at_right: Fraction) -> Fraction:
    return left + (right - left) * at_left / (at_left - at_right)


def _edges(curves: Iterable[Curve], start: Fraction, end: Fraction) -> list[Fraction]:
    """The start, every step in between, and the end."""
    edges = {start, end}
    for part in (part for curve in curves for part in curve.parts):
        if part.every is not None:
            every = Fraction(part.every)
            edges |= {every * step for step in range(start // every + 1, end // every + 1)}
    return sorted(edges)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
