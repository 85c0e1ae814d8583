"""`edgeward approved`: the gate that holds approvals against who has to approve."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TextIO

import click

from edgeward.cli.options import as_date, now_option, root_option


@click.command("approved")
@click.argument("base")
@click.argument("head", required=False)
@click.option(
    "--approvals",
    type=click.File(encoding="utf-8"),
    required=True,
    help="A file with the accounts that approved, one a line; - is standard input.",
)
@root_option
@now_option
def command(
    *, base: str, head: str | None, approvals: TextIO, root: Path | None, now: datetime | None
) -> int:
    """Check that those approved the change from BASE to HEAD who have to, as BASE says.

    Ends in 1 where an approval is missing.
    """
    from edgeward.declare.workspace import find_root  # noqa: PLC0415
    from edgeward.diff.approval import check_approvals  # noqa: PLC0415
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.report.text import printable  # noqa: PLC0415
    from edgeward.review import review_change  # noqa: PLC0415

    approved = {line.strip() for line in approvals if line.strip()}
    diff = review_change(find_root(Path.cwd(), root), base, head, as_date(now), built=False)
    needed = check_approvals(diff, approved)
    for each in needed:
        answer = f"approved by {each.by}" if each.by else "NOT approved"
        click.echo(printable(f"{' or '.join(each.names)}, {each.role}: {answer}"))
    missing = sum(each.by is None for each in needed)
    click.echo(f"{len(needed)} approvals needed, {missing} missing")
    return ExitCode.FINDINGS if missing else ExitCode.CLEAN
