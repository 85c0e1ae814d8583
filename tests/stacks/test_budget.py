from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from edgeward.stack.operated import BudgetPlan
from edgeward_stacks.budget import Budget
from tests.stacks.alone import compile_alone

PLAN = BudgetPlan(
    name="budget",
    budget="edgeward-plant",
    limit_usd=Decimal(340),
    site_tag="plant",
    notify=("plant-it@example.com",),
    tags={"site": "plant"},
    declared_at="cloud.region",
)


def test_the_budget_counts_what_carries_the_tag_of_the_plant() -> None:
    budget = compile_alone(lambda opts: Budget("budget", PLAN, opts))["Budget budget"].inputs
    assert budget["limitAmount"] == "340"
    assert budget["costFilters"] == [{"name": "TagKeyValue", "values": ["user:site$plant"]}]


def test_with_nobody_to_tell_it_sends_nothing() -> None:
    plan = replace(PLAN, notify=())
    assert (
        compile_alone(lambda opts: Budget("budget", plan, opts))["Budget budget"].inputs[
            "notifications"
        ]
        == []
    )
