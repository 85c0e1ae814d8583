from __future__ import annotations

import json
from dataclasses import replace

import pytest
from jsonschema import ValidationError

from edgeward.finding import Finding
from edgeward.quantity import Quantity, exact, unknown
from edgeward.report.json import render_json
from edgeward.result import RunResult
from tests.formats import read_json
from tests.samples import PLACEMENT
from tests.unit.report.outcomes import DECIDED, EVERY_STATUS, NO_TIER, run_with


def _read(*plants):
    return json.loads(render_json(RunResult(plants), 0), parse_constant=_refuse)["plants"]


def _refuse(constant):
    raise ValueError(constant)


def test_every_status_has_its_part_of_the_document():
    document = json.loads(render_json(EVERY_STATUS, 2))
    assert (document["apiVersion"], document["kind"]) == ("edgeward/v1alpha1", "Result")
    assert document["exit_code"] == 2
    decided, finds, vague, press, broken = document["plants"]
    statuses = [plant["status"] for plant in document["plants"]]
    assert statuses == ["decided", "findings", "not_ready", "no_tier", "invalid"]
    assert decided["use_cases"][0]["fragile"] == ["connectivity.rtt_p99_ms"]
    assert decided["resources"] == 3
    assert decided["bundles"] == [
        {
            "device": "line2-gpu",
            "name": "line2-gpu-1",
            "files": ["etc/edgeward.conf", "manifest.json"],
        }
    ]
    assert [each["counts"] for each in finds["findings"]] == [False, True, False]
    assert vague["withheld"][0]["missing"][0] == {
        "path": "use_cases.cap-check.action",
        "what": "the physical action",
        "file": "sites/vague/site.yaml",
        "line": 8,
        "column": 5,
    }
    assert press["withheld"][0]["alternatives"][1]["permitted"] is None
    assert press["withheld"][0]["training_blocks"][0]["rule"] == "placement.training_data_may_leave"
    assert broken["problems"][0]["line"] == 14
    assert broken["resources"] is None


def test_a_finding_has_all_its_fields_and_a_fingerprint():
    found = _read(DECIDED)[0]["findings"][0]
    assert {*Finding.__dataclass_fields__} - {"site"} <= {*found}
    assert found["fingerprint"] == DECIDED.findings[1].fingerprint


def test_numbers_have_ends_and_no_infinity():
    placement = replace(
        PLACEMENT, usd_per_month=unknown("p"), budget_ms=Quantity(2.00000049, float("inf"), 3.5)
    )
    plant = replace(DECIDED, decision=replace(DECIDED.decision, placements=(placement,)))
    use_case = _read(plant)[0]["use_cases"][0]
    assert use_case["usd_per_month"] is None
    assert use_case["budget_ms"] == {"low": 2, "high": None, "stated": 3.5}


def test_an_overload_is_a_number_without_an_end():
    overload = replace(PLACEMENT, budget_ms=exact(float("inf")))
    plant = replace(DECIDED, decision=replace(DECIDED.decision, placements=(overload,)))
    assert _read(plant)[0]["use_cases"][0]["budget_ms"] == {
        "low": None,
        "high": None,
        "stated": None,
    }


def test_the_order_of_findings_does_not_depend_on_how_they_came():
    backwards = replace(DECIDED, findings=DECIDED.findings[::-1])
    assert render_json(RunResult((backwards,)), 0) == render_json(RunResult((DECIDED,)), 0)
    severities = [each["severity"] for each in _read(DECIDED)[0]["findings"]]
    assert severities == ["warning", "warning", "info"]


def test_any_text_survives_the_way_to_a_program():
    text = 'é "quoted" \u2028 </script> \x00'
    document = json.loads(render_json(run_with(text), 0))
    assert document["plants"][0]["title"] == text


def test_a_use_case_that_runs_nowhere_keeps_its_alternatives():
    tiers = [each["tier"] for each in _read(NO_TIER)[0]["withheld"][0]["alternatives"]]
    assert tiers == ["device", "cloud"]


def test_the_published_schema_refuses_what_is_not_there_and_what_is_too_much():
    document = json.loads(render_json(EVERY_STATUS, 2))
    read_json(json.dumps(document), "Result")
    parts = [document, document["plants"][0], document["plants"][0]["findings"][0]]
    for part in parts:
        for key in list(part):
            kept = part.pop(key)
            with pytest.raises(ValidationError):
                read_json(json.dumps(document), "Result")
            part[key] = kept
        part["more"] = 1
        with pytest.raises(ValidationError):
            read_json(json.dumps(document), "Result")
        del part["more"]
