from __future__ import annotations

from edgeward.diff.change import Action, ResourceChange
from edgeward.graph import CapturedResource, ResourceGraph
from edgeward.ownership.graph_cost import ResourceCost
from edgeward.quantity import exact
from edgeward.report.graph import render_changes, render_diagram, render_tree

STACK = CapturedResource("stack", "pulumi:pulumi:Stack", "edgeward-p", None, False, {})
LANDING = CapturedResource("landing", "edgeward:cloud:Landing", "landing", "stack", False, {})
KEY = CapturedResource(
    "key", "aws:kms/key:Key", "landing", "landing", True, {}, retain_on_delete=True
)
INGESTION = CapturedResource("in", "edgeward:cloud:Ingestion", "frames", "stack", False, {})
QUEUE = CapturedResource(
    "q", "aws:sqs/queue:Queue", "frames", "in", True, {}, dependencies=("key",)
)
GRAPH = ResourceGraph("p", "eu-central-1", (INGESTION, LANDING, KEY, QUEUE, STACK))
COSTS = {
    KEY.type: ResourceCost(exact(1), "prices.kms_key"),
    QUEUE.type: ResourceCost(None, "not in the cost: by the request"),
}


def test_the_tree_shows_what_stands_what_it_costs_and_what_is_not_counted() -> None:
    assert render_tree(GRAPH, COSTS).splitlines() == [
        "p (eu-central-1): 2 resources",
        "  Ingestion  frames",
        "    sqs Queue  frames",
        "  Landing  landing",
        "    kms Key  landing  1 USD a month  kept",
        "  sqs Queue: not in the cost: by the request",
    ]


def test_the_diagram_points_at_what_a_component_needs() -> None:
    assert render_diagram(GRAPH).splitlines() == [
        "flowchart LR",
        '  c0["Ingestion frames (1)"]',
        '  c1["Landing landing (1)"]',
        "  c0 --> c1",
    ]


def test_changes_say_what_is_lost_and_what_stays() -> None:
    changes = (
        ResourceChange(Action.DESTROY, "aws:s3/bucket:Bucket", "landing", kept=True),
        ResourceChange(Action.UPDATE, "aws:budgets/budget:Budget", "budget", ("limit 1 → 2",)),
    )
    assert render_changes(changes, "main").splitlines() == [
        "  compared with main:",
        f"    {Action.DESTROY.value} s3 Bucket landing, stays in the account",
        f"    {Action.UPDATE.value} budgets Budget budget (limit 1 → 2)",
    ]
    assert render_changes((), "main") == "  compared with main: nothing changes"
