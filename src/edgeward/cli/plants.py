"""`edgeward plants`: the names of plants, for what works plant by plant."""

from __future__ import annotations

import json
from pathlib import Path

import click

from edgeward.cli.options import changed_option, root_option

_MOST_JOBS = 256
"""What a matrix of GitHub Actions may have."""


@click.command("plants")
@root_option
@changed_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "matrix"]),
    default="text",
    help="A name a line, or the matrix of a CI job: at most 256 groups of names.",
)
def command(*, root: Path | None, since: str | None, form: str) -> int:
    """List the plants, or those that a change can touch."""
    from edgeward.declare.workspace import find_root, open_workspace  # noqa: PLC0415
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.touched import chunks, touched_plants  # noqa: PLC0415

    workspace = open_workspace(find_root(Path.cwd(), root))
    names = workspace.plants if since is None else touched_plants(workspace, since)
    if form == "matrix":
        groups = [" ".join(group) for group in chunks(names, _MOST_JOBS)]
        click.echo(json.dumps({"plants": groups}))
    else:
        click.echo("".join(f"{name}\n" for name in names), nl=False)
    return ExitCode.CLEAN
