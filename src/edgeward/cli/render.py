"""`edgeward render`: write the edge bundles of plants."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from edgeward.cli.options import format_option, open_selected, out_option, session_options
from edgeward.cli.report import report

if TYPE_CHECKING:
    from edgeward.errors import ExitCode
    from edgeward.result import RunResult
    from edgeward.write import OutputFile


@click.command("render")
@session_options
@format_option
@out_option
@click.option(
    "--release",
    type=click.IntRange(0),
    default=0,
    help="The number of this release, such as that of the commit; a box takes no lower one.",
)
@click.option("--key", metavar="PEM|awskms:ID", help="Sign each bundle with this private key.")
@click.option(
    "--diff",
    is_flag=True,
    help="Show what differs from the last output and write nothing; ends in 4 if something does.",
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
    release: int,
    key: str | None,
    diff: bool,
) -> int:
    """Write the edge bundles, one for each device: a folder, an archive and its signature."""
    from edgeward.build import add_bundles, open_packs  # noqa: PLC0415
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.result import RunResult  # noqa: PLC0415
    from edgeward.session import assess_plant  # noqa: PLC0415
    from edgeward.write import replace_directory  # noqa: PLC0415

    session, names = open_selected(sites, root, now, opa_url)
    packs = open_packs(session)
    result = RunResult(
        tuple(add_bundles(session, assess_plant(session, name), packs, release) for name in names)
    )
    code = result.exit_code()
    if code is not ExitCode.INVALID and diff:
        return _show_differences(out, _trees(result)) or code
    if code is not ExitCode.INVALID:
        replace_directory(out, [*_trees(result), *_archives(result, key)])
    return report(result, code, form, verbose)


def _trees(result: RunResult) -> list[OutputFile]:
    from edgeward.build import bundle_files  # noqa: PLC0415

    return [each for plant in result.plants for each in bundle_files(plant.name, plant.bundles)]


def _archives(result: RunResult, key: str | None) -> list[OutputFile]:
    from edgeward.build import archive_files  # noqa: PLC0415

    plants = result.plants
    return [each for plant in plants for each in archive_files(plant.name, plant.bundles, key)]


def _show_differences(out: Path, files: list[OutputFile]) -> ExitCode:
    from edgeward.bundle.difference import compare_trees  # noqa: PLC0415
    from edgeward.errors import ExitCode  # noqa: PLC0415

    lines = list(compare_trees(out, files))
    click.echo("".join(lines) or "nothing differs from the last output\n", nl=False)
    return ExitCode.STALE if lines else ExitCode.CLEAN
