"""Prints a finished result in the form that was asked for."""

from __future__ import annotations

import click

from edgeward.errors import ExitCode
from edgeward.result import RunResult


def report(result: RunResult, code: ExitCode, form: str, verbose: bool) -> int:
    """Print the result; gives back the exit code."""
    if form == "json":
        from edgeward.report.json import render_json  # noqa: PLC0415

        click.echo(render_json(result, code))
    elif form == "sarif":
        from edgeward.report.sarif import render_sarif  # noqa: PLC0415

        click.echo(render_sarif(result))
    else:
        from edgeward.report.text import render_text  # noqa: PLC0415

        click.echo(render_text(result, verbose))
    return code
