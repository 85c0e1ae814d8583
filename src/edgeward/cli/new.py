"""`edgeward new`: a plant, asked in plain words, or from flags or a file of answers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from edgeward.cli.options import as_date, now_option, root_option
from edgeward.errors import InvalidDeclaration, Problem, UsageError

if TYPE_CHECKING:
    from edgeward.declare.plant import PlantSource
    from edgeward.declare.workspace import Workspace
    from edgeward.onboard.answers_file import Given
    from edgeward.onboard.compose import NewPlant
    from edgeward.onboard.draft import Draft
    from edgeward.onboard.interview import Interview
    from edgeward.result import PlantResult

_SET = "--set"
_SHOWN = 3


@click.command("new")
@click.argument("site", required=False, metavar="[SITE]")
@click.option(
    _SET,
    "settings",
    multiple=True,
    metavar="PATH=VALUE",
    help="An answer, such as connectivity.tier=fiber or devices.line-1.class=?. Repeatable.",
)
@click.option(
    "--answers",
    "files",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Answers as YAML in the shape of a plant, or CSV with a plant in each row. Repeatable.",
)
@click.option("--no-ask", is_flag=True, help="Ask nothing; what is not given stays unknown.")
@click.option("--details", is_flag=True, help="Ask also what can wait, some 20 questions more.")
@root_option
@now_option
def command(
    *,
    site: str | None,
    settings: tuple[str, ...],
    files: tuple[Path, ...],
    no_ask: bool,
    details: bool,
    root: Path | None,
    now: datetime | None,
) -> int:
    """Write the site.yaml of a new plant from answers, check it, and decide it if that can be done.

    On a terminal it asks what was not given. A number may have a unit, be a range (20 to 80), or
    a value with a range; ? means that nobody knows. Nothing is written before all is answered.
    """
    from edgeward.declare.workspace import find_root, open_workspace  # noqa: PLC0415
    from edgeward.onboard.answers_file import read_answers  # noqa: PLC0415
    from edgeward.onboard.compose import write_plants  # noqa: PLC0415
    from edgeward.onboard.gather import gather  # noqa: PLC0415
    from edgeward.onboard.interview import Interview  # noqa: PLC0415
    from edgeward.report.open_text import name_some  # noqa: PLC0415

    workspace = open_workspace(find_root(Path.cwd(), root))
    asked = not no_ask and sys.stdin.isatty()
    flags = [_setting(each) for each in settings]
    plants = gather([read_answers(each) for each in files], flags, site)
    if not asked and not no_ask and not any(given for _name, given in plants):
        raise UsageError(
            "there is no terminal to ask on: give --answers FILE or --set PATH=VALUE, "
            "or --no-ask for a file in which everything is unknown"
        )
    begin = partial(Interview, layers=workspace.layers, hear=_hear, say=click.echo, details=details)
    talk = partial(_talk, begin, workspace, as_date(now)) if asked else None
    made = _compose(plants, workspace, as_date(now), talk)
    write_plants(workspace.root, made)
    click.echo(f"written: {name_some([each.source.file for each in made])}", err=True)
    return _check(workspace.root, made, as_date(now))


def _setting(text: str) -> Given:
    from edgeward.onboard.answers_file import Given  # noqa: PLC0415

    path, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"{_SET} {text}: write PATH=VALUE, such as connectivity.uplink_mbps=50")
    return Given(path.strip(), value.strip(), _SET, 0, 0)


def _compose(
    plants: Sequence[tuple[str, list[Given]]],
    workspace: Workspace,
    today: date,
    talk: Callable[[Draft, Sequence[Given]], None] | None,
) -> list[NewPlant]:
    """Every plant, or nothing at all: all problems of all plants are raised together."""
    from edgeward.onboard.compose import (  # noqa: PLC0415
        finish_plant,
        refuse_existing,
        start_draft,
    )

    made: list[NewPlant] = []
    problems: list[Problem] = []
    for called, given in plants:
        try:
            draft = start_draft(called, given, workspace, today)
            refuse_existing(workspace, draft.tree["name"], made)
            if talk is not None and len(plants) == 1:
                talk(draft, given)
            made.append(finish_plant(draft, given, workspace))
        except InvalidDeclaration as wrong:
            problems += wrong.problems
    if problems:
        raise InvalidDeclaration(tuple(problems))
    return made


def _talk(
    begin: Callable[[Draft], Interview],
    workspace: Workspace,
    today: date,
    draft: Draft,
    given: Sequence[Given],
) -> None:
    """Ask everything, then what cannot be left open."""
    from edgeward.onboard.compose import finish_plant  # noqa: PLC0415
    from edgeward.onboard.follow_up import follow_up  # noqa: PLC0415
    from edgeward.session import assess_source, open_session  # noqa: PLC0415

    interview = begin(draft)
    interview.run()
    session = open_session(workspace.root, today)

    def judge(so_far: Draft) -> tuple[PlantSource, PlantResult]:
        plant = finish_plant(so_far, given, workspace)
        return plant.source, assess_source(session, plant.name, plant.source, with_margins=True)

    follow_up(interview, judge)


def _hear(prompt: str) -> str:
    try:
        heard: str = click.prompt(prompt, default="", show_default=False, prompt_suffix=" > ")
    except click.Abort:
        click.echo("\nNothing was written.", err=True)
        raise
    return heard


def _check(root: Path, made: Sequence[NewPlant], today: date) -> int:
    """Decide what was written; say what blocks, what is unknown, and what to do next."""
    from edgeward.cli.locks import write_locks  # noqa: PLC0415
    from edgeward.report.open_text import name_some, render_open  # noqa: PLC0415
    from edgeward.report.text import render_text  # noqa: PLC0415
    from edgeward.result import RunResult, Status  # noqa: PLC0415
    from edgeward.session import assess_plant, open_session  # noqa: PLC0415

    session = open_session(root, today)
    plants = [assess_plant(session, each.name, with_margins=True) for each in made]
    click.echo(render_text(RunResult(tuple(_without_warnings(each) for each in plants))))
    click.echo(f"\n{render_open(zip((each.source for each in made), plants, strict=True))}")
    placed = [each for each in plants if each.decision and each.decision.placements]
    decided = [each for each in placed if each.status is Status.DECIDED]
    if locks := write_locks(root, decided):
        click.echo(f"\ndecided: {name_some(locks)}", err=True)
    if len(decided) == len(plants):
        shown = f", then open out/report/plants/{plants[0].name}.html" if len(plants) == 1 else ""
        step = f"make{shown}"
    else:
        names = " ".join(each.name for each in plants[:_SHOWN] if each not in decided)
        step = f"change the file in any editor, then edgeward decide {names}"
    click.echo(f"\nnext: {step}", err=True)
    return RunResult(tuple(plants)).exit_code()


def _without_warnings(plant: PlantResult) -> PlantResult:
    from edgeward.finding import Severity  # noqa: PLC0415

    errors = [each for each in plant.findings if each.severity is Severity.ERROR]
    return replace(plant, findings=tuple(errors))
