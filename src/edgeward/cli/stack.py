"""`edgeward stack`: set up, permit and look after the Pulumi stacks of plants."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TextIO

import click

from edgeward.cli.options import open_selected, root_option, session_options


@click.group("stack", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Set up the stack of a plant, the role of its CI, and find stacks without a plant."""


@command.command("init")
@click.argument("site")
@root_option
@click.option("--account", metavar="NUMBER", help="The AWS account; `pulumi up` refuses others.")
@click.option(
    "--secrets",
    metavar="PROVIDER",
    default="passphrase",
    show_default=True,
    help="What encrypts the stack's secrets: passphrase, or a key such as awskms://alias/NAME.",
)
@click.option("--platform", metavar="STACK", help="The platform's stack, which also gets alarms.")
def init(
    *, site: str, root: Path | None, account: str | None, secrets: str, platform: str | None
) -> int:
    """Write the configuration of a plant's stack and say what to run next."""
    from edgeward.declare.workspace import find_root, load_workspace, select_sites  # noqa: PLC0415
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.stack.setup import init_commands, init_stack  # noqa: PLC0415

    found = find_root(Path.cwd(), root)
    (name,) = select_sites(load_workspace(found), (site,))
    file = init_stack(found, name, account, secrets, platform)
    click.echo(f"wrote {file.relative_to(found)}; next:")
    for each in init_commands(name, secrets):
        click.echo(f"  {each}")
    return ExitCode.CLEAN


@command.command("iam")
@session_options
@click.option("--account", metavar="NUMBER", default="ACCOUNT", help="Fills in the AWS account.")
def iam(
    *,
    sites: tuple[str, ...],
    root: Path | None,
    now: datetime | None,
    opa_url: str | None,
    account: str,
) -> int:
    """Print the IAM policies that the CI of a plant needs, from the resources that it has."""
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.resources import add_graphs  # noqa: PLC0415
    from edgeward.session import assess_plant  # noqa: PLC0415
    from edgeward.stack.naming import partition  # noqa: PLC0415
    from edgeward.stack.permissions import ci_policies, types_in_use  # noqa: PLC0415

    session, names = open_selected(sites, root, now, opa_url)
    for plant in add_graphs(session, [assess_plant(session, name) for name in names]):
        graph = plant.graph
        if graph is None or graph.region is None:
            click.echo(f"{plant.name}: nothing in the cloud, so nothing to permit", err=True)
            continue
        where = (account, graph.region, partition(graph.region))
        there = plant.site.existing.bucket if plant.site else None
        for policy in ci_policies(plant.name, types_in_use(graph), *where, looks_up=there):
            click.echo(policy)
    return ExitCode.CLEAN


@command.command("orphans")
@root_option
@click.argument("stacks", type=click.File(encoding="utf-8"), default="-")
def orphans(*, root: Path | None, stacks: TextIO) -> int:
    """List stacks that no plant stands behind any more.

    STACKS is what `pulumi stack ls --all --json` prints, default from standard input. Ends in 1
    where there is one.
    """
    from edgeward.declare.workspace import find_root, load_workspace  # noqa: PLC0415
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.stack.setup import list_orphans  # noqa: PLC0415

    plants = load_workspace(find_root(Path.cwd(), root)).plants
    found = list_orphans(stacks.read(), plants)
    for name in found:
        click.echo(
            f"{name}: has a stack and no sites/{name}; see docs/how-to/first-plant-in-aws.md"
        )
    return ExitCode.FINDINGS if found else ExitCode.CLEAN
