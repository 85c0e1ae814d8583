"""The report for people at a terminal: 80 columns, plain text, the same bytes every time."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from edgeward.decision import Alternative, Block, Placement, Withheld
from edgeward.finding import Finding, Severity
from edgeward.findings import READINESS
from edgeward.lock import LOCK_NAME
from edgeward.report.explain import say_elsewhere
from edgeward.report.told import untold_findings
from edgeward.report.wording import (
    PATTERN_WORDS,
    STATUS_WORDS,
    cloud_resources,
    count,
    say_choice,
    say_flip,
    say_tier,
    summarise,
)
from edgeward.result import PlantResult, RunResult
from edgeward.site import Site

COLUMNS = 80


def render_text(result: RunResult, verbose: bool = False) -> str:
    """The report, without a line break at its end; `verbose` adds findings that only inform."""
    parts = [tell_plant(plant, verbose) for plant in result.plants]
    return "\n\n".join([*parts, summarise(result)])


def tell_plant(plant: PlantResult, verbose: bool = False) -> str:
    """The part of one plant."""
    return "\n".join(_plant(plant, verbose))


def _plant(plant: PlantResult, verbose: bool) -> Iterator[str]:
    title = f" ({plant.site.title})" if plant.site and plant.site.title else ""
    yield from lines_of(0, f"{plant.name}{title}: {STATUS_WORDS[plant.status]}")
    for problem in plant.problems:
        yield from lines_of(1, str(problem))
    if plant.decision is None:
        return
    for placement in plant.decision.placements:
        yield from _placement(plant.site, placement)
    fixes = _Fixes(plant.findings)
    for withheld in plant.decision.withheld:
        yield from _withheld(plant, withheld, fixes)
    for finding in untold_findings(plant):
        if verbose or finding.severity is not Severity.INFO:
            yield from _finding(finding, fixes)
    yield from _made(plant)


def _placement(site: Site | None, placement: Placement) -> Iterator[str]:
    elsewhere = say_elsewhere(site, placement) if site else ""
    yield from lines_of(
        1,
        f"{placement.use_case} → {say_tier(placement.inference_tier, placement.device)}, "
        f"training {placement.training_tier}{elsewhere}, {PATTERN_WORDS[placement.pattern]}; "
        f"fallback {say_choice(placement.fallback)}",
    )
    yield from lines_of(2, f"reason: {placement.reason}")
    for flip in placement.fragile:
        yield from lines_of(2, f"fragile: {say_flip(flip, flip.path)}")


def _withheld(plant: PlantResult, withheld: Withheld, fixes: _Fixes) -> Iterator[str]:
    if withheld.why == "not_ready":
        missing = count(len(withheld.missing), "thing")
        yield from lines_of(1, f"{withheld.use_case}: not ready, {missing} missing")
        for each in withheld.missing:
            where = f"{plant.site.origin(each.path)} " if plant.site else ""
            yield from lines_of(2, f"{where}{each.path}: {each.what}")
        yield from fixes.of(READINESS, 2)
        return
    yield from lines_of(1, f"{withheld.use_case}: no tier permitted")
    for alternative in withheld.alternatives:
        yield from _alternative(alternative, fixes)
    if withheld.training_blocks:
        yield from lines_of(2, "training: blocked")
        yield from _blocks(withheld.training_blocks, fixes)


def _alternative(alternative: Alternative, fixes: _Fixes) -> Iterator[str]:
    answer = {True: "permitted", False: "blocked", None: "not known"}[alternative.permitted]
    depends = alternative.permitted is None and alternative.rests_on
    why = f", it depends on {', '.join(alternative.rests_on)}" if depends else ""
    yield from lines_of(2, f"{say_tier(alternative.tier, alternative.device)}: {answer}{why}")
    yield from _blocks(alternative.blocks, fixes)


def _blocks(blocks: Iterable[Block], fixes: _Fixes) -> Iterator[str]:
    for block in blocks:
        yield from lines_of(3, f"{block.rule}  {block.message}")
        yield from fixes.of(block.rule, 4)


def _finding(finding: Finding, fixes: _Fixes) -> Iterator[str]:
    waived = f" (waived: {finding.waiver})" if finding.waiver else ""
    place = f"{finding.file}:{finding.line}:{finding.column}"
    yield from lines_of(1, f"{place} {finding.severity} {finding.rule}  {finding.message}{waived}")
    yield from fixes.of(finding.rule, 2)


def _made(plant: PlantResult) -> Iterator[str]:
    if plant.graph is not None:
        number = len(cloud_resources(plant.graph))
        empty = f"none, {plant.graph.empty_because}" if plant.graph.empty_because else "none"
        yield from lines_of(1, f"cloud: {count(number, 'resource') if number else empty}")
    files = sum(len(bundle.files) for bundle in plant.bundles)
    if files:
        bundles = count(len(plant.bundles), "bundle")
        yield from lines_of(1, f"edge: {bundles}, {count(files, 'file')}")
    for change in plant.stale:
        yield from lines_of(1, f"differs from {LOCK_NAME}: {change}")


class _Fixes:
    """Says the remedy of each rule once for each plant."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._open = {each.rule: each.remedy for each in findings if each.remedy}

    def of(self, rule: str, depth: int) -> Iterator[str]:
        remedy = self._open.pop(rule, None)
        if remedy:
            yield from lines_of(depth, f"fix: {remedy}")


def lines_of(depth: int, text: str) -> list[str]:
    """One paragraph, indented by its depth, its further lines by four columns more."""
    indent = "  " * depth
    return textwrap.wrap(
        printable(text),
        COLUMNS,
        initial_indent=indent,
        subsequent_indent=f"{indent}    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def printable(text: str) -> str:
    """Without what a terminal would obey: control, escape and direction characters."""
    spaced = " ".join(text.split("\n"))
    return "".join(char if char.isprintable() else "�" for char in spaced)
