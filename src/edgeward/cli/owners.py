"""`edgeward owners`: CODEOWNERS, from what the fleet file and the plants say."""

from __future__ import annotations

from pathlib import Path

import click

from edgeward.cli.options import root_option


@click.command("owners")
@root_option
@click.option("--check", is_flag=True, help="Compare only; ends in 4 if it is stale.")
def command(*, root: Path | None, check: bool) -> int:
    """Write CODEOWNERS, so that the forge asks those for a review who approve a plant."""
    from edgeward.declare.workspace import find_root, open_workspace  # noqa: PLC0415
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.owners import place_of, refuse_foreign, write_owners  # noqa: PLC0415
    from edgeward.write import write_file_atomically  # noqa: PLC0415

    workspace = open_workspace(find_root(Path.cwd(), root))
    place, text = place_of(workspace.root), write_owners(workspace)
    refuse_foreign(place)
    shown = place.relative_to(workspace.root)
    if place.is_file() and place.read_text() == text:
        click.echo(f"{shown}: says what the fleet file and the plants say")
        return ExitCode.CLEAN
    if check:
        click.echo(f"{shown}: is stale, run `edgeward owners` and commit it", err=True)
        return ExitCode.STALE
    write_file_atomically(place, text.encode())
    click.echo(f"{shown}: written")
    return ExitCode.CLEAN
