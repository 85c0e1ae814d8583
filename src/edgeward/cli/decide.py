"""`edgeward decide`: place every use case and write the decision beside the plant."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from edgeward.cli.locks import write_locks
from edgeward.cli.options import (
    changed_option,
    format_option,
    only_touched,
    open_selected,
    session_options,
)
from edgeward.cli.report import report


@click.command("decide")
@session_options
@changed_option
@format_option
@click.option("--check", "only_check", is_flag=True, help="Compare only; write nothing.")
@click.option("--fresh", is_flag=True, help="Ignore the committed decision.")
def command(
    *,
    sites: tuple[str, ...],
    root: Path | None,
    now: datetime | None,
    opa_url: str | None,
    since: str | None,
    form: str,
    verbose: bool,
    quiet: bool,
    only_check: bool,
    fresh: bool,
) -> int:
    """Place every use case and write decision.lock.yaml."""
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.result import RunResult  # noqa: PLC0415
    from edgeward.session import assess_plant  # noqa: PLC0415

    session, names = open_selected(sites, root, now, opa_url, fresh)
    names = only_touched(session, names, since)
    result = RunResult(tuple(assess_plant(session, name, with_margins=True) for name in names))
    code = result.exit_code(locked=only_check)
    writes = not only_check and code is not ExitCode.INVALID
    written = write_locks(session.workspace.root, result.plants) if writes else []
    report(result, code, form, verbose, quiet)
    if written:
        more = f" and {len(written) - 1} more" if len(written) > 1 else ""
        click.echo(f"wrote {written[0]}{more}", err=True)
    return code
