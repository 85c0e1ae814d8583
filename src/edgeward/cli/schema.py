"""`edgeward schema`: the schemas that editors read."""

from __future__ import annotations

from pathlib import Path

import click

from edgeward.cli.options import root_option


@click.command("schema")
@root_option
def command(*, root: Path | None) -> int:
    """Write the schemas that editors show as you type into docs/schema.

    An editor with yaml-language-server finds them by the first line of each plant's file.
    """
    from edgeward.declare.editor_schema import schema_files  # noqa: PLC0415
    from edgeward.declare.workspace import find_root  # noqa: PLC0415
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.write import write_file_atomically  # noqa: PLC0415

    folder = find_root(Path.cwd(), root) / "docs" / "schema"
    for each in schema_files():
        write_file_atomically(folder / each.path, each.content)
        click.echo(folder / each.path)
    return ExitCode.CLEAN
