from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from edgeward.policy.reference import main, reference_pages
from edgeward.policy.rule_set import RuleSet


def test_the_committed_reference_is_what_the_rules_say() -> None:
    assert main(["--check"]) == 0


def test_every_rule_is_in_its_categorys_page(
    rule_set: RuleSet, thresholds: Mapping[str, Any]
) -> None:
    pages = reference_pages(rule_set.rules, thresholds)
    for rule in rule_set.rules:
        assert f"## {rule.id}\n" in pages[f"{rule.category}.md"]
        assert rule.title in pages["README.md"]


def test_a_zone_rule_is_found_by_its_standards_number(
    rule_set: RuleSet, thresholds: Mapping[str, Any]
) -> None:
    index = reference_pages(rule_set.rules, thresholds)["README.md"]
    (row,) = [line for line in index.splitlines() if "IEC 62443-3-2, zones and conduits" in line]
    assert "| read |" in row
    assert "security.conduit_is_defined" in row and "security.flow_ends_in_zones" in row


def test_a_limit_is_shown_as_it_is_shipped_and_a_fact_as_a_word(
    rule_set: RuleSet, thresholds: Mapping[str, Any]
) -> None:
    page = reference_pages(rule_set.rules, thresholds)["governance.md"]
    assert "it holds for *days left* more days, 180 are the most" in page
    assert "{" not in page
