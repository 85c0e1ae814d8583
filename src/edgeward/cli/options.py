"""Options and arguments that the verbs share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from edgeward.errors import UsageError
from edgeward.session import Session

F = TypeVar("F", bound=Callable[..., Any])


root_option = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The repository, default the nearest folder above with sites/.",
)
now_option = click.option(
    "--now",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The date to judge by, default today (UTC).",
)


def complete_site(_ctx: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """The plants of the repository that begin like this, for the shell's completion."""
    from edgeward.declare.workspace import find_root  # noqa: PLC0415

    try:
        root = find_root(Path.cwd())
    except UsageError:
        return []
    names = (path.parent.name for path in root.glob("sites/*/site.yaml"))
    return sorted(name for name in names if name.startswith(begun))


def session_options(function: F) -> F:
    """`SITE…`, `--root`, `--now` and `--opa-url`, as every verb that reads plants takes them."""
    for decorate in (
        click.option(
            "--opa-url",
            metavar="URL",
            help="Evaluate the rules on this OPA server instead of in-process.",
        ),
        now_option,
        root_option,
        click.argument("sites", nargs=-1, metavar="[SITE]...", shell_complete=complete_site),
    ):
        function = decorate(function)
    return function


def changed_option(function: F) -> F:
    """`--changed-since REF`, for verbs that can leave out what a change does not touch."""
    return click.option(
        "--changed-since",
        "since",
        metavar="REF",
        help="Only the plants that a difference from this commit can touch.",
    )(function)


def format_option(function: F) -> F:
    """`--format`, `--verbose` and `--quiet`, for verbs that report."""
    function = click.option(
        "--quiet", "-q", is_flag=True, help="As text, only the plants that something is wrong with."
    )(function)
    function = click.option("--verbose", "-v", is_flag=True, help="Also show what only informs.")(
        function
    )
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "sarif", "junit", "github", "gitlab"]),
        default="text",
        help="Text for people, JSON for machines, SARIF for code scanning, JUnit for test reports, "
        "annotations of GitHub Actions, GitLab code quality.",
    )(function)


def out_option(function: F) -> F:
    """`--out DIR`, for verbs that write a folder."""
    return click.option(
        "--out",
        type=click.Path(file_okay=False, path_type=Path),
        required=True,
        help="The folder to write; replaced as a whole.",
    )(function)


def at_option(function: F) -> F:
    """`--at TIME`, for verbs to which the hour matters."""
    return click.option(
        "--at",
        type=click.DateTime(["%Y-%m-%dT%H:%M:%SZ"]),
        metavar="TIME",
        help="The time, in UTC; now without it.",
    )(function)


def open_selected(
    sites: tuple[str, ...],
    root: Path | None,
    now: datetime | None,
    opa_url: str | None,
    fresh: bool = False,
) -> tuple[Session, tuple[str, ...]]:
    """The session and the plants that were asked for.

    Raises UsageError where there is no repository or no such plant.
    """
    from edgeward.declare.workspace import find_root, select_sites  # noqa: PLC0415
    from edgeward.session import open_session  # noqa: PLC0415

    session = open_session(find_root(Path.cwd(), root), as_date(now), opa_url, fresh)
    return session, select_sites(session.workspace, sites)


def only_touched(session: Session, names: tuple[str, ...], since: str | None) -> tuple[str, ...]:
    """Those of the names that a difference from the commit `since` can touch; all without one."""
    if since is None:
        return names
    from edgeward.touched import touched_plants  # noqa: PLC0415

    touched = touched_plants(session.workspace, since)
    return tuple(name for name in names if name in touched)


def as_instant(at: datetime | None) -> datetime:
    return (at.replace(tzinfo=UTC) if at is not None else datetime.now(UTC)).replace(microsecond=0)


def as_date(now: datetime | None) -> date:
    return (now or datetime.now(UTC)).date()
