"""`edgeward inventory`: what is in the field, against what was signed for it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from edgeward.cli.options import as_instant, at_option

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("inventory")
@click.option("--reports", type=_FOLDER, required=True, help="A folder of reports of devices.")
@click.option("--repository", type=_FOLDER, required=True, help="The TUF repository.")
@click.option("--root", type=_FOLDER, help="The repository of the plants.")
@at_option
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text")
def command(
    *, reports: Path, repository: Path, root: Path | None, at: datetime | None, form: str
) -> int:
    """Compare what devices report with what is signed for them; ends in 1 for what is wrong."""
    from edgeward.declare.workspace import find_root, load_workspace  # noqa: PLC0415
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.finding import Severity  # noqa: PLC0415
    from edgeward.inventory.compare import compare, latest  # noqa: PLC0415
    from edgeward.inventory.page import inventory_page  # noqa: PLC0415
    from edgeward.inventory.reported import read_reports  # noqa: PLC0415
    from edgeward.inventory.retired import say_retired  # noqa: PLC0415
    from edgeward.release.declared import declared_boxes  # noqa: PLC0415
    from edgeward.rollout.fleet import read_sites  # noqa: PLC0415
    from edgeward.rollout.record import active_rollouts, releases_under_way  # noqa: PLC0415

    place = find_root(Path.cwd(), root)
    workspace = load_workspace(place)
    under_way = releases_under_way(active_rollouts(place, workspace.plants))
    sites = read_sites(workspace)
    declared = tuple(declared_boxes(repository, sites, under_way))
    reported, wrong = read_reports(reports)
    now = as_instant(at)
    findings, last = compare(declared, reported, now), latest(reported, now)
    retired = tuple(say_retired(sites.values(), declared, last))
    if form == "html":
        click.echo(inventory_page(declared, reported, findings, wrong, now=now), nl=False)
    elif form == "json":
        found = {"boxes": len(declared), "findings": [asdict(each) for each in findings]}
        click.echo(json.dumps({**found, "retired": retired, "unreadable": wrong}, indent=1))
    else:
        for each in findings:
            click.echo(
                f"{each.severity.value:8}{each.deviation.value:14}{each.box}: {each.message}"
            )
        for line in wrong:
            click.echo(f"{'error':8}{'unreadable':14}{line}")
        for line in retired:
            click.echo(line)
        counts = Counter(each.release or 0 for each in last.values())
        runs = (
            f", {f'release {number}' if number else 'no release'} runs on {counts[number]}"
            for number in sorted(counts)
        )
        click.echo(f"{len(declared)} boxes declared, {len(reported)} reports{''.join(runs)}")
    errors = any(each.severity is Severity.ERROR for each in findings)
    return ExitCode.FINDINGS if errors or wrong else ExitCode.CLEAN
