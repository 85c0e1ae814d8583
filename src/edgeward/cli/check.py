"""`edgeward check`: validate, decide, judge by the permit and assert rules; writes nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from edgeward.cli.options import (
    as_date,
    changed_option,
    format_option,
    only_touched,
    open_selected,
    session_options,
)
from edgeward.cli.report import report_told


@click.command("check")
@session_options
@changed_option
@format_option
@click.option("--locked", is_flag=True, help="Also fail where the committed decision is stale.")
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
    locked: bool,
) -> int:
    """Validate plants and judge them by the rules.

    Of plants that are named it also says which assumption alone would change a decision.
    """
    from edgeward.declare.workspace import find_root  # noqa: PLC0415
    from edgeward.fleet_check import Check, check_afresh, check_plants  # noqa: PLC0415
    from edgeward.inputs import digest_frame  # noqa: PLC0415

    frame = "" if opa_url else digest_frame(find_root(Path.cwd(), root), as_date(now))
    session, names = open_selected(sites, root, now, opa_url)
    names = only_touched(session, names, since)
    check = Check(session.workspace.root, session.today, form, verbose, bool(sites), frame)
    told = (check_afresh if opa_url else check_plants)(session, names, check)
    return report_told(told, locked, form, quiet)
