"""`edgeward brief`: documents for people who never open a declaration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from edgeward.cli.options import as_date, root_option

if TYPE_CHECKING:
    from edgeward.brief.document import Document

_KINDS = ("brief", "card", "ports", "ticket", "hardware", "architecture", "rollback", "record")


@click.command("brief")
@click.argument("site", metavar="[SITE]", required=False)
@click.argument("use_case", required=False, metavar="[USE_CASE]")
@click.option(
    "--as",
    "kind",
    type=click.Choice(_KINDS),
    default="brief",
    help="A page for each use case, the card for the wall, the connections to open, the text of a "
    "change ticket, what to buy, the architecture note, the rollback checklist, the record for "
    "auditors.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html", "csv"]),
    default="text",
    help="Text for a terminal or a mail, Markdown for a wiki, a page to open and print, CSV of the "
    "lists (ports, hardware).",
)
@click.option(
    "--at",
    metavar="COMMIT",
    help="As this commit had it; made again, it is the same. Default the working tree.",
)
@root_option
@click.option(
    "--now",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The date to judge by, default today (UTC), or the day of the commit.",
)
def command(
    *,
    site: str | None,
    use_case: str | None,
    kind: str,
    form: str,
    at: str | None,
    root: Path | None,
    now: datetime | None,
) -> None:
    """Print a document about a plant or one of its use cases, for people who never open YAML.

    Without SITE, of all plants; without USE_CASE, of all in the plant.
    """
    from edgeward.declare.workspace import find_root  # noqa: PLC0415
    from edgeward.documents import Asked, make_documents  # noqa: PLC0415

    asked = Asked(kind, (site,) if site else (), use_case, at)
    judged_by = None if now is None else as_date(now)
    documents = make_documents(find_root(Path.cwd(), root), asked, judged_by, as_date(None))
    click.echo(_render(documents, form))


def _render(documents: Sequence[Document], form: str) -> str:
    if form == "html":
        from edgeward.report.html import render_page  # noqa: PLC0415 (jinja2 is heavy)

        return render_page("document.html.j2", documents).decode().rstrip("\n")
    if form == "csv":
        from edgeward.brief.csv import render_csv  # noqa: PLC0415

        return render_csv(documents)
    if form == "markdown":
        from edgeward.brief.markdown import render_markdown as render  # noqa: PLC0415
    else:
        from edgeward.brief.text import render_text as render  # noqa: PLC0415
    return "\n\n\n".join(render(each) for each in documents)
