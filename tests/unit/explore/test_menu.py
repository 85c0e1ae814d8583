from __future__ import annotations

from edgeward.explore.offer import EFFORTS
from tests.unit.explore.exploring import book, session


def test_the_shipped_menu_speaks_of_rules_and_models_that_there_are() -> None:
    catalog, rules = session().workspace.catalog, set(book().rules)
    named = {rule for change in catalog.menu.changes for rule in change.helps}
    named |= {each.rule for each in catalog.menu.not_for_sale}
    assert named <= rules
    assert {name for family in catalog.menu.siblings for name in family} <= set(catalog.models)


def test_the_shipped_menu_has_one_change_of_each_name() -> None:
    changes = session().workspace.catalog.menu.changes
    assert len({each.name for each in changes}) == len(changes)
    assert {each.effort for each in changes} <= set(EFFORTS)
