"""`edgeward check`: validate, decide, judge by the permit and assert rules; writes nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from edgeward.cli.options import format_option, open_selected, session_options
from edgeward.cli.report import report


@click.command("check")
@session_options
@format_option
@click.option("--locked", is_flag=True, help="Also fail where the committed decision is stale.")
def command(
    *,
    sites: tuple[str, ...],
    root: Path | None,
    now: datetime | None,
    opa_url: str | None,
    form: str,
    verbose: bool,
    locked: bool,
) -> int:
    """Validate plants and judge them by the rules."""
    from edgeward.result import RunResult  # noqa: PLC0415
    from edgeward.session import assess_plant  # noqa: PLC0415

    session, names = open_selected(sites, root, now, opa_url)
    result = RunResult(tuple(assess_plant(session, name) for name in names))
    return report(result, result.exit_code(locked), form, verbose)
