"""`python -m edgeward.cli.reference`: docs/reference, from the command line and the schemas.

With `--check` nothing is written; stale pages are named.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from edgeward.cli.main import edgeward
from edgeward.declare.editor_schema import file_name
from edgeward.declare.format_page import format_page
from edgeward.declare.schemas import SOURCES, schema
from edgeward.write import write_file_atomically

_FOLDER = Path("docs/reference")


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check name the stale ones; 1 where there are any."""
    pages = reference_pages()
    present = {path.name: path.read_text(encoding="utf-8") for path in _FOLDER.glob("*.md")}
    stale = sorted(name for name in {*pages, *present} if pages.get(name) != present.get(name))
    if "--check" in arguments:
        for name in stale:
            sys.stderr.write(f"{_FOLDER / name} is stale: run python -m edgeward.cli.reference\n")
        return 1 if stale else 0
    for name in stale:
        if name in pages:
            write_file_atomically(_FOLDER / name, pages[name].encode())
        else:
            (_FOLDER / name).unlink()
    return 0


def reference_pages() -> Mapping[str, str]:
    """The pages in Markdown by file name."""
    formats = {file_name(kind).replace(".schema.json", ".md"): kind for kind in SOURCES}
    pages = {name: format_page(kind) for name, kind in formats.items()}
    listed = "".join(
        f"- [{kind}]({name}): {schema(kind).get('description', '')}\n"
        for name, kind in formats.items()
    )
    index = f"# Reference\n\nMade from the program.\n\n- [The command line](cli.md)\n{listed}"
    return {"README.md": index, "cli.md": cli_page(), **pages}


def cli_page() -> str:
    """Every verb with its options, as `--help` says them."""
    context = click.Context(edgeward, info_name="edgeward")
    head = f"# The command line\n\n{_unwrapped(edgeward.help)}\n"
    return "\n".join((head, *_verbs(edgeward, context)))


def _verbs(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None or command.hidden:
            continue
        below = click.Context(command, info_name=name, parent=context)
        yield _verb(command, below)
        if isinstance(command, click.Group):
            yield from _verbs(command, below)


def _verb(command: click.Command, context: click.Context) -> str:
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    options = (each for each in command.get_params(context) if isinstance(each, click.Option))
    records = [each.get_help_record(context) for each in options if "--help" not in each.opts]
    lines = [f"## {context.command_path}\n", f"`{usage}`\n", f"{_unwrapped(command.help)}\n"]
    if records:
        lines.append("| option | |\n| --- | --- |")
        lines += (_row(*record) for record in records if record)
        lines.append("")
    return "\n".join(lines)


def _row(option: str, said: str) -> str:
    cells = [" ".join(each.split()).replace("|", "\\|") for each in (option, said)]
    return f"| `{cells[0]}` | {cells[1]} |"


def _unwrapped(text: str | None) -> str:
    paragraphs = (text or "").replace("\b", "").split("\n\n")
    return "\n\n".join(" ".join(each.split()) for each in paragraphs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
