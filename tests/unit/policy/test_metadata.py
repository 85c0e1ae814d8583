from __future__ import annotations

from datetime import date

import pytest

from edgeward.errors import NotEvaluated
from edgeward.finding import Severity
from edgeward.policy.metadata import parse_rule
from tests.unit.policy.rego import make_rule


def test_a_rule_says_what_it_is() -> None:
    rule = parse_rule(make_rule("placement.fits", applies_when="{tier: cloud}"), "fits.rego")
    assert (rule.category, rule.entrypoint) == ("placement", "edgeward/placement/fits")
    assert rule.needs == ("latency.bound_ms", "latency.budget_ms")
    assert rule.applies_when == {"tier": ("cloud",)}
    assert (rule.severity, rule.waivable, rule.solver) == (Severity.ERROR, True, False)


@pytest.mark.parametrize(
    ("key", "value", "complaint"),
    [
        ("needs", "[latency.bond_ms]", "needs names what candidate has not: latency.bond_ms"),
        ("needs", "[]", "custom.needs"),
        ("at", "use_cases.{usecase}", "at names what candidate has not: usecase"),
        ("message", '"{usd_per_month}"', "message names what candidate has not: usd_per_month"),
        ("applies_when", "{latency.bound_ms: 5}", "applies_when"),
        ("applies_when", "{teir: cloud}", "applies_when names what candidate has not: teir"),
        ("severity", "fatal", "custom.severity: 'fatal' is not one of"),
        ("subject", "machine", "custom.subject"),
        ("waiveable", "false", "'waiveable' was unexpected"),
        ("id", "Placement.Fits", "custom.id"),
    ],
)
def test_metadata_that_is_wrong_is_refused(key: str, value: str, complaint: str) -> None:
    with pytest.raises(NotEvaluated, match=f"^fits.rego: .*{complaint}"):
        parse_rule(make_rule("placement.fits", **{key: value}), "fits.rego")


@pytest.mark.parametrize("text", ["package a\n", "package a\n# METADATA\n# title: x\n", ""])
def test_a_file_that_does_not_begin_with_metadata_is_refused(text: str) -> None:
    with pytest.raises(NotEvaluated, match="begins with a METADATA block"):
        parse_rule(text, "fits.rego")


def test_metadata_that_is_not_yaml_is_refused() -> None:
    with pytest.raises(NotEvaluated, match=r"fits.rego: .* not YAML"):
        parse_rule("# METADATA\n# title: [\npackage a\n", "fits.rego")


def test_a_new_rule_is_a_warning_until_its_day() -> None:
    rule = parse_rule(make_rule("placement.fits", error_from="2027-07-01"), "fits.rego")
    severities = [rule.on(date(2027, month, day)).severity for month, day in ((6, 30), (7, 1))]
    assert severities == [Severity.WARNING, Severity.ERROR]


@pytest.mark.parametrize(
    ("others", "complaint"),
    [
        ({"error_from": "2027-13-01"}, "error_from: month must be in 1..12"),
        ({"error_from": "soon"}, "custom.error_from"),
        ({"error_from": "2027-07-01", "severity": "warning"}, "for a rule of severity error"),
    ],
)
def test_a_phase_that_is_none_is_refused(others: dict[str, str], complaint: str) -> None:
    with pytest.raises(NotEvaluated, match=complaint):
        parse_rule(make_rule("placement.fits", **others), "fits.rego")


def test_a_clause_says_whether_its_text_was_read() -> None:
    text = make_rule("placement.fits").replace(
        "# custom:",
        "# related_resources:\n#   - {ref: https://example.com/a, description: Clause 1 (read)}\n"
        "#   - {ref: https://example.com/b, description: Clause 2 (recalled)}\n# custom:",
    )
    references = parse_rule(text, "fits.rego").related_resources
    assert [(each.description, each.read) for each in references] == [
        ("Clause 1", True),
        ("Clause 2", False),
    ]
    with pytest.raises(NotEvaluated, match=r"related_resources\.0\.description"):
        parse_rule(text.replace(" (read)", ""), "fits.rego")
