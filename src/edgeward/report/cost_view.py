"""What a plant's page says about money: the total, where places cost the same, and plots of it."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from edgeward.ownership.priced import AlternativeCost, PlantCost, UseCaseCost
from edgeward.report.cost_blocks import Plot, break_even_plots, shown
from edgeward.report.cost_words import (
    say_break_even,
    say_cash,
    say_largest,
    say_money,
    say_narrowing,
    say_range,
    say_unsure,
)
from edgeward.report.plot import draw_curves
from edgeward.report.wording import count


@dataclass(frozen=True, slots=True)
class PlotView:
    """`image` is a data URI: the styles of a plot stay its own."""

    title: str
    words: str
    image: str


@dataclass(frozen=True, slots=True)
class UseCaseMoney:
    name: str
    uncounted: tuple[str, ...]
    cash: str
    largest: str
    unsure: str
    sentences: tuple[str, ...]
    plots: tuple[PlotView, ...]


@dataclass(frozen=True, slots=True)
class MoneyView:
    summary: str
    use_cases: tuple[UseCaseMoney, ...]


def view_money(cost: PlantCost | None) -> MoneyView | None:
    """None where nothing was decided, so nothing is spent."""
    if cost is None or not any(each.chosen for each in cost.use_cases):
        return None
    return MoneyView(
        summary=(
            f"{say_money(cost.monthly)} {cost.currency} a month are expected, "
            f"{say_range(cost.monthly)}, with a month's share of what is bought; "
            f"{say_money(cost.over_horizon)} {cost.currency} over {cost.horizon_years:g} years, "
            f"in today's money at {cost.discount_rate:.0%} interest."
            f"{_say_doubtful(cost)}"
        ),
        use_cases=tuple(
            _use_case(each, each.chosen, cost.currency) for each in cost.use_cases if each.chosen
        ),
    )


def _say_doubtful(cost: PlantCost) -> str:
    """How many prices may be wrong, and why; which they are is in `edgeward cost`."""
    whys = Counter(each.warning for each in cost.sources if each.warning).most_common()
    doubtful = count(sum(number for _, number in whys), "price")
    said = "; ".join(f"{number} × {why}" for why, number in whys)
    return f" {doubtful} in it may not hold: {said}." if whys else ""


def _use_case(use_case: UseCaseCost, chosen: AlternativeCost, currency: str) -> UseCaseMoney:
    places = shown(use_case, with_blocked=False)
    others = [place for place in places if place is not chosen]
    sentences = [f"{place.name}: {note}" for place in others for note in place.notes] + [
        say_break_even(place.name, even) for place in places for even in place.break_even
    ]
    return UseCaseMoney(
        name=use_case.name,
        uncounted=chosen.notes,
        cash=say_cash(chosen, currency),
        largest=say_largest(chosen),
        unsure=_say_unsure(chosen),
        sentences=tuple(sentences),
        plots=tuple(_plots(places, currency)),
    )


def _say_unsure(chosen: AlternativeCost) -> str:
    said, keys = say_unsure(chosen), say_narrowing(chosen)
    own = f"; your own figures go into {keys} of the plant's file"
    return f"{said}{own}" if said and keys else said


def _plots(places: tuple[AlternativeCost, ...], currency: str) -> Iterator[PlotView]:
    for plot in break_even_plots(places, currency):
        drawn = draw_curves(plot.curves, plot.end, plot.along, plot.amount, plot.title)
        if drawn is not None:
            data = b64encode(drawn.encode()).decode()
            yield PlotView(plot.title, _say(plot), f"data:image/svg+xml;base64,{data}")


def _say(plot: Plot) -> str:
    names = ", ".join(name for name, _ in plot.curves)
    return f"{plot.amount} over {plot.along}, of {names}"
