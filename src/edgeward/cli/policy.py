"""`edgeward policy`: the rules themselves, for those who read, write or change them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from edgeward.cli.options import as_date, now_option, root_option


@click.group("policy", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """List, document, compile and test the rules; see what a change of them would do."""


@command.command("list")
@root_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def list_rules(root: Path | None, form: str) -> int:
    """List every rule with its severity and title."""
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.policy.listing import list_as_json, list_as_text  # noqa: PLC0415
    from edgeward.policy.rule_set import load_rules  # noqa: PLC0415

    rules = load_rules(_find(root)).rules
    click.echo(list_as_json(rules) if form == "json" else list_as_text(rules))
    return ExitCode.CLEAN


@command.command("docs")
@root_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write, default docs/policies.",
)
@click.option("--check", is_flag=True, help="Only name pages that are stale.")
def write_docs(root: Path | None, out: Path | None, check: bool) -> int:
    """Write the reference of the rules, one page for each category."""
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.policy.reference import reference_pages, stale_pages, write_pages  # noqa: PLC0415
    from edgeward.policy.rule_set import load_rules  # noqa: PLC0415
    from edgeward.policy.thresholds import load_thresholds  # noqa: PLC0415

    repository = _find(root)
    folder = out or repository / "docs" / "policies"
    pages = reference_pages(load_rules(repository).rules, load_thresholds(repository, {}))
    stale = stale_pages(pages, folder)
    if check:
        for name in stale:
            click.echo(f"{folder / name}: is not what the rules say of themselves", err=True)
        return ExitCode.STALE if stale else ExitCode.CLEAN
    write_pages(pages, folder)
    click.echo(f"{folder}: {len(pages)} pages, {len(stale)} written")
    return ExitCode.CLEAN


@command.command("build")
@root_option
def build_rules(root: Path | None) -> int:
    """Compile the repository's own rules with the shipped ones, for `edgeward check` to use."""
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.policy.rule_set import load_rules, shipped_ids  # noqa: PLC0415

    rules = load_rules(_find(root)).rules
    own = sorted({rule.id for rule in rules} - shipped_ids())
    click.echo(f"{len(rules)} rules compiled, {len(own)} of them your own")
    for name in own:
        click.echo(f"  {name}")
    return ExitCode.CLEAN


@command.command("test")
@click.argument("rules", nargs=-1, metavar="[RULE]...")
@root_option
@click.option("--verbose", "-v", is_flag=True, help="Also show the cases that are as they should.")
def test_rules(rules: tuple[str, ...], root: Path | None, verbose: bool) -> int:
    """Run the cases of rules: by id, category or folder; all without any."""
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.policy.trial import describe_trial, try_rules  # noqa: PLC0415

    wrong = total = 0
    for trial in try_rules(_find(root), rules):
        total += 1
        wrong += not trial.passed
        for line in describe_trial(trial, verbose or bool(rules)):
            click.echo(line)
    click.echo(f"{total} rules, {wrong} not as their cases say")
    return ExitCode.FINDINGS if wrong else ExitCode.CLEAN


@command.command("impact")
@root_option
@click.option("--base", default="HEAD", metavar="REF", help="What to compare with, default HEAD.")
@now_option
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text")
def show_impact(root: Path | None, base: str, now: datetime | None, form: str) -> int:
    """Compare the fleet before and after a change of rules, thresholds or catalog.

    Ends in 1 where a plant newly fails.
    """
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.impact import measure_impact  # noqa: PLC0415
    from edgeward.report.impact import render_impact  # noqa: PLC0415

    impact = measure_impact(_find(root), base, as_date(now))
    click.echo(render_impact(impact, form))
    failing = any(plant.newly_failing for plant in impact.plants)
    return ExitCode.FINDINGS if failing else ExitCode.CLEAN


def _find(root: Path | None) -> Path:
    from edgeward.declare.workspace import find_root  # noqa: PLC0415

    return find_root(Path.cwd(), root)
