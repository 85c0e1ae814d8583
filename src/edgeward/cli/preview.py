"""`edgeward preview`: the cloud resources of a plant, without a cloud and without credentials."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from edgeward.cli.options import open_selected, session_options

if TYPE_CHECKING:
    from edgeward.diff.change import ResourceChange
    from edgeward.ownership.graph_cost import ResourceCost
    from edgeward.result import PlantResult
    from edgeward.session import Session


@click.command("preview")
@session_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "mermaid", "sarif"]),
    default="text",
    help="Tree, JSON, a diagram in Mermaid, or SARIF with the findings alone.",
)
@click.option(
    "--base",
    metavar="REF",
    help="Also say what would be replaced or destroyed against a git ref, such as main.",
)
def command(
    *,
    sites: tuple[str, ...],
    root: Path | None,
    now: datetime | None,
    opa_url: str | None,
    form: str,
    base: str | None,
) -> int:
    """Show the cloud resources of a plant, and what they cost."""
    from edgeward.report.graph import render_changes  # noqa: PLC0415
    from edgeward.report.sarif import render_sarif  # noqa: PLC0415
    from edgeward.report.text import render_text  # noqa: PLC0415
    from edgeward.resources import add_graphs  # noqa: PLC0415
    from edgeward.result import RunResult  # noqa: PLC0415
    from edgeward.session import assess_plant  # noqa: PLC0415

    session, names = open_selected(sites, root, now, opa_url)
    plants = add_graphs(session, [assess_plant(session, name) for name in names])
    result = RunResult(tuple(plants))
    changes = _changes(session, base)
    if form == "sarif":
        click.echo(render_sarif(result))
    elif form == "json":
        shown = (_document(session, plant, changes) for plant in plants if plant.graph is not None)
        click.echo(json.dumps(list(shown), indent=1, sort_keys=True))
    else:
        for plant in plants:
            click.echo(_show(session, plant, form))
            if form == "text" and base is not None:
                click.echo(render_changes(changes.get(plant.name, ()), base))
    code = result.exit_code()
    if code and form != "sarif":
        click.echo(render_text(result, verbose=False), err=True)
    return code


def _changes(session: Session, base: str | None) -> Mapping[str, tuple[ResourceChange, ...]]:
    """By plant; a plant that is as it was is not in it."""
    from edgeward.review import review_change  # noqa: PLC0415

    if base is None:
        return {}
    diff = review_change(session.workspace.root, base, None, session.today)
    return {plant.name: plant.resources for plant in diff.plants}


def _document(
    session: Session, plant: PlantResult, changes: Mapping[str, tuple[ResourceChange, ...]]
) -> Mapping[str, Any]:
    from edgeward.report.json import list_findings  # noqa: PLC0415

    assert plant.graph is not None
    costs = {type_: asdict(cost) for type_, cost in _costs(session, plant).items()}
    for cost in costs.values():
        usd = cost.pop("usd_per_month")
        cost["usd_per_month"] = usd and [usd["low"], usd["high"]]
    return {
        **plant.graph.to_json(),
        "costs": costs,
        "changes": [asdict(each) for each in changes.get(plant.name, ())],
        "findings": list_findings(plant.findings),
    }


def _show(session: Session, plant: PlantResult, form: str) -> str:
    from edgeward.report.graph import render_diagram, render_tree  # noqa: PLC0415

    if plant.graph is None:
        return f"{plant.name}: no graph"
    if form == "mermaid" and plant.graph.empty_because is None:
        return render_diagram(plant.graph)
    return render_tree(plant.graph, _costs(session, plant))


def _costs(session: Session, plant: PlantResult) -> Mapping[str, ResourceCost]:
    from edgeward.facts.cost_tariff import Tariff  # noqa: PLC0415
    from edgeward.ownership.graph_cost import resource_cost  # noqa: PLC0415

    assert plant.site is not None and plant.graph is not None
    tariff = Tariff(plant.site, session.workspace.catalog)
    types = {each.type for each in plant.graph.resources if each.type.startswith("aws:")}
    return {type_: resource_cost(type_, tariff) for type_ in sorted(types)}
