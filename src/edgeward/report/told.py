"""Which findings a report has told already with the use case that has no place."""

from __future__ import annotations

from collections.abc import Iterable

from edgeward.decision import Block, Withheld
from edgeward.finding import Finding
from edgeward.findings import READINESS
from edgeward.report.wording import sort_findings
from edgeward.result import PlantResult


def untold_findings(plant: PlantResult) -> tuple[Finding, ...]:
    """The sorted findings without those that the lists of what is missing or blocked repeat."""
    withheld = {each.use_case: each for each in plant.decision.withheld} if plant.decision else {}
    return tuple(
        finding
        for finding in sort_findings(plant.findings)
        if finding.waiver or not _tells(withheld.get(finding.use_case or ""), finding)
    )


def find_remedies(withheld: Withheld, findings: Iterable[Finding]) -> tuple[str, ...]:
    """What would help a use case that has no place, each remedy once."""
    told = (each for each in sort_findings(findings) if _concerns(withheld, each))
    return tuple(dict.fromkeys(each.remedy for each in told if each.remedy))


def _concerns(withheld: Withheld, finding: Finding) -> bool:
    return finding.use_case == withheld.use_case and _tells(withheld, finding)


def _tells(withheld: Withheld | None, finding: Finding) -> bool:
    if withheld is None:
        return False
    if withheld.why == "not_ready":
        return finding.rule == READINESS
    at_use_case = finding.path == f"use_cases.{withheld.use_case}"
    return at_use_case and finding.rule in {block.rule for block in _all_blocks(withheld)}


def _all_blocks(withheld: Withheld) -> tuple[Block, ...]:
    return (*withheld.training_blocks, *(b for each in withheld.alternatives for b in each.blocks))
