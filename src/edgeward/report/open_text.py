"""What of a new plant is still unknown, and whether it matters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from edgeward.decision import Alternative, Decision, Placement, Withheld
from edgeward.declare.nodes import walk
from edgeward.declare.plant import PlantSource
from edgeward.finding import Finding, Severity
from edgeward.report.assumption_view import view_assumptions
from edgeward.report.text import lines_of
from edgeward.report.unsettled import say_worst
from edgeward.report.wording import count, say_tier
from edgeward.result import PlantResult
from edgeward.site import Site

_NAMED = 3
_SHORT = 40
_PATH = re.compile(r"[a-z_]+(?:\.[\w-]+)+")


def render_open(plants: Iterable[tuple[PlantSource, PlantResult]]) -> str:
    """Text for a terminal: what blocks first, then what would change a decision, then the rest.

    What is the same of several plants is said once.
    """
    named: dict[str, list[str]] = {}
    for source, plant in plants:
        named.setdefault("\n".join(_open(source, plant)), []).append(plant.name)
    return "\n\n".join(f"{name_some(names)}: {text}" for text, names in named.items() if text)


def name_some(names: Sequence[str]) -> str:
    """All of a few names, the first of many and how many more there are."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _open(source: PlantSource, plant: PlantResult) -> list[str]:
    if plant.site is None or plant.decision is None:
        return []
    if not plant.site.use_cases:
        return ["nothing is decided yet, since no use case says what a model is for."]
    unknown = [path for path, node in walk(source.tree) if node.is_unknown]
    if not unknown and not plant.site.assumptions:
        return ["nothing is unknown."]
    left = list(dict.fromkeys([*unknown, *(each.at for each in plant.site.assumptions)]))
    lines = [f"{count(len(left), 'value')} unknown or assumed."]
    for place, why in _asked_for(plant.site, plant.decision, plant.findings, unknown):
        said = [each for each in left if _meant(each, place)]
        left = [each for each in left if each not in said]
        if said:
            lines += lines_of(1, f"{', '.join(said)}: {why}")
    if left:
        others = "the others" if len(lines) > 1 else "them"
        rest, one = ("it", "it") if len(left) == 1 else (others, f"one of {others}")
        lines += lines_of(1, _of_the_rest(plant.decision, rest, one))
    warnings = sum(each.severity is Severity.WARNING for each in plant.findings)
    if warnings:
        lines.append(f"{count(warnings, 'warning')}, under Findings on its page.")
    return lines


def _meant(path: str, place: str) -> bool:
    """Whether what is said of a place is said of a path: the same, inside it, or around it."""
    return f"{path}.".startswith(f"{place}.") or f"{place}.".startswith(f"{path}.")


def blocking(
    site: Site, decision: Decision, findings: Sequence[Finding], unknown: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Places without which nothing is decided, each with what waits for it."""
    for withheld in decision.withheld:
        for missing in withheld.missing:
            yield missing.path, f"{withheld.use_case} waits for it ({missing.what})"
    errors = [each for each in findings if each.severity is Severity.ERROR]
    for finding in errors:
        for path in _PATH.findall(finding.message):
            yield path, finding.message
    assumed = {each.at for each in site.assumptions}
    yield from _choices(errors, [path for path in unknown if path not in assumed])


def _asked_for(
    site: Site, decision: Decision, findings: Sequence[Finding], unknown: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Places where knowing more would help, each with what for; what helps most comes first."""
    for place, why in blocking(site, decision, findings, unknown):
        yield place, f"find out, {why}"
    weighed: list[Placement | Withheld] = [*decision.withheld, *decision.placements]
    for each in weighed:
        for alternative in each.alternatives:
            if alternative.permitted is None:
                yield from _opening(each.use_case, alternative)
    for row in view_assumptions(site, decision):
        if row.matters:
            assumed = f", {row.range} is assumed" if len(row.range) <= _SHORT else ""
            yield row.path, f"matters{assumed}; {row.effect}"


def _choices(errors: Sequence[Finding], open_choices: Sequence[str]) -> Iterator[tuple[str, str]]:
    """A rule names the choice that it waits for by its last word, and points to the stream, box or
    use case that it is of."""
    for path in open_choices:
        place, word = ".".join(path.split(".")[:2]), path.rpartition(".")[2]
        waiting = [
            each.rule
            for each in errors
            if each.path.startswith(f"{place}.") and word in each.message.split("depends on")[-1]
        ]
        if waiting:
            yield path, f"rules wait for it ({', '.join(waiting)})"


def _opening(use_case: str, alternative: Alternative) -> Iterator[tuple[str, str]]:
    where = say_tier(alternative.tier, alternative.device)
    for path in alternative.rests_on:
        yield path, f"decides whether {use_case} may run at {where}"


def _of_the_rest(decision: Decision, rest: str, one: str) -> str:
    waiting = [each.use_case for each in decision.withheld if each.why == "not_ready"]
    if waiting:
        return f"what hangs on {rest} is said once {', '.join(waiting)} can be decided"
    alone = f"no decision hangs on {one} alone"
    worst = " and ".join(dict.fromkeys(filter(None, map(say_worst, decision.placements))))
    return f"{alone}; at the worst {worst}: measure before it is relied on" if worst else alone
