"""The bill by the compiled stack and by the ownership lines: the same price list, the same sum."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from edgeward.cost.line import ACCOUNT
from edgeward.decision import Decision
from edgeward.graph import CapturedResource, ResourceGraph
from edgeward.ownership.compare import cost_plant
from edgeward.ownership.graph_cost import standing_cost
from edgeward.ownership.shared import once
from edgeward.quantity import total
from edgeward.session import Session, assess_plant, open_session
from edgeward.site import Site
from edgeward.stack.plan import plan_stack
from edgeward.stack.preview import preview

_ROOT = Path(__file__).parents[3]
_TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("name", ["teck-haul-trucks", "bottling-brno"])
def test_what_stands_in_the_graph_is_what_stands_in_the_lines(name: str) -> None:
    pytest.importorskip("pulumi_aws")
    site, decision = _decided(name)
    (graph,) = preview([plan_stack(site, decision, _session().workspace.catalog)])
    assert isinstance(graph, ResourceGraph)
    catalog, thresholds = _session().workspace.catalog, _session().book.thresholds
    standing = standing_cost(graph, site, catalog)
    cost = cost_plant(site, catalog, thresholds, decision, _TODAY)
    lines = [each.line for each in once(cost.use_cases) if each.line.box == ACCOUNT]
    assert standing.unpriced == ()
    items = dict(standing.items)
    alarms = items.pop("cloudwatch_alarm")
    assert items == Counter(line.sources[0].removeprefix("prices.") for line in lines)
    foreseen = catalog.range("cost.alarms_per_use_case")
    assert foreseen.low <= alarms / len(decision.placements) <= foreseen.high
    price = catalog.price_usd("cloudwatch_alarm").scaled(alarms)
    standing_lines = total([price, *(line.usd_per_month for line in lines)])
    assert standing.usd_per_month.low == pytest.approx(standing_lines.low)
    assert standing.usd_per_month.high == pytest.approx(standing_lines.high)


def test_a_resource_without_a_price_is_named_and_not_free() -> None:
    graph = ResourceGraph(
        "x",
        "us-east-1",
        (CapturedResource("urn", "aws:ec2/natGateway:NatGateway", "nat", None, True, {}),),
    )
    site, _ = _decided("teck-haul-trucks")
    found = standing_cost(graph, site, _session().workspace.catalog)
    assert found.unpriced == ("aws:ec2/natGateway:NatGateway",)


def test_the_budget_alarm_is_set_from_the_bill_and_not_from_labour() -> None:
    site, decision = _decided("bottling-brno")
    billed = [each.billed_usd_per_month for each in decision.placements]
    known = [each for each in billed if each is not None]
    assert len(known) == len(billed)
    for placement, bill in zip(decision.placements, known, strict=True):
        assert 0 < bill.high < placement.usd_per_month.high / 2
    budget = plan_stack(site, decision, _session().workspace.catalog).budget
    assert budget is not None
    assert float(budget.limit_usd) >= max(each.high for each in known)


@cache
def _session() -> Session:
    return open_session(_ROOT, _TODAY, fresh=True)


@cache
def _decided(name: str) -> tuple[Site, Decision]:
    plant = assess_plant(_session(), name)
    assert plant.site is not None
    assert plant.decision is not None
    return plant.site, plant.decision
