"""Whole checks of a small plant: which rule speaks, and at the line that has to change."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from edgeward.assess import judge_graph
from edgeward.finding import Finding, Severity
from edgeward.graph import ResourceGraph
from edgeward.report.sarif import render_sarif
from edgeward.report.text import render_text
from edgeward.result import RunResult
from edgeward.session import assess_plant, open_session
from edgeward.stack.plan import plan_stack
from edgeward.stack.preview import preview
from tests.fleets import BOX, NET, PLANT, write_fleet

TODAY = date(2026, 11, 23)


def _check(
    root: Path,
    plant: str = PLANT,
    fleet: str = "",
    catalog: dict[str, str] | None = None,
    today: date = TODAY,
) -> tuple[Finding, ...]:
    write_fleet(root, plant, fleet)
    for name, text in (catalog or {}).items():
        (root / "sites" / "catalog" / name).write_text(text)
    result = assess_plant(open_session(root, today), "plant")
    assert not result.problems, [str(each) for each in result.problems]
    return result.findings


def test_the_plant_that_all_these_tests_change_has_no_findings(tmp_path: Path) -> None:
    assert _check(tmp_path) == ()


CHANGES = {
    "security.retention_is_limited": ("retention_days: 30", "retention_days: 4000"),
    "security.secret_data_stays": ("sensitivity: internal", "sensitivity: secret"),
    "security.control_leaves_by_broker": ("level: 3}", "level: 2}"),
    "security.identity_is_its_own": ("owned: true}", "owned: true, identity: none}"),
    "security.other_software_is_declared": (
        "owned: true}",
        "owned: true,\n     other_software: [scada-agent]}",
    ),
    "security.remote_access_has_mfa": (
        "streams:",
        "remote_access: {via: jump, mfa: false}\nstreams:",
    ),
    "security.opcua_policy_is_sound": (
        "streams:",
        "flows:\n  - {from: box, to: scada, protocol: opcua, security_policy: Basic256}\nstreams:",
    ),
    "security.conduit_is_defined": (
        "streams:",
        "  - {name: mes, zone: office}\n"
        "flows: [{from: box, to: mes, protocol: homegrown}]\nstreams:",
    ),
    "operations.reviewers_keep_up": (
        "    absent:",
        "    review: {by: shift, people: 1, seconds_each: 60, expected_share: 0.5}\n    absent:",
    ),
    "operations.drift_leads_somewhere": ("stage: pilot", "stage: production"),
    "governance.rollback_has_target": ("to: previous", 'to: "1.0.0"'),
    "governance.approver_not_owner": ("quality@example.com", "ml@example.com"),
    "governance.high_risk_stops_locally": (
        "authority: advises",
        "authority: actuates\n    regulation: {class: high, because: x, by: y, on: 2026-01-01}",
    ),
    "operations.update_fits_window": (
        "devices:",
        "windows: {maintenance: [{start: '06:00', duration_hours: 0.25}]}\ndevices:",
    ),
}
"""Each rule with the text that breaks it, in place of another."""

LINES = {
    "security.secret_data_stays": "leaves: {",
    "security.control_leaves_by_broker": "es: {",  # leaves, and updates that are pulled
    "operations.drift_leads_somewhere": "- name: check",
    "governance.high_risk_stops_locally": "absent: {",
    "security.opcua_policy_is_sound": "security_policy: Basic256",
    "security.other_software_is_declared": "other_software:",
    "operations.reviewers_keep_up": "review: {",
    "operations.update_fits_window": "windows: {",
    "security.remote_access_has_mfa": "mfa: false",
    "security.conduit_is_defined": "protocol: homegrown",
}
"""What the line at which the finding points contains, where that is not the changed text."""


@pytest.mark.parametrize("rule", CHANGES)
def test_a_change_breaks_its_rule_at_the_line_to_change(rule: str, tmp_path: Path) -> None:
    old, new = CHANGES[rule]
    plant = PLANT.replace(old, new)
    assert plant != PLANT
    plant = plant.replace("zones: [{", "zones: [{name: office, level: 4}, {")
    if "version" not in plant:
        plant = plant.replace("model: {name: net}", "model: {name: net, version: 1.0.0}")
    found = [each for each in _check(tmp_path, plant) if each.rule == rule]
    assert found
    for each in found:
        assert each.file == "sites/plant/site.yaml"
        assert LINES.get(rule, new) in plant.splitlines()[each.line - 1]
        assert each.title and each.remedy and each.docs.startswith("docs/policies/")


def test_a_model_above_the_plant_does_not_write_to_control(tmp_path: Path) -> None:
    plant = (
        PLANT.replace("level: 3}", "level: 4}, {name: cell, level: 1}")
        .replace("    reads:", "    writes: [{to: plc, protocol: opcua}]\n    reads:")
        .replace("streams:", "  - {name: plc, zone: cell}\nstreams:", 1)
    )
    rules = {each.rule for each in _check(tmp_path, plant)}
    assert "placement.control_is_written_from_below" in rules


def test_a_zone_that_asks_for_it_wants_a_verified_boot(tmp_path: Path) -> None:
    plant = PLANT.replace("level: 3}", "level: 3, security_level: 2}")
    catalog = {"device_classes/box.yaml": BOX.replace("secure_boot: true", "secure_boot: false")}
    severities = [
        each.severity
        for day in (date(2027, 6, 30), date(2027, 7, 1))
        for each in _check(tmp_path, plant, catalog=catalog, today=day)
        if each.rule == "security.boot_is_verified"
    ]
    assert severities == [Severity.WARNING, Severity.ERROR]
    assert _check(tmp_path, plant, catalog={"device_classes/box.yaml": BOX}) == ()


def test_labels_too_rare_for_the_cadence_are_told(tmp_path: Path) -> None:
    net = NET + "labels: {per_release: 200, positives_per_month: 1.25}\n"
    (found,) = _check(tmp_path, catalog={"models/net.yaml": net})
    assert found.rule == "operations.labels_suffice"
    assert found.message == (
        "1.25 labelled positives come in between two trainings, a release takes 200"
    )
    assert "cadence: monthly" in PLANT.splitlines()[found.line - 1]


def test_a_box_that_outlives_its_updates_is_told(tmp_path: Path) -> None:
    plant = PLANT.replace("owned: true}", "owned: true, planned_life_years: 10}")
    catalog = {"device_classes/box.yaml": BOX + "support_years: 5\n"}
    assert [each.rule for each in _check(tmp_path, plant, catalog=catalog)] == [
        "operations.support_covers_life"
    ]


def test_old_evidence_is_told_with_its_age(tmp_path: Path) -> None:
    p99 = "p99_ms: {value: 9, basis: seen, source: our lab, date: '2023-06-30'}"
    catalog = {"models/net.yaml": NET.replace("p99_ms: 9", p99)}
    (found,) = _check(tmp_path, catalog=catalog)
    assert (found.rule, found.numbers) == (
        "governance.evidence_is_recent",
        {"evidence.age_days": "1,240"},
    )


def test_an_old_price_that_the_decision_counts_on_is_told(tmp_path: Path) -> None:
    """Without the price that the plant negotiated, the list's counts."""
    listed = "\n".join(line for line in PLANT.splitlines() if not line.startswith("finance:"))
    in_a_year = _check(tmp_path, listed + "\n", today=date(2027, 8, 20))
    found = next(each for each in in_a_year if each.rule == "governance.price_is_recent")
    assert found.severity is Severity.WARNING
    assert found.path == "finance.prices.cloudwatch_alarm"
    assert found.message == "prices.cloudwatch_alarm is 472 days old, 365 are the most"


def test_in_production_nothing_is_assumed(tmp_path: Path) -> None:
    assumed = (
        "assumptions:\n  - {at: connectivity.rtt_p99_ms, range: [20, 40], because: not measured,\n"
        "     owner: it@example.com, review_by: 2027-03-31}\n"
    )
    pilot = {each.rule for each in _check(tmp_path, PLANT + assumed)}
    live = {
        each.rule
        for each in _check(tmp_path, PLANT.replace("stage: pilot", "stage: production") + assumed)
    }
    assert "governance.assumption_confirmed" not in pilot
    assert "governance.assumption_confirmed" in live


def test_a_finding_on_a_cloud_resource_points_at_the_line_that_caused_it(tmp_path: Path) -> None:
    pytest.importorskip("pulumi_aws")
    session = open_session(write_fleet(tmp_path), TODAY)
    result = assess_plant(session, "plant")
    assert result.site is not None and result.decision is not None
    (graph,) = preview([plan_stack(result.site, result.decision, session.workspace.catalog)])
    assert isinstance(graph, ResourceGraph)
    assert judge_graph(result.site, session.book, graph, TODAY) == ()
    kept = tuple(each for each in graph.resources if not each.type.endswith(":BucketPolicy"))
    found = judge_graph(result.site, session.book, replace(graph, resources=kept), TODAY)
    assert [each.rule for each in found] == ["cloud.tls_only"]
    assert found[0].file == "sites/plant/site.yaml"
    assert "leaves: {as: features" in PLANT.splitlines()[found[0].line - 1]
    region = f"sites/plant/site.yaml:{found[0].line}:"
    assert region in render_text(RunResult((replace(result, findings=found),)))
    sarif = json.loads(render_sarif(RunResult((replace(result, findings=found),))))
    (location,) = sarif["runs"][0]["results"][0]["locations"]
    assert location["physicalLocation"]["region"]["startLine"] == found[0].line
