"""`edgeward render`: write the edge bundles of plants."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from edgeward.cli.options import format_option, open_selected, session_options
from edgeward.cli.report import report


@click.command("render")
@session_options
@format_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder to write; replaced as a whole.",
)
def command(
    *,
    sites: tuple[str, ...],
    root: Path | None,
    now: datetime | None,
    opa_url: str | None,
    form: str,
    verbose: bool,
    out: Path,
) -> int:
    """Write the edge bundles, one for each device."""
    from edgeward.build import add_bundles, bundle_files, open_packs  # noqa: PLC0415
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.result import RunResult  # noqa: PLC0415
    from edgeward.session import assess_plant  # noqa: PLC0415
    from edgeward.write import replace_directory  # noqa: PLC0415

    session, names = open_selected(sites, root, now, opa_url)
    packs = open_packs(session)
    result = RunResult(
        tuple(add_bundles(session, assess_plant(session, name), packs) for name in names)
    )
    code = result.exit_code()
    if code is not ExitCode.INVALID:
        files = [
            each for plant in result.plants for each in bundle_files(plant.name, plant.bundles)
        ]
        replace_directory(out, files)
    return report(result, code, form, verbose)
