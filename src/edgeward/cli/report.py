"""Prints a finished result in the form that was asked for."""

from __future__ import annotations

import importlib

import click

from edgeward.errors import ExitCode
from edgeward.result import RunResult


def report(result: RunResult, code: ExitCode, form: str, verbose: bool) -> int:
    """Print the result; gives back the exit code."""
    # Each form loads its own libraries, so only the one that was asked for is imported.
    render = getattr(importlib.import_module(f"edgeward.report.{form}"), f"render_{form}")
    if form == "json":
        click.echo(render(result, code))
    elif form == "text":
        click.echo(render(result, verbose))
    else:
        click.echo(render(result))
    return code
