"""What it costs: expected, with its range, against the next best place."""

from __future__ import annotations

from collections.abc import Iterator

from edgeward.brief.document import Part
from edgeward.brief.subject import UNKNOWN, Case, Subject
from edgeward.brief.words import labelled
from edgeward.cost.money import Money
from edgeward.ownership.priced import AlternativeCost, PlantCost, UseCaseCost
from edgeward.report.cost_words import (
    format_amount,
    say_cash,
    say_largest,
    say_money,
    say_range,
    say_unsure,
)
from edgeward.report.wording import say_tier


def money_box(subject: Subject, case: Case) -> Part:
    """The figures of the chosen place, in the plant's currency."""
    title = "Money, as edgeward estimates it"
    cost, chosen = subject.plant.cost, case.chosen
    if cost is None or case.cost is None or chosen is None:
        lines = labelled(("A month", f"{UNKNOWN}: it has no place yet"))
        return Part(title, lines, boxed=True)
    return Part(title, labelled(*_lines(cost, case.cost, chosen)), boxed=True)


def _lines(
    cost: PlantCost, use_case: UseCaseCost, chosen: AlternativeCost
) -> Iterator[tuple[str, str]]:
    currency = cost.currency
    possible = f"{say_range(chosen.monthly)} possible, with a month's share of the purchase"
    yield "A month", f"{say_money(chosen.monthly)} {currency} expected, {possible}"
    yield "Most of it", say_largest(chosen)
    yield "Why so wide", say_unsure(chosen)
    bought = f"; {say_money(chosen.sunk)} {currency} are spent already" if chosen.sunk.best else ""
    yield "To buy first", f"{say_cash(chosen, currency)}{bought}"
    years = f"Over {cost.horizon_years:g} years"
    rate = f"{cost.discount_rate:.0%}"
    expected = f"{say_money(chosen.over_horizon)} {currency} expected"
    possible = f"{say_range(chosen.over_horizon)} possible"
    money = f"in today's money, at {rate} interest"
    yield years, f"{expected}, {possible}, purchase included, {money}"
    yield "Other places", _say_others(use_case, currency)
    yield "Outages", _say_risk(chosen, currency)
    yield "It is worth", _say_value(use_case, currency)


def _say_others(use_case: UseCaseCost, currency: str) -> str:
    others = [each for each in use_case.alternatives if each.permitted and not each.chosen]
    if not others:
        return "none is permitted, so there is no cheaper one to compare with"
    said = (
        f"{say_tier(each.tier, each.name)} {say_money(each.monthly)} {currency} a month, "
        f"{say_range(each.monthly)} possible"
        for each in sorted(others, key=lambda each: each.monthly.best)[:2]
    )
    return ", ".join(said)


def overlap_words(one: Money, other: Money) -> str:
    """Said where the dearer place may turn out to be the cheaper one."""
    apart = (one.high is not None and one.high < other.low) or (
        other.high is not None and other.high < one.low
    )
    return "" if apart else " (their ranges overlap)"


def _say_risk(chosen: AlternativeCost, currency: str) -> str:
    silent = sorted({each.line.note for each in chosen.lines if each.line.kind == "risk"} - {""})
    if silent:
        return "; ".join(silent)
    bad_year = format_amount(chosen.bad_year, 2)
    return (
        f"{say_money(chosen.risk)} {currency} of the month; in a bad year (one in ten) "
        f"{bad_year} {currency}"
    )


def _say_value(use_case: UseCaseCost, currency: str) -> str:
    value = use_case.value_per_month
    if value is None:
        return f"{UNKNOWN}: no value is declared for reaching the target"
    return f"{format_amount(value, 2)} {currency} a month, once the target is reached"
