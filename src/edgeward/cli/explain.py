"""`edgeward explain`: why a use case runs where it does, why not elsewhere, and what would."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from edgeward.cli.options import now_option, open_selected, root_option


@click.command("explain")
@click.argument("site", metavar="SITE")
@click.argument("use_case", required=False, metavar="[USE_CASE]")
@click.option(
    "--if",
    "asked",
    multiple=True,
    metavar="PATH=VALUE",
    help="Decide with another value, or with link=down, devices.NAME=down or "
    "devices.NAME=one_down (one of its boxes). Repeatable.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "html"]),
    default="text",
    help="Text for a terminal, JSON for machines, the others for pages.",
)
@root_option
@now_option
@click.option(
    "--opa-url", metavar="URL", help="Evaluate the rules on this OPA server instead of in-process."
)
@click.option("--fresh", is_flag=True, help="Ignore the committed decision.")
def command(
    *,
    site: str,
    use_case: str | None,
    asked: tuple[str, ...],
    form: str,
    root: Path | None,
    now: datetime | None,
    opa_url: str | None,
    fresh: bool,
) -> None:
    """Say why a use case runs where it does, why not elsewhere, and what would change it.

    Writes nothing. Without USE_CASE, all of the plant.
    """
    from edgeward.explore.explain import explain_plant  # noqa: PLC0415
    from edgeward.report.explanation import render_explanation  # noqa: PLC0415
    from edgeward.session import open_variants  # noqa: PLC0415

    session, (name,) = open_selected((site,), root, now, opa_url, fresh)
    explanation = explain_plant(open_variants(session, name), use_case, asked)
    click.echo(render_explanation(explanation, form))
