"""The report for programs: everything a run found out, in one stable JSON document.

A number is `{low, high, stated}`, or null where nothing is known of it; an end without a limit
is null. Numbers have six significant digits.
"""

from __future__ import annotations

import json
import math
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from edgeward.decision import Alternative, Block, Ledger, Placement, Withheld
from edgeward.errors import Problem
from edgeward.finding import Finding
from edgeward.quantity import Quantity
from edgeward.report.wording import cloud_resources, sort_findings
from edgeward.result import PlantResult, RunResult


def render_json(result: RunResult, exit_code: int) -> str:
    """The document, without a line break at its end; only ASCII characters."""
    plants = ",".join(tell_plant(plant) for plant in result.plants)
    return f"{HEAD}{plants}{end(exit_code)}"


HEAD = '{\n  "apiVersion": "edgeward/v1alpha1",\n  "kind": "Result",\n  "plants": ['
"""What comes before the plants, which have a comma between them."""


def tell_plant(plant: PlantResult) -> str:
    """The part of one plant."""
    text = json.dumps(_plant(plant), indent=2, allow_nan=False)
    return "\n" + textwrap.indent(text, "    ")


def end(exit_code: int) -> str:
    """What comes after the plants."""
    return f'\n  ],\n  "exit_code": {int(exit_code)}\n}}'


def _plant(plant: PlantResult) -> dict[str, Any]:
    decision = plant.decision
    return {
        "name": plant.name,
        "status": plant.status.value,
        "title": plant.site.title if plant.site else None,
        "inputs_digest": decision.inputs_digest if decision else None,
        "use_cases": [dump_placement(each) for each in decision.placements] if decision else [],
        "withheld": [_withheld(plant, each) for each in decision.withheld] if decision else [],
        "findings": list_findings(plant.findings),
        "problems": [_problem(each) for each in plant.problems],
        "resources": None if plant.graph is None else len(cloud_resources(plant.graph)),
        "bundles": [
            {
                "device": bundle.device,
                "name": bundle.name,
                "files": [file.path for file in bundle.files],
            }
            for bundle in plant.bundles
        ],
        "has_lock": plant.has_lock,
        "stale": list(plant.stale),
    }


def dump_placement(placement: Placement) -> dict[str, Any]:
    """A use case that was placed."""
    return {
        "name": placement.use_case,
        "stage": placement.stage,
        "tier": placement.inference_tier,
        "device": placement.device,
        "training": placement.training_tier,
        "pattern": placement.pattern.value,
        "bands": None if placement.bands is None else dict(sorted(placement.bands.items())),
        "fallback": placement.fallback,
        "pinned": placement.pinned,
        "reason": placement.reason,
        "fragile": list(placement.fragile_on),
        "rests_on": list(placement.rests_on),
        "usd_per_month": dump_number(placement.usd_per_month),
        "budget_ms": dump_number(placement.budget_ms),
        "ledger": _ledger(placement.ledger),
        "alternatives": dump_alternatives(placement.alternatives),
    }


def _withheld(plant: PlantResult, withheld: Withheld) -> dict[str, Any]:
    return {
        "name": withheld.use_case,
        "why": withheld.why,
        "missing": [
            {"path": each.path, "what": each.what, **_origin(plant, each.path)}
            for each in withheld.missing
        ],
        "alternatives": dump_alternatives(withheld.alternatives),
        "training_blocks": dump_blocks(withheld.training_blocks),
    }


def _origin(plant: PlantResult, path: str) -> dict[str, Any]:
    if plant.site is None:
        return {}
    origin = plant.site.origin(path)
    return {"file": origin.file, "line": origin.line, "column": origin.column}


def dump_alternatives(alternatives: Iterable[Alternative]) -> list[dict[str, Any]]:
    """Every place that was weighed."""
    return [
        {
            "tier": each.tier,
            "device": each.device,
            "permitted": each.permitted,
            "blocks": dump_blocks(each.blocks),
            "rests_on": list(each.rests_on),
            "usd_per_month": dump_number(each.usd_per_month),
            "ledger": _ledger(each.ledger),
        }
        for each in alternatives
    ]


def dump_blocks(blocks: Iterable[Block]) -> list[dict[str, str]]:
    """The rules that forbid something, with their numbers in words."""
    return [{"rule": block.rule, "message": block.message} for block in blocks]


def _ledger(ledger: Ledger) -> dict[str, Any]:
    return {
        "bound_ms": dump_number(ledger.bound_ms),
        "median_ms": dump_number(ledger.median_ms),
        "terms": [
            {
                "name": term.name,
                "bound_ms": dump_number(term.bound_ms),
                "median_ms": dump_number(term.median_ms),
                "basis": term.basis,
                "note": term.note,
            }
            for term in ledger.terms
        ],
    }


def list_findings(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as plain values, sorted."""
    return [_finding(each) for each in sort_findings(findings)]


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "path": finding.path,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "use_case": finding.use_case,
        "numbers": _numbers(finding.numbers),
        "remedy": finding.remedy,
        "waiver": finding.waiver,
        "counts": finding.counts,
        "fingerprint": finding.fingerprint,
        "title": finding.title,
        "subject": finding.subject,
        "docs": finding.docs,
    }


def _numbers(numbers: Mapping[str, str] | None) -> dict[str, str]:
    return dict(sorted((numbers or {}).items()))


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "path": problem.path,
        "message": problem.message,
    }


def dump_number(quantity: Quantity) -> dict[str, float | None] | None:
    """A number as `{low, high, stated}`; None where nothing is known of it."""
    nothing_known = quantity.low <= 0 and math.isinf(quantity.high) and quantity.stated is None
    if nothing_known:
        return None
    return {
        "low": _round(quantity.low),
        "high": _round(quantity.high),
        "stated": _round(quantity.stated),
    }


def _round(value: float | None) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    rounded = float(f"{value:.6g}")
    return int(rounded) if rounded.is_integer() else rounded
