"""`edgeward rollout`: who gets a release when, and the next step on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from edgeward.cli.options import as_instant, at_option

if TYPE_CHECKING:
    from edgeward.rollout.rollout import Plant, Rollout

F = TypeVar("F", bound=Callable[..., Any])
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def _rollout_options(function: F) -> F:
    for decorate in (
        at_option,
        click.option("--root", type=_FOLDER, help="The repository, with rollouts/."),
        click.argument("name"),
    ):
        function = decorate(function)
    return function


@click.group("rollout", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Plan rollouts/NAME.yaml, step it, and try it in virtual time."""


@command.command("plan")
@_rollout_options
def plan(*, name: str, root: Path | None, at: datetime | None) -> int:
    """Show when each plant would switch if all goes well; refuses what cannot work."""
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.rollout.plan import plan_lines  # noqa: PLC0415

    now = as_instant(at)
    _place, rollout, plants = _open(name, root, now)
    for line in plan_lines(rollout, plants, now):
        click.echo(line)
    return ExitCode.CLEAN


@command.command("step")
@_rollout_options
@click.option("--reports", type=_FOLDER, required=True, help="A folder of reports of devices.")
def take_step(*, name: str, root: Path | None, at: datetime | None, reports: Path) -> int:
    """Take the next step and write rollouts/state/NAME.json; ends in 1 once it is aborted.

    May be called any number of times. `edgeward release publish --rollout NAME` signs the outcome.
    """
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.inventory.reported import read_reports  # noqa: PLC0415
    from edgeward.rollout.record import load_state, plant_reports, save_state  # noqa: PLC0415
    from edgeward.rollout.step import step  # noqa: PLC0415

    now = as_instant(at)
    place, rollout, plants = _open(name, root, now)
    before = load_state(place, rollout)
    reported, wrong = read_reports(reports)
    known = plant_reports(reported, rollout.gate.metric, rollout.release, now)
    after = step(rollout, plants, before, known, now)
    if after != before:
        save_state(place, after)
    for line in wrong:
        click.echo(f"left out: {line}", err=True)
    for entry in after.log[len(before.log) :]:
        click.echo(entry.what)
    click.echo(f"{name}: {after.status}, stage {after.stage} of {len(rollout.stages) - 1}")
    return ExitCode.FINDINGS if after.status == "aborted" else ExitCode.CLEAN


@command.command("simulate")
@_rollout_options
@click.option("--seeds", type=click.IntRange(1), default=20, help="How many runs.")
@click.option("--bad-release", is_flag=True, help="The release has the bad share of events.")
def try_out(
    *, name: str, root: Path | None, at: datetime | None, seeds: int, bad_release: bool
) -> int:
    """Run the rollout in virtual time with plants that go dark, and say how it ends."""
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.rollout.plan import simulation_lines  # noqa: PLC0415

    now = as_instant(at)
    _place, rollout, plants = _open(name, root, now)
    for line in simulation_lines(rollout, plants, now, range(seeds), bad_release):
        click.echo(line)
    return ExitCode.CLEAN


def _open(name: str, root: Path | None, now: datetime) -> tuple[Path, Rollout, tuple[Plant, ...]]:
    """Raises InvalidDeclaration for a rollout that cannot work."""
    from edgeward.declare.workspace import find_root, load_workspace  # noqa: PLC0415
    from edgeward.errors import InvalidDeclaration  # noqa: PLC0415
    from edgeward.rollout.feasible import check_overlaps, check_rollout  # noqa: PLC0415
    from edgeward.rollout.fleet import as_plants, read_sites  # noqa: PLC0415
    from edgeward.rollout.read import load_rollout  # noqa: PLC0415
    from edgeward.rollout.record import active_rollouts  # noqa: PLC0415

    place = find_root(Path.cwd(), root)
    workspace = load_workspace(place)
    rollout, tree = load_rollout(place, name, workspace.plants)
    sites = read_sites(workspace)
    plants = as_plants(sites)
    others = [
        (other, state)
        for other, state in active_rollouts(place, workspace.plants)
        if other.name != name and state.status == "running"
    ]
    problems = (
        *check_rollout(rollout, tree, plants, sites, now),
        *check_overlaps(rollout, tree, plants, others),
    )
    if problems:
        raise InvalidDeclaration(problems)
    return place, rollout, plants
