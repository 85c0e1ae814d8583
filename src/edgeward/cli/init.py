"""`edgeward init`: a new repository that uses the installed edgeward."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from shutil import which

import click

from edgeward import __version__
from edgeward.cli.locks import write_locks
from edgeward.cli.options import as_date, now_option
from edgeward.errors import ExitCode


@click.command("init")
@click.argument(
    "folder", default=".", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path)
)
@click.option(
    "--ci",
    "forge",
    type=click.Choice(["github", "gitlab"]),
    default="github",
    show_default=True,
    help="Whose CI checks a change.",
)
@now_option
def command(*, folder: Path, forge: str, now: datetime | None) -> int:
    """Make a new repository for plants in DIR, default here, and decide its example.

    It leaves what is there as it is, and writes nothing where one of its files is there already.
    """
    from edgeward.cli.report import report  # noqa: PLC0415
    from edgeward.onboard.repository import repository_files  # noqa: PLC0415
    from edgeward.result import RunResult  # noqa: PLC0415
    from edgeward.session import assess_plant, open_session  # noqa: PLC0415
    from edgeward.write import write_new_files  # noqa: PLC0415

    root, today = folder.resolve(), as_date(now)
    write_new_files(root, repository_files(root, forge, __version__, today))
    session = open_session(root, today)
    result = RunResult(
        tuple(assess_plant(session, each, with_margins=True) for each in session.workspace.plants)
    )
    write_locks(root, result.plants)
    code = result.exit_code()
    if code is not ExitCode.CLEAN:
        report(result, code, "text", quiet=True)
    click.echo(f"made: {root}, with an example plant", err=True)
    if code is ExitCode.CLEAN:
        setup = "" if which("edgeward") else "make setup, "
        where = "" if root == Path.cwd() else f"cd {folder}, "
        click.echo(
            f"next: {where}{setup}edgeward new my-plant, make; then git init, commit",
            err=True,
        )
    return code
