"""A plant's resource graph for people: a tree with what each part costs, and a diagram."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from edgeward.diff.change import ResourceChange
from edgeward.figures import format_usd
from edgeward.graph import CapturedResource, ResourceGraph
from edgeward.ownership.graph_cost import ResourceCost

Costs = Mapping[str, ResourceCost]
"""By resource type."""

_OWN = "edgeward:cloud:"


def render_tree(graph: ResourceGraph, costs: Costs) -> str:
    """Resources under their components: type, name, and the price of what has one."""
    if graph.empty_because is not None:
        return f"{graph.site}: nothing in the cloud: {graph.empty_because}"
    children = _by_parent(graph)
    held = sum(1 for each in graph.resources if each.type.startswith("aws:"))
    lines = [f"{graph.site} ({graph.region}): {held} resources"]
    for top in _tops(graph, children):
        lines.append(f"  {_say(top, costs)}")
        lines += [f"    {_say(child, costs)}" for child in children.get(top.urn, ())]
    unpriced: dict[str, set[str]] = {}
    for each in graph.resources:
        if _is_unpriced(each, costs):
            unpriced.setdefault(costs[each.type].because, set()).add(_short(each.type))
    lines += [f"  {', '.join(sorted(types))}: {why}" for why, types in sorted(unpriced.items())]
    return "\n".join(lines)


def render_changes(changes: Sequence[ResourceChange], base: str) -> str:
    """What an update would do to the resources that the base has."""
    if not changes:
        return f"  compared with {base}: nothing changes"
    lines = [f"  compared with {base}:"]
    for each in changes:
        kept = ", stays in the account" if each.kept else ""
        inputs = f" ({'; '.join(each.inputs)})" if each.inputs else ""
        lines.append(f"    {each.action.value} {_short(each.type)} {each.name}{inputs}{kept}")
    return "\n".join(lines)


def render_diagram(graph: ResourceGraph) -> str:
    """The components as a Mermaid flowchart; an arrow goes to what one needs of another."""
    children = _by_parent(graph)
    tops = [each for each in _tops(graph, children) if each.type.startswith(_OWN)]
    number = {each.urn: f"c{index}" for index, each in enumerate(tops)}
    lines = ["flowchart LR"]
    for top in tops:
        held = len(children.get(top.urn, ()))
        lines.append(f'  {number[top.urn]}["{_short(top.type)} {top.name} ({held})"]')
    owner = {each.urn: each.parent for each in graph.resources}
    arrows = {
        (number[top.urn], number[needed])
        for top in tops
        for child in children.get(top.urn, ())
        for needed in {owner.get(urn) for urn in child.dependencies}
        if needed in number and needed != top.urn
    }
    return "\n".join([*lines, *(f"  {start} --> {end}" for start, end in sorted(arrows))])


def _by_parent(graph: ResourceGraph) -> Mapping[str, list[CapturedResource]]:
    children: dict[str, list[CapturedResource]] = {}
    for each in graph.resources:
        if each.parent is not None:
            children.setdefault(each.parent, []).append(each)
    return children


def _tops(
    graph: ResourceGraph, children: Mapping[str, list[CapturedResource]]
) -> Iterator[CapturedResource]:
    """The components, and whatever else is directly below the stack."""
    stack = next(each for each in graph.resources if each.parent is None)
    yield from sorted(children.get(stack.urn, ()), key=lambda each: (each.type, each.name))


def _say(resource: CapturedResource, costs: Costs) -> str:
    cost = costs.get(resource.type)
    price = cost.usd_per_month if cost else None
    told = f"  {format_usd(price)} a month" if price is not None else ""
    kept = "  kept" if resource.retain_on_delete else ""
    return f"{_short(resource.type)}  {resource.name}{told}{kept}"


def _is_unpriced(resource: CapturedResource, costs: Costs) -> bool:
    cost = costs.get(resource.type)
    return cost is not None and cost.usd_per_month is None and not cost.because.startswith("by use")


def _short(type_: str) -> str:
    """`s3 Bucket` of aws:s3/bucket:Bucket, `Landing` of edgeward:cloud:Landing."""
    module, _, name = type_.rpartition(":")
    service = module.partition(":")[2].partition("/")[0]
    return name if type_.startswith(_OWN) else f"{service} {name}"
