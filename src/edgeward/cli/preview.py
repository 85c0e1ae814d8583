"""`edgeward preview`: the cloud resources of a plant, without a cloud and without credentials."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from edgeward.cli.options import open_selected, session_options
from edgeward.graph import ResourceGraph


@click.command("preview")
@session_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    help="Tree, JSON, or SARIF with the findings alone.",
)
def command(
    *,
    sites: tuple[str, ...],
    root: Path | None,
    now: datetime | None,
    opa_url: str | None,
    form: str,
) -> int:
    """Show the cloud resources of a plant."""
    from edgeward.report.json import list_findings  # noqa: PLC0415
    from edgeward.report.sarif import render_sarif  # noqa: PLC0415
    from edgeward.report.text import render_text  # noqa: PLC0415
    from edgeward.resources import add_graphs  # noqa: PLC0415
    from edgeward.result import RunResult  # noqa: PLC0415
    from edgeward.session import assess_plant  # noqa: PLC0415

    session, names = open_selected(sites, root, now, opa_url)
    plants = add_graphs(session, [assess_plant(session, name) for name in names])
    result = RunResult(tuple(plants))
    graphs = [plant.graph for plant in plants if plant.graph is not None]
    if form == "sarif":
        click.echo(render_sarif(result))
    elif form == "json":
        documents = [
            {**plant.graph.to_json(), "findings": list_findings(plant.findings)}
            for plant in plants
            if plant.graph is not None
        ]
        click.echo(json.dumps(documents, indent=1, sort_keys=True))
    else:
        for graph in graphs:
            click.echo(_tree(graph))
    code = result.exit_code()
    if code and form != "sarif":
        click.echo(render_text(result, verbose=False), err=True)
    return code


def _tree(graph: ResourceGraph) -> str:
    """Resources under their parents, two columns: type and name."""
    if graph.empty_because is not None:
        return f"{graph.site}: nothing in the cloud: {graph.empty_because}"
    depth: dict[str | None, int] = {None: 0}
    lines = [f"{graph.site} ({graph.region}): {len(graph.resources)} resources"]
    for resource in graph.resources:
        depth[resource.urn] = depth.get(resource.parent, 0) + 1
        lines.append(f"{'  ' * depth[resource.urn]}{resource.type}  {resource.name}")
    return "\n".join(lines)
