"""The entry point: picks the verb, and turns every error into a message and an exit code."""

from __future__ import annotations

import importlib
import io
import os
import sys

import click

from edgeward import __version__
from edgeward.errors import EdgewardError, ExitCode
from edgeward.garbage import collect_rarely

_VERBS = {
    "init": "Make a new repository for plants, with an example that is checked.",
    "new": "Write the site.yaml of a new plant, asked in plain words.",
    "check": "Validate plants and judge them by the rules.",
    "decide": "Place every use case and write decision.lock.yaml.",
    "explain": "Say why, why not, what would change it, and what if.",
    "cost": "Show the ownership cost by line, break-even and scenarios.",
    "preview": "Show the cloud resources of a plant; no credentials needed.",
    "stack": "Set up a plant's stack, permit its CI, find stacks without a plant.",
    "render": "Write the edge bundles, one for each device.",
    "release": "Sign which plant gets which release, for update agents to fetch.",
    "rollout": "Plan a rollout, and take its next step.",
    "inventory": "Compare what devices report with what is signed for them.",
    "profile": "Measure a model on this machine, as evidence for the catalog.",
    "verify": "Check a bundle against its signature, file by file.",
    "build": "All of the above into one folder, with a report to open.",
    "plants": "List the plants, or those that a change can touch.",
    "brief": "Write documents: a one-page brief, a recovery card, port and hardware lists, …",
    "diff": "Say what a change does, for whoever reviews it.",
    "schema": "Write the schemas that editors show as you type.",
    "approved": "Check that those approved a change who have to.",
    "owners": "Write CODEOWNERS from the fleet file and the plants.",
    "policy": "The rules: list, document, compile and test them; what a change would do.",
}


class _Verbs(click.Group):
    """Loads a verb's module only when it is called, so that `--help` stays fast."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(_VERBS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _VERBS:
            return None
        module = importlib.import_module(f"edgeward.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl(list(_VERBS.items()))


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="edgeward")
def edgeward() -> None:
    """Place industrial ML by reviewed rules: one file per plant, one decision in git.

    SITE is the name of a plant or a path to its folder; none means all.
    """


def main() -> None:
    """Run the command line and exit with its code."""
    collect_rarely()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal need not know every character
            stream.reconfigure(errors="replace")
    sys.exit(_run())


def _run() -> int:
    output = sys.stdout
    try:
        code = edgeward.main(standalone_mode=False)
        sys.stdout.flush()
        return int(code or ExitCode.CLEAN)
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.ClickException as error:
        error.show()
        return ExitCode.INVALID
    except EdgewardError as error:
        click.echo(f"edgeward: {error}", err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return ExitCode.INTERRUPTED
    except (BrokenPipeError, SystemExit) as error:
        # On a closed pipe click takes the output away and exits with the code of findings.
        if isinstance(error, SystemExit) and sys.stdout is output:
            raise
        # Whoever read it left before its end; what is still to flush goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return ExitCode.INTERRUPTED


if __name__ == "__main__":
    main()
