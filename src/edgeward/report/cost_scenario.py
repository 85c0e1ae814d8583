"""A scenario as headings, sentences and tables: what it costs, what grows, and why."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from edgeward.cost.line import Grows
from edgeward.ownership.fleet import GROWS, FleetCost, Meeting
from edgeward.ownership.scenario import ScenarioCost
from edgeward.report.cost_blocks import Block, Heading, Plot, Sentence, Table, plot_until
from edgeward.report.cost_words import format_amount
from edgeward.report.wording import say_tier

_WORDS: dict[Grows, str] = {
    "fixed": "once for all",
    "site": "for each facility",
    "device": "for each asset's box",
    "inference": "for each inference",
}


def scenario_blocks(cost: ScenarioCost) -> Iterator[Block]:
    """One scenario: its places side by side and the crossover in two sentences."""
    yield Heading(1, f"{cost.name}: {cost.title}")
    assets, facilities = format_amount(cost.assets, 3), cost.facilities
    yield Sentence(
        f"{assets} assets at {facilities} {'facility' if facilities == 1 else 'facilities'}, "
        f"{cost.currency} a month, every figure as expected."
    )
    yield Table(
        (f"{cost.currency} a month", *(_title(place) for place in cost.places)),
        tuple(_rows(cost)),
    )
    yield Plot(
        title=f"Growth of {cost.name}",
        along="assets",
        amount=f"{cost.currency} a month",
        curves=tuple((place.name, place.curve) for place in cost.places),
        end=plot_until(
            cost.assets, [each for pair in cost.meetings for each in pair.crossings], cost.end
        ),
    )
    yield from (Sentence(sentence) for sentence in explain(cost))
    yield from (Sentence(f"- {say_meeting(each, cost)}") for each in cost.meetings)


def explain(cost: ScenarioCost) -> tuple[str, str]:
    """The cheapest place today and from where to where it is, and what outgrows it and why."""
    cheap, others = cost.places[0], cost.places[1:]
    today = (
        f"At {format_amount(cost.assets, 3)} assets {cheap.name} is the cheapest with "
        f"{_money(cheap.monthly)} {cost.currency} a month"
    )
    if not others:
        return f"{today}.", "There is no other place to compare it with."
    steep = max(cost.places, key=lambda place: (place.per_asset, place.name))
    slower = cheap if steep is not cheap else min(others, key=lambda place: place.per_asset)
    why = max(GROWS, key=lambda grows: steep.added[grows])
    return (
        f"{today}{_until(cost, cheap)}.",
        f"{steep.name} grows fastest, by {_money(steep.per_asset)} {cost.currency} a month for "
        f"each further asset against {_money(slower.per_asset)} at {slower.name}, since "
        f"{_money(steep.added[why])} of it is paid {_WORDS[why]}.",
    )


def say_meeting(meeting: Meeting, cost: ScenarioCost) -> str:
    """Where two places cost the same along the number of assets."""
    cheaper = meeting.first if meeting.first_is_cheaper else meeting.second
    end = format_amount(cost.end, 3)
    if not meeting.crossings:
        return (
            f"{meeting.first} and {meeting.second}: never the same up to {end} assets, "
            f"{cheaper} is cheaper"
        )
    turns = []
    for crossing in meeting.crossings[:4]:
        then = meeting.first if crossing.cheaper == "first" else meeting.second
        low, high = format_amount(crossing.low, 3), format_amount(crossing.high, 3)
        turns.append(f"{then} from {low if low == high else f'{low} to {high}'} assets")
    more = len(meeting.crossings) - len(turns)
    rest = f", and {more} more changes up to {end}" if more > 0 else ""
    return (
        f"{meeting.first} and {meeting.second}: first {cheaper}, then {', then '.join(turns)}{rest}"
    )


def _until(cost: ScenarioCost, cheap: FleetCost) -> str:
    """The nearest numbers of assets, below and above today's, at which another place is cheaper."""
    below: list[tuple[Decimal, str]] = []
    above: list[tuple[Decimal, str]] = []
    for meeting in cost.meetings:
        if cheap.name in (meeting.first, meeting.second):
            other = meeting.second if meeting.first == cheap.name else meeting.first
            for each in meeting.crossings:
                side = below if each.high <= cost.assets else above
                side.append((each.high, other))
    said = []
    if below:
        count, other = max(below)
        said.append(f"below {format_amount(count, 3)} assets {other} costs less")
    if above:
        count, other = min(above)
        said.append(f"from {format_amount(count, 3)} assets on {other} costs less")
    if not said:
        return f", and up to {format_amount(cost.end, 3)} assets no other place ever costs less"
    return f"; {' and '.join(said)}"


def _title(place: FleetCost) -> str:
    state = {True: "permitted", False: "blocked", None: "unknown"}[place.permitted]
    return f"{say_tier(place.tier, place.name)} ({state})"


def _rows(cost: ScenarioCost) -> Iterator[tuple[str, ...]]:
    for grows in GROWS:
        yield (_WORDS[grows], *(_money(place.parts[grows]) for place in cost.places))
    yield ("total", *(_money(place.monthly) for place in cost.places))
    yield ("one more asset adds", *(_money(place.per_asset) for place in cost.places))
    yield ("one more facility adds", *(_money(place.per_facility) for place in cost.places))


def _money(amount: Decimal) -> str:
    return format_amount(amount, 2)
