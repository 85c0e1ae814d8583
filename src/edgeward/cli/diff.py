"""`edgeward diff`: what a change does to the plants, for whoever reviews it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from edgeward.cli.options import as_date, now_option, root_option

if TYPE_CHECKING:
    from edgeward.diff.change import FleetDiff
    from edgeward.errors import ExitCode


@click.command("diff")
@click.argument("base")
@click.argument("head", required=False)
@root_option
@now_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="Text for people, Markdown for a comment of a pull request, JSON for machines.",
)
def command(
    *, base: str, head: str | None, root: Path | None, now: datetime | None, form: str
) -> int:
    """Say what changes from BASE to HEAD, why, what it costs and who must approve.

    Both are git refs or folders with sites/; without HEAD it is the working tree. Ends in 1 where
    something newly counts against a plant.
    """
    from edgeward.declare.workspace import find_root  # noqa: PLC0415
    from edgeward.review import is_folder, review_change  # noqa: PLC0415

    start = Path(head) if head is not None and is_folder(head) else Path.cwd()
    diff = review_change(find_root(start, root), base, head, as_date(now))
    code = _exit_code(diff)
    click.echo(_render(diff, form, code))
    return code


def _exit_code(diff: FleetDiff) -> ExitCode:
    from edgeward.errors import ExitCode  # noqa: PLC0415

    if any(plant.problems for plant in diff.plants):
        return ExitCode.INVALID
    failing = any(plant.newly_failing for plant in diff.plants)
    return ExitCode.FINDINGS if failing else ExitCode.CLEAN


def _render(diff: FleetDiff, form: str, code: ExitCode) -> str:
    from edgeward.report.change_json import render_change_json  # noqa: PLC0415
    from edgeward.report.change_text import render_change_text  # noqa: PLC0415
    from edgeward.report.comment import render_comment  # noqa: PLC0415

    if form == "json":
        return render_change_json(diff, code)
    return render_comment(diff) if form == "markdown" else render_change_text(diff)
