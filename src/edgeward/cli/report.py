"""Prints a finished result in the form that was asked for."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterator

import click

from edgeward.errors import ExitCode
from edgeward.result import PlantResult, Report, RunResult, Status, Told, ToldRun, exit_code_of


def report(
    result: RunResult, code: ExitCode, form: str, verbose: bool = False, quiet: bool = False
) -> int:
    """Print the result, where `quiet` only of what is wrong; gives back the exit code."""
    if form == "json":
        from edgeward.report.json import render_json  # noqa: PLC0415 (only the one asked for)

        click.echo(render_json(result, code))
    elif form == "text":
        from edgeward.cli.paint import paint  # noqa: PLC0415
        from edgeward.report.text import tell_plant  # noqa: PLC0415
        from edgeward.report.wording import summarise  # noqa: PLC0415

        for plant in result.plants:
            if not quiet or _is_wrong(plant, code is ExitCode.STALE):
                click.echo(paint(f"{tell_plant(plant, verbose)}\n"))
        click.echo(summarise(result))
    else:
        _print(result, form)
    return code


def report_told(told: Iterator[Told], locked: bool, form: str, quiet: bool = False) -> int:
    """Print what is told of each plant as soon as it is known; gives back the exit code.

    `locked` makes a committed decision count that is missing or stale; `quiet` leaves out, as
    text, plants with which nothing is wrong.
    """
    tally = _Tally(locked)
    if form == "text":
        from edgeward.cli.paint import paint  # noqa: PLC0415
        from edgeward.report.wording import say_counts  # noqa: PLC0415

        for each in tally.of(told):
            if not quiet or _is_wrong(each, locked):
                click.echo(paint(f"{each.text}\n"))
        click.echo(say_counts(tally.statuses))
    elif form == "json":
        from edgeward.report.json import HEAD, end  # noqa: PLC0415

        for number, each in enumerate(tally.of(told)):
            click.echo(f"{',' if number else HEAD}{each.text}", nl=False)
        click.echo(end(tally.exit_code))
    else:
        _print(ToldRun(tuple(tally.of(told))), form)
    if tally.exit_code is ExitCode.STALE:
        remedy = "run `edgeward decide`, have what it writes reviewed and commit it"
        click.echo(f"edgeward: a committed decision is missing or stale: {remedy}", err=True)
    return tally.exit_code


def _is_wrong(plant: Told | PlantResult, locked: bool) -> bool:
    return plant.status is not Status.DECIDED or (locked and plant.behind)


def _print(result: Report, form: str) -> None:
    # Each form loads its own libraries, so only the one that was asked for is imported.
    render = getattr(importlib.import_module(f"edgeward.report.{form}"), f"render_{form}")
    click.echo(render(result))


class _Tally:
    """Counts how plants ended while they pass."""

    def __init__(self, locked: bool) -> None:
        self.statuses: Counter[Status] = Counter()
        self._locked = locked
        self._stale = False

    def of(self, told: Iterator[Told]) -> Iterator[Told]:
        for each in told:
            self.statuses[each.status] += 1
            self._stale |= self._locked and each.behind
            yield each

    @property
    def exit_code(self) -> ExitCode:
        return exit_code_of(self.statuses, self._stale)
