"""Margins as sentences: how far a number can move before the decision is another one."""

from __future__ import annotations

from collections.abc import Iterable

from edgeward.explore.explanation import Choice, Margin, UseCaseExplanation
from edgeward.figures import format_number
from edgeward.report.wording import say_choice


def say_margins(margins: Iterable[Margin], choices: Iterable[Choice]) -> tuple[str, ...]:
    """A sentence for each number and choice that can flip the decision."""
    said = [_margin(each) for each in margins if each.below or each.above]
    return (*said, *(_choice(each) for each in choices if each.others))


def without_matter(margins: Iterable[Margin], choices: Iterable[Choice]) -> tuple[str, ...]:
    """The paths of the assumptions that decide nothing, wherever in their range they turn out."""
    numbers = [each.path for each in margins if not (each.below or each.above)]
    return (*numbers, *(each.path for each in choices if not each.others))


def say_first(explained: UseCaseExplanation) -> str:
    """What to measure first, and why; empty where nothing is in doubt."""
    doubts: dict[str, float | None] = {each.path: each.doubt for each in explained.margins}
    doubts |= {each.path: each.doubt for each in explained.choices}
    doubt = doubts.get(explained.measure_first or "")
    if not doubt:
        return ""
    share = format_number(100 * doubt, 2)
    return (
        f"{explained.measure_first}: in {share} % of what is assumed for it, "
        "the decision would be another one"
    )


def _margin(margin: Margin) -> str:
    ways = []
    if margin.below:
        ways.append((f"falls below {format_number(margin.below.holds)}", margin.below.becomes))
    if margin.above:
        ways.append((f"rises above {format_number(margin.above.holds)}", margin.above.becomes))
    now = f"now {format_number(margin.now)}"
    if margin.doubt is not None:
        low, high = format_number(margin.low), format_number(margin.high)
        now = f"assumed {format_number(margin.now)}, {low} to {high}"
    if len(ways) == 2 and ways[0][1] != ways[1][1]:
        then = "; then ".join(f"{way}: {becomes}" for way, becomes in ways)
        return f"holds until {margin.path} {then} ({now})"
    both = " or ".join(way for way, _ in ways)
    return f"holds until {margin.path} {both} ({now}); then {ways[0][1]}"


def _choice(choice: Choice) -> str:
    others = "; ".join(f"{say_choice(word)}: {then}" for word, then in choice.others.items())
    return f"holds while {choice.path} is {say_choice(choice.now)}; {others}"
