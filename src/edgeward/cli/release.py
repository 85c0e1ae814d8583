"""`edgeward release`: sign what is built, for the update agents that plants already run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from edgeward.cli.options import as_instant, at_option, open_selected, session_options
from edgeward.cli.report import report_told

F = TypeVar("F", bound=Callable[..., Any])
_FOLDER = click.Path(file_okay=False, path_type=Path)


def _repository_option(function: F) -> F:
    return click.option(
        "--repository", type=_FOLDER, required=True, help="The folder of the TUF repository."
    )(function)


def _signing_options(function: F) -> F:
    for decorate in (
        at_option,
        click.option(
            "--key", "keys", multiple=True, metavar="PEM|awskms:ID", help="Sign with this key."
        ),
        click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path)),
    ):
        function = decorate(function)
    return function


@click.group("release", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Build releases and sign which plant gets which, as a TUF repository.

    First `keys`, by everyone who holds one; then, for each release, `make` and `publish`.
    """
    from edgeward.errors import UsageError  # noqa: PLC0415

    try:
        import tuf.api.metadata  # noqa: F401, PLC0415
    except ImportError as error:
        raise UsageError("releases need more: pip install 'edgeward[release]'") from error


@command.command("keys")
@_repository_option
@_signing_options
def sign_keys(
    *, repository: Path, root: Path | None, keys: tuple[str, ...], at: datetime | None
) -> int:
    """Sign who may sign, from releases/keys.yaml; each holder of an offline key runs it once.

    Ends in 1 while signatures are missing, or where a plant is dark for longer than one is good.
    """
    from edgeward.declare.signing import read_signing  # noqa: PLC0415
    from edgeward.declare.workspace import find_root, load_workspace  # noqa: PLC0415
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.release.ceremony import sign_offline  # noqa: PLC0415
    from edgeward.release.expiry import find_short_lived  # noqa: PLC0415
    from edgeward.release.keys import load_keys, open_signers  # noqa: PLC0415
    from edgeward.rollout.fleet import read_sites  # noqa: PLC0415

    place = find_root(Path.cwd(), root)
    workspace, known = load_workspace(place), load_keys(place)
    signing = read_signing(place)
    short = [*find_short_lived(signing, read_sites(workspace).values())] if signing else []
    done = sign_offline(repository, known, workspace.plants, open_signers(keys), as_instant(at))
    for each in done:
        left = "complete" if each.complete else "give pending/ to the holder of the next key"
        click.echo(f"{each.role} {each.version}: {each.signed} of {each.needed} signatures; {left}")
    if not done:
        click.echo("root and targets are as releases/keys.yaml has them")
    for problem in short:
        click.echo(str(problem))
    complete = all(each.complete for each in done) and not short
    return ExitCode.CLEAN if complete else ExitCode.FINDINGS


@command.command("make")
@session_options
@_repository_option
@click.option("--number", type=click.IntRange(1), required=True, help="The number of the release.")
@click.option(
    "--models",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with one folder MODEL-VERSION for each model, its `run` in it.",
)
def make(
    *,
    sites: tuple[str, ...],
    root: Path | None,
    now: datetime | None,
    opa_url: str | None,
    repository: Path,
    number: int,
    models: Path | None,
) -> int:
    """Build release NUMBER of plants; no plant gets it before it is published."""
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.fleet_check import Check  # noqa: PLC0415
    from edgeward.release.build import build_release  # noqa: PLC0415
    from edgeward.release.keys import load_keys  # noqa: PLC0415
    from edgeward.release.plants import Preparing, prepare_plants  # noqa: PLC0415
    from edgeward.result import exit_code_of  # noqa: PLC0415

    session, names = open_selected(sites, root, now, opa_url)
    preparing = Preparing(Check(session.workspace.root, session.today, "text", False), number)
    # Workers would ask somebody else's server many things at a time.
    plants = list(prepare_plants(session, names, preparing, alone=opa_url is not None))
    if exit_code_of({each.told.status for each in plants}, stale=False) is not ExitCode.CLEAN:
        return report_told((each.told for each in plants), locked=False, form="text")
    bundles = [bundle for each in plants for bundle in each.bundles]
    place = session.workspace.root
    provenance = load_keys(place).roles.get("provenance")
    release = build_release(repository, number, bundles, models, provenance)
    click.echo(f"release {number}: {len(release.boxes)} boxes of {len(release.sites)} plants")
    return ExitCode.CLEAN


@command.command("attest")
@click.argument("model", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--data-sha256", required=True, help="Of the training data, or of its listing.")
@click.option("--training-run", required=True, help="Where the run can be looked up.")
@click.option("--evaluation", required=True, help="Where its evaluation can be looked up.")
@click.option("--approver", required=True, help="Who approved it.")
@click.option("--key", required=True, metavar="PEM|awskms:ID", help="Sign with this key.")
def attest_model(
    *,
    model: Path,
    data_sha256: str,
    training_run: str,
    evaluation: str,
    approver: str,
    key: str,
) -> int:
    """Say where the model in the folder MODEL is from, signed, as provenance.dsse.json in it."""
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.release.build import read_model  # noqa: PLC0415
    from edgeward.release.keys import open_signers  # noqa: PLC0415
    from edgeward.release.provenance import PROVENANCE_FILE, Origin, attest  # noqa: PLC0415
    from edgeward.write import write_file_atomically  # noqa: PLC0415

    (signer,) = open_signers((key,)).values()
    origin = Origin(data_sha256, training_run, evaluation, approver)
    envelope = attest(read_model(model.parent, model.name), origin, signer)
    write_file_atomically(model / PROVENANCE_FILE, envelope)
    click.echo(f"{model / PROVENANCE_FILE}: by {approver}")
    return ExitCode.CLEAN


@command.command("publish")
@click.argument("sites", nargs=-1, metavar="[SITE]...")
@_repository_option
@_signing_options
@click.option("--number", type=click.IntRange(1), help="The release that the plants get.")
@click.option("--rollout", "rollouts", multiple=True, help="Sign what this rollout has decided.")
def publish_release(
    *,
    sites: tuple[str, ...],
    repository: Path,
    root: Path | None,
    keys: tuple[str, ...],
    at: datetime | None,
    number: int | None,
    rollouts: tuple[str, ...],
) -> int:
    """Sign which release plants get, and sign anew what expires soon; a lower number goes back."""
    from edgeward.declare.workspace import find_root  # noqa: PLC0415
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.release.assign import Assigned, sign_for  # noqa: PLC0415
    from edgeward.release.build import read_release  # noqa: PLC0415
    from edgeward.release.keys import load_keys, open_signers  # noqa: PLC0415
    from edgeward.release.repository import publish  # noqa: PLC0415
    from edgeward.rollout.assigned import assigned_by  # noqa: PLC0415

    place = find_root(Path.cwd(), root)
    known, assigned = load_keys(place), assigned_by(place, rollouts)
    if number is not None:
        named = sites or read_release(repository, number).sites
        assigned |= {site: Assigned(number) for site in named}
    wanted = sign_for(repository, assigned)
    changed = publish(repository, wanted, known, open_signers(keys), as_instant(at))
    click.echo(f"published: {', '.join(changed) or 'nothing new, signed anew'}")
    return ExitCode.CLEAN


@command.command("host")
@click.argument("box", metavar="SITE/BOX")
@_repository_option
@click.option("--address", metavar="URL", required=True, help="Where a host finds it.")
@click.option("--out", type=_FOLDER, required=True, help="The folder to write, for /opt/edgeward.")
def write_host(*, box: str, repository: Path, address: str, out: Path) -> int:
    """Write the pull script, the trusted root and the settings of one plain host."""
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.release.host import host_files  # noqa: PLC0415
    from edgeward.write import replace_directory  # noqa: PLC0415

    site, name = _site_and_box(box)
    replace_directory(out, host_files(repository, site, name, address))
    click.echo(f"{out}: copy to /opt/edgeward, and name your commands in releases/pull.json")
    return ExitCode.CLEAN


@command.command("hand-over")
@click.argument("box", metavar="SITE/BOX")
@_repository_option
@click.option("--number", type=click.IntRange(1), required=True, help="The release.")
@click.option(
    "--to",
    "agent",
    type=click.Choice(["greengrass", "hawkbit", "iot-job", "mender", "rauc"]),
    required=True,
    help="The update agent that the box runs.",
)
@click.option("--thing", default="", metavar="ARN", help="The thing or group, for AWS.")
@click.option("--out", type=_FOLDER, required=True, help="The folder to write.")
def hand_over_release(
    *, box: str, repository: Path, number: int, agent: str, thing: str, out: Path
) -> int:
    """Write what another update agent takes of a release of one box."""
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.release.hand_over import hand_over  # noqa: PLC0415
    from edgeward.write import replace_directory  # noqa: PLC0415

    site, name = _site_and_box(box)
    replace_directory(out, hand_over(repository, number, site, name, agent, thing=thing))
    click.echo(f"{out}: release {number} of {box} for {agent}")
    return ExitCode.CLEAN


def _site_and_box(box: str) -> tuple[str, str]:
    from edgeward.errors import UsageError  # noqa: PLC0415

    site, slash, name = box.partition("/")
    if not (site and slash and name):
        raise UsageError(f"{box}: name the box as SITE/BOX, as in the manifest")
    return site, name
