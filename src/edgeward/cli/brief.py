"""`edgeward brief`: documents for people who never open a declaration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from edgeward.cli.options import open_selected

if TYPE_CHECKING:
    from edgeward.brief.document import Document

_KINDS = ("brief",)


@click.command("brief")
@click.argument("site", metavar="[SITE]", required=False)
@click.argument("use_case", required=False, metavar="[USE_CASE]")
@click.option(
    "--as",
    "kind",
    type=click.Choice(_KINDS),
    default="brief",
    help="The document; brief is one page for each use case.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "html"]),
    default="text",
    help="Text for a terminal or a mail, Markdown for a wiki, a page to open and print.",
)
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The repository, default the nearest folder above with sites/.",
)
@click.option(
    "--now",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The date to judge by, default today (UTC).",
)
def command(
    *,
    site: str | None,
    use_case: str | None,
    kind: str,
    form: str,
    root: Path | None,
    now: datetime | None,
) -> None:
    """Write a document about a plant or one of its use cases, and print it.

    Writes nothing but what it prints. Without SITE, all plants; without USE_CASE, all of a plant.
    """
    from edgeward.documents import make_documents  # noqa: PLC0415

    session, names = open_selected((site,) if site else (), root, now, None)
    documents = tuple(make_documents(session, names, kind, use_case))
    click.echo(_render(documents, form))


def _render(documents: Sequence[Document], form: str) -> str:
    if form == "html":
        from edgeward.report.html import render_page  # noqa: PLC0415 (jinja2 is heavy)

        return render_page("document.html.j2", documents).decode().rstrip("\n")
    if form == "markdown":
        from edgeward.brief.markdown import render_markdown as render  # noqa: PLC0415
    else:
        from edgeward.brief.text import render_text as render  # noqa: PLC0415
    return "\n\n\n".join(render(each) for each in documents)
