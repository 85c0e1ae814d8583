from __future__ import annotations

from edgeward.policy.reference import main, reference_pages
from edgeward.policy.rule_set import RuleSet


def test_the_committed_reference_is_what_the_rules_say() -> None:
    assert main(["--check"]) == 0


def test_every_rule_is_in_its_categorys_page(rule_set: RuleSet) -> None:
    pages = reference_pages(rule_set.rules)
    for rule in rule_set.rules:
        assert f"## {rule.id}\n" in pages[f"{rule.category}.md"]
