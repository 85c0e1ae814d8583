"""What of a new plant is still unknown, and whether it matters."""

from __future__ import annotations

import re

from edgeward.decision import Decision
from edgeward.declare.nodes import walk
from edgeward.declare.plant import PlantSource
from edgeward.finding import Finding, Severity
from edgeward.report.assumption_view import view_assumptions
from edgeward.report.text import lines_of
from edgeward.report.wording import count
from edgeward.result import PlantResult


def render_open(source: PlantSource, plant: PlantResult) -> str:
    """Text for a terminal: what blocks first, then what would change a decision, then the rest."""
    if plant.site is None or plant.decision is None:
        return ""
    if not plant.site.use_cases:
        return "Nothing is decided yet: no use case says what a model is for."
    unknown = [path for path, node in walk(source.tree) if node.is_unknown]
    if not unknown:
        return f"Nothing in sites/{plant.name}/site.yaml is unknown."
    blocks, matters = _blocking(plant.decision, plant.findings), _assumed(plant)
    lines = [f"Unknown in sites/{plant.name}/site.yaml: {count(len(unknown), 'value')}."]
    for path in sorted(unknown, key=lambda path: (path not in blocks, path not in matters)):
        if path in blocks:
            lines += lines_of(1, f"find out: {path}: {blocks[path]}")
        elif path in matters:
            lines += lines_of(1, f"matters: {path}: {matters[path]}")
    rest = [path for path in unknown if path not in blocks and path not in matters]
    if rest:
        lines += lines_of(1, f"no matter: no decision hangs on {', '.join(rest)}")
    return "\n".join(lines)


def _blocking(decision: Decision, findings: tuple[Finding, ...]) -> dict[str, str]:
    """Why each path has to be known, where it has to."""
    found = {
        each.path: f"{withheld.use_case} waits for it ({each.what})"
        for withheld in decision.withheld
        for each in withheld.missing
    }
    for withheld in decision.withheld:
        for alternative in withheld.alternatives:
            for path in alternative.rests_on:
                found.setdefault(path, f"it decides whether {withheld.use_case} may run there")
    for finding in findings:
        if finding.severity is Severity.ERROR:
            for path in re.findall(r"[a-z_]+(?:\.[\w-]+)+", finding.message):
                found.setdefault(path, finding.message)
            found.setdefault(finding.path, finding.message)
    return found


def _assumed(plant: PlantResult) -> dict[str, str]:
    assert plant.site is not None and plant.decision is not None
    rows = view_assumptions(plant.site, plant.decision)
    return {row.path: f"{row.range} is assumed; {row.effect}" for row in rows if row.matters}
