"""`edgeward build`: decide, preview, render and report into one folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from edgeward.cli.options import format_option, open_selected, out_option, session_options
from edgeward.cli.report import report


@click.command("build")
@session_options
@format_option
@click.option("--fresh", is_flag=True, help="Ignore the committed decisions.")
@out_option
def command(
    *,
    sites: tuple[str, ...],
    root: Path | None,
    now: datetime | None,
    opa_url: str | None,
    form: str,
    verbose: bool,
    quiet: bool,
    fresh: bool,
    out: Path,
) -> int:
    """Decide, preview, render and report into one folder."""
    from edgeward.build import build_plants, output_files  # noqa: PLC0415
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.write import replace_directory  # noqa: PLC0415

    session, names = open_selected(sites, root, now, opa_url, fresh)
    result = build_plants(session, names, lambda step: click.echo(f"… {step}", err=True))
    code = result.exit_code()
    if code is not ExitCode.INVALID:
        replace_directory(out, output_files(session, result, code))
    report(result, code, form, verbose, quiet)
    if code is not ExitCode.INVALID:
        click.echo(f"report: {out / 'report' / 'index.html'}", err=True)
    return code
