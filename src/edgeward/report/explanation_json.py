"""An explanation for programs. Numbers are written as `edgeward.report.json` writes them."""

from __future__ import annotations

import json
from typing import Any

from edgeward.decision import Placement, Withheld
from edgeward.explore.explanation import (
    Choice,
    Degraded,
    Edge,
    Explanation,
    Margin,
    Suggestion,
    UseCaseExplanation,
    WhatIf,
    WhyNot,
)
from edgeward.report.json import dump_alternatives, dump_blocks, dump_number, dump_placement


def render_explanation_json(explanation: Explanation) -> str:
    """The document as text, without a line break at its end."""
    document = {
        "site": explanation.site.name,
        "what_if": _what_if(explanation.what_if),
        "use_cases": [_use_case(each) for each in explanation.use_cases],
    }
    return json.dumps(document, indent=2, allow_nan=False)


def _what_if(what_if: WhatIf | None) -> dict[str, Any] | None:
    if what_if is None:
        return None
    return {
        "asked": list(what_if.asked),
        "differences": [
            {"use_case": each.use_case, "before": each.before, "after": each.after}
            for each in what_if.differences
        ],
        "degraded": {
            name: [_degraded(each) for each in rows]
            for name, rows in sorted(what_if.degraded.items())
        },
    }


def _use_case(explained: UseCaseExplanation) -> dict[str, Any]:
    return {
        "name": explained.name,
        "outcome": _outcome(explained.outcome),
        "why_not": [_why_not(each) for each in explained.why_not],
        "margins": [_margin(each) for each in explained.margins],
        "choices": [_choice(each) for each in explained.choices],
        "measure_first": explained.measure_first,
        "degraded": [_degraded(each) for each in explained.degraded],
    }


def _outcome(outcome: Placement | Withheld) -> dict[str, Any]:
    if isinstance(outcome, Placement):
        return {"placed": True, **dump_placement(outcome)}
    return {
        "placed": False,
        "why": outcome.why,
        "missing": [{"path": each.path, "what": each.what} for each in outcome.missing],
        "alternatives": dump_alternatives(outcome.alternatives),
        "training_blocks": dump_blocks(outcome.training_blocks),
    }


def _why_not(why_not: WhyNot) -> dict[str, Any]:
    return {
        "tier": why_not.tier,
        "blocks": dump_blocks(why_not.blocks),
        "not_for_sale": list(why_not.fixed),
        "suggestions": [_suggestion(each) for each in why_not.suggestions],
    }


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "changes": list(suggestion.words),
        "values": dict(sorted(suggestion.values.items())),
        "devices": [
            {"name": name, "class": class_name, "tier": tier}
            for name, class_name, tier in suggestion.change.devices
        ],
        "place": suggestion.place,
        "effort": suggestion.effort,
        "usd_once": None if suggestion.usd is None else dump_number(suggestion.usd),
    }


def _margin(margin: Margin) -> dict[str, Any]:
    return {
        "path": margin.path,
        "now": margin.now,
        "searched": [margin.low, margin.high],
        "below": _edge(margin.below),
        "above": _edge(margin.above),
        "doubt": margin.doubt,
    }


def _edge(edge: Edge | None) -> dict[str, Any] | None:
    if edge is None:
        return None
    return {"holds": edge.holds, "flips": edge.flips, "becomes": edge.becomes}


def _choice(choice: Choice) -> dict[str, Any]:
    others = dict(sorted(choice.others.items()))
    return {"path": choice.path, "now": choice.now, "others": others, "doubt": choice.doubt}


def _degraded(degraded: Degraded) -> dict[str, Any]:
    return {
        "away": degraded.away,
        "predictions_go_on": degraded.runs,
        "does": degraded.does,
        "lasts": degraded.lasts,
    }
