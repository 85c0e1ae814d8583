"""`edgeward render`: write the edge bundles of plants."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from edgeward.cli.options import format_option, open_selected, out_option, session_options
from edgeward.cli.report import report_told

if TYPE_CHECKING:
    from edgeward.errors import ExitCode
    from edgeward.write import OutputFile


@click.command("render")
@session_options
@format_option
@out_option
@click.option(
    "--release",
    type=click.IntRange(0),
    default=0,
    help="The number of this release, such as that of the commit; a box takes no lower one.",
)
@click.option("--key", metavar="PEM|awskms:ID", help="Sign each bundle with this private key.")
@click.option(
    "--diff",
    is_flag=True,
    help="Show what differs from the last output and write nothing; ends in 4 if something does.",
)
def command(
    *,
    sites: tuple[str, ...],
    root: Path | None,
    now: datetime | None,
    opa_url: str | None,
    form: str,
    verbose: bool,
    quiet: bool,
    out: Path,
    release: int,
    key: str | None,
    diff: bool,
) -> int:
    """Write the edge bundles, one for each device: a folder, an archive and its signature."""
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.fleet_check import Check  # noqa: PLC0415
    from edgeward.fleet_render import Rendering, render_plants  # noqa: PLC0415
    from edgeward.result import exit_code_of  # noqa: PLC0415
    from edgeward.write import replace_directory  # noqa: PLC0415

    session, names = open_selected(sites, root, now, opa_url)
    check = Check(session.workspace.root, session.today, form, verbose)
    rendering = Rendering(check, release, key, packed=not diff)
    # Workers would ask somebody else's server many things at a time.
    plants = list(render_plants(session, names, rendering, alone=opa_url is not None))
    code = exit_code_of({each.told.status for each in plants}, stale=False)
    trees = [file for each in plants for file in each.tree]
    if code is not ExitCode.INVALID and diff:
        return _show_differences(out, trees) or code
    if code is not ExitCode.INVALID:
        replace_directory(out, [*trees, *(file for each in plants for file in each.archives)])
    return report_told((each.told for each in plants), locked=False, form=form, quiet=quiet)


def _show_differences(out: Path, files: list[OutputFile]) -> ExitCode:
    from edgeward.bundle.difference import compare_trees  # noqa: PLC0415
    from edgeward.errors import ExitCode  # noqa: PLC0415

    lines = list(compare_trees(out, files))
    click.echo("".join(lines) or "nothing differs from the last output\n", nl=False)
    return ExitCode.STALE if lines else ExitCode.CLEAN
