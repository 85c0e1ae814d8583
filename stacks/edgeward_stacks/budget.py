"""What a plant may cost in the cloud in a month, and who hears of it."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from edgeward.stack.operated import BudgetPlan


class Budget(pulumi.ComponentResource):
    """A monthly cost budget over everything that carries the plant's tag."""

    budget: aws.budgets.Budget

    def __init__(self, name: str, args: BudgetPlan, opts: pulumi.ResourceOptions) -> None:
        super().__init__("edgeward:cloud:Budget", name, None, opts)
        self.budget = aws.budgets.Budget(
            name,
            name=args.budget,
            budget_type="COST",
            time_unit="MONTHLY",
            limit_amount=str(args.limit_usd),
            limit_unit="USD",
            cost_filters=[{"name": "TagKeyValue", "values": [f"user:site${args.site_tag}"]}],
            notifications=_notifications(args.notify),
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({"budget": self.budget.name})


def _notifications(notify: tuple[str, ...]) -> list[aws.budgets.BudgetNotificationArgsDict]:
    """At 80 % of the month forecast and at all of it spent; none where there is nobody to tell."""
    if not notify:
        return []
    return [_notification("FORECASTED", 80, notify), _notification("ACTUAL", 100, notify)]


def _notification(
    kind: str, percent: float, notify: tuple[str, ...]
) -> aws.budgets.BudgetNotificationArgsDict:
    return {
        "comparison_operator": "GREATER_THAN",
        "notification_type": kind,
        "threshold": percent,
        "threshold_type": "PERCENTAGE",
        "subscriber_email_addresses": list(notify),
    }
