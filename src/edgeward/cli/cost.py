"""`edgeward cost`: the ownership cost of plants by line, break-even, and scenarios."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from edgeward.cli.options import open_selected, session_options
from edgeward.errors import ExitCode, Problem, UsageError

if TYPE_CHECKING:
    from edgeward.ownership.priced import PlantCost
    from edgeward.ownership.scenario import ScenarioCost
    from edgeward.session import Session

_FORMS = ("text", "json", "csv", "xlsx", "markdown", "html")


@click.command("cost")
@session_options
@click.option("--format", "form", type=click.Choice(_FORMS), default="text", help="The format.")
@click.option("--scenario", "scenarios", multiple=True, help="A scenario instead of plants; `all`.")
@click.option("--all", "with_blocked", is_flag=True, help="Also show the places that are blocked.")
@click.option("--sources", is_flag=True, help="Also list where every figure is from.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; needed for xlsx.",
)
def command(
    *,
    sites: tuple[str, ...],
    root: Path | None,
    now: datetime | None,
    opa_url: str | None,
    form: str,
    scenarios: tuple[str, ...],
    with_blocked: bool,
    sources: bool,
    out: Path | None,
) -> int:
    """Show the ownership cost of plants by line."""
    from edgeward.report.cost import render_cost, render_scenarios  # noqa: PLC0415

    if form == "xlsx" and out is None:
        raise UsageError("a spreadsheet is not for the terminal: give --out FILE.xlsx")
    session, names = open_selected(sites, root, now, opa_url)
    if scenarios:
        _write(render_scenarios(_cost_scenarios(session, scenarios), form), out)
        return ExitCode.CLEAN
    costs, problems = _cost_plants(session, names)
    _write(render_cost(costs, form, with_blocked, sources, session.today), out)
    for problem in problems:
        click.echo(str(problem), err=True)
    return ExitCode.INVALID if problems else ExitCode.CLEAN


def _cost_plants(session: Session, names: tuple[str, ...]) -> tuple[list[PlantCost], list[Problem]]:
    from edgeward.ownership.compare import cost_plant  # noqa: PLC0415
    from edgeward.session import assess_plant  # noqa: PLC0415

    catalog, thresholds = session.workspace.catalog, session.book.thresholds
    plants = [assess_plant(session, name) for name in names]
    costs = [
        cost_plant(each.site, catalog, thresholds, each.decision, session.today)
        for each in plants
        if each.site is not None and each.decision is not None
    ]
    return costs, [problem for each in plants for problem in each.problems]


def _cost_scenarios(session: Session, names: tuple[str, ...]) -> list[ScenarioCost]:
    from edgeward.assess import decide_again  # noqa: PLC0415
    from edgeward.declare.plant import bind_site  # noqa: PLC0415
    from edgeward.declare.scenario import list_scenarios, load_scenario  # noqa: PLC0415
    from edgeward.ownership.scenario import cost_scenario  # noqa: PLC0415

    workspace, book = session.workspace, session.book
    costs = []
    for name in list_scenarios(workspace) if "all" in names else names:
        scenario = load_scenario(workspace, name)
        site = bind_site(scenario.source, workspace.catalog)
        said = decide_again(site, workspace.catalog, book, {})
        costs.append(cost_scenario(scenario, site, workspace.catalog, book.thresholds, said))
    return costs


def _write(rendered: bytes, out: Path | None) -> None:
    from edgeward.write import write_file_atomically  # noqa: PLC0415

    if out is not None:
        write_file_atomically(out, rendered)
    else:
        click.echo(rendered.decode())
