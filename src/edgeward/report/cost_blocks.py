"""The cost report as headings, sentences and tables, for every format that people read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from edgeward.cost.break_even import Crossing, Curve
from edgeward.cost.money import Money, sum_money
from edgeward.ownership.priced import AlternativeCost, BreakEven, PlantCost, PricedLine, UseCaseCost
from edgeward.report.cost_words import (
    say_break_even,
    say_money,
    say_months,
    say_move,
    say_range,
    say_small,
)
from edgeward.report.wording import say_tier


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Cells by row; the first column is text, the others are figures."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """Named costs over a growing quantity up to `end`; only a page shows it."""

    title: str
    along: str
    amount: str
    curves: tuple[tuple[str, Curve], ...]
    end: Decimal


_TWELVE = Decimal(12)
_MARGIN = Decimal("1.25")

Block = Heading | Sentence | Table | Plot


def plant_blocks(cost: PlantCost, with_blocked: bool) -> Iterator[Block]:
    """One plant: its use cases, what boxes they share, what the figures rest on."""
    if any(use_case.chosen for use_case in cost.use_cases):
        yield Heading(1, f"{cost.site}: {say_money(cost.monthly)} {cost.currency} a month")
        yield Sentence(
            f"Expected ownership cost of what was decided, {say_range(cost.monthly)} "
            f"{cost.currency} a month; {say_money(cost.over_horizon)} {cost.currency} over "
            f"{cost.horizon_years:g} years at {cost.discount_rate * 100:g} % a year, as of today."
        )
    else:
        yield Heading(1, f"{cost.site}: nothing is decided, so nothing is spent")
    for use_case in cost.use_cases:
        yield from _use_case(use_case, cost, with_blocked)
    for box in cost.shared:
        yield Sentence(
            f"{box.device} is shared by {', '.join(box.use_cases)}: {say_money(box.monthly)} "
            f"{cost.currency} a month once, {say_money(box.each)} for each in equal shares."
        )
    if cost.notes:
        yield Heading(2, "To know before using these figures")
        yield from (Sentence(f"- {note}") for note in cost.notes)


def source_table(cost: PlantCost) -> Table:
    """Every figure with its source, by the path that lines name."""
    rows = (
        (each.path, each.figure, each.basis, each.source, each.date, each.warning)
        for each in cost.sources
    )
    return Table(("path", "figure", "basis", "source", "date", "doubt"), tuple(rows))


def shown(use_case: UseCaseCost, with_blocked: bool) -> tuple[AlternativeCost, ...]:
    """The chosen place first, then by cost; blocked ones only where asked for, or if all are."""
    ranked = sorted(
        use_case.alternatives, key=lambda each: (not each.chosen, each.monthly.best, each.name)
    )
    permitted = tuple(each for each in ranked if each.chosen or each.permitted)
    return tuple(ranked) if with_blocked or not permitted else permitted


def _use_case(use_case: UseCaseCost, cost: PlantCost, with_blocked: bool) -> Iterator[Block]:
    places = shown(use_case, with_blocked)
    yield Heading(2, use_case.name)
    head = (f"{cost.currency} a month", *(_title(each) for each in places))
    yield Table(head, tuple(_rows(places)))
    yield Table(("", *(_title(each) for each in places)), tuple(_figures(places, use_case, cost)))
    yield from (Sentence(f"- {note}") for note in use_case.notes)
    for each in places:
        yield from (Sentence(f"- {each.name}: {note}") for note in each.notes)
        for even in each.break_even:
            yield Sentence(f"- {say_break_even(each.name, even)}")
    yield from break_even_plots(places, cost.currency)
    if places:
        yield Sentence(f"What moves the cost of {places[0].name} most, a month:")
        yield from (Sentence(f"- {say_move(move, cost.currency)}") for move in places[0].moves[:5])


def break_even_plots(places: Sequence[AlternativeCost], currency: str) -> Iterator[Plot]:
    """One plot for each quantity: the place that all are compared with, and the others."""
    by_along: dict[str, list[tuple[str, BreakEven]]] = {}
    for place in places:
        for even in place.break_even:
            by_along.setdefault(even.along, []).append((place.name, even))
    for along, found in by_along.items():
        rival = found[0][1]
        curves = ((rival.rival, rival.curves[1]), *((name, even.curves[0]) for name, even in found))
        spent = along == "months of use"
        yield Plot(
            title=f"{'Spent' if spent else 'Cost'} by {along}",
            along=along,
            amount=currency if spent else f"{currency} a month",
            curves=curves,
            end=plot_until(
                rival.now, [each for _, even in found for each in even.crossings], rival.end
            ),
        )


def plot_until(now: Decimal, crossings: Iterable[Crossing], end: Decimal) -> Decimal:
    """Past today and the last crossing, but not so far that both are lost at the left edge."""
    far = max([now * 2, *(each.high * _MARGIN for each in crossings)])
    return min(far, end) or end


def _title(cost: AlternativeCost) -> str:
    state = "chosen" if cost.chosen else "" if cost.permitted else "blocked"
    if cost.permitted is None and not cost.chosen:
        state = "unknown"
    place = say_tier(cost.tier, cost.name)
    return f"{place} ({state})" if state else place


def _rows(places: Sequence[AlternativeCost]) -> Iterator[tuple[str, ...]]:
    groups = {each.line.group: None for place in places for each in place.lines}
    for group in groups:
        sums = [_sum(place.lines, group) for place in places]
        if any(each.best or each.high is None or each.high for each in sums):
            yield (group, *map(say_money, sums))
    yield ("total", *(say_money(place.monthly) for place in places))
    yield ("from … to", *(say_range(place.monthly) for place in places))


def _sum(lines: Iterable[PricedLine], group: str) -> Money:
    return sum_money(each.amount for each in lines if each.line.group == group and each.line.counts)


def _figures(
    places: Sequence[AlternativeCost], use_case: UseCaseCost, cost: PlantCost
) -> Iterator[tuple[str, ...]]:
    years = f"{cost.horizon_years:g} years, today's money"
    yield ("new cash", *(say_money(each.new_cash) for each in places))
    yield ("sunk already", *(say_money(each.sunk) for each in places))
    yield ("first-year cash", *(say_money(each.first_year_cash) for each in places))
    yield ("capital a month", *(say_money(each.capital) for each in places))
    yield ("running a month", *(say_money(each.running) for each in places))
    yield ("downtime, mean year", *(say_money(each.risk.times(_TWELVE)) for each in places))
    yield ("downtime, year in ten", *(say_money(_exactly(each.bad_year)) for each in places))
    yield ("unsigned, a month", *(say_money(each.unsigned) for each in places))
    yield (years, *(say_money(each.over_horizon) for each in places))
    yield ("per inference", *(say_small(each.per_inference) for each in places))
    if any(each.per_unit for each in places):
        yield (f"per {cost.unit or 'unit'}", *(say_small(each.per_unit) for each in places))
    yield ("pays back after", *(say_months(each, use_case) for each in places))


def _exactly(amount: Decimal) -> Money:
    return Money(amount, amount, amount)
