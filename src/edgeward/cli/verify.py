"""`edgeward verify`: whether a bundle is what was signed."""

from __future__ import annotations

import json
from pathlib import Path

import click

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("verify")
@click.argument("bundle", type=FILE)
@click.option("--public-key", type=FILE, required=True, help="The key that must have signed, PEM.")
@click.option(
    "--signature", type=FILE, help="The detached signature; beside the bundle without it."
)
@click.option(
    "--seen",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file that remembers the highest release of each box; an older one is refused.",
)
def command(*, bundle: Path, public_key: Path, signature: Path | None, seen: Path | None) -> int:
    """Check a BUNDLE against its signature, file by file."""
    from edgeward.bundle.verify import verify_bundle  # noqa: PLC0415
    from edgeward.errors import ExitCode  # noqa: PLC0415
    from edgeward.write import write_file_atomically  # noqa: PLC0415

    envelope = signature or bundle.with_suffix(".sig.json")
    known = _read_seen(seen)
    verified = verify_bundle(bundle.read_bytes(), _read(envelope), public_key, known)
    if seen is not None:
        known[verified.name] = verified.release
        write_file_atomically(seen, f"{json.dumps(known, indent=1, sort_keys=True)}\n".encode())
    click.echo(f"{verified.name} release {verified.release}: {verified.files} files as signed")
    return ExitCode.CLEAN


def _read(path: Path) -> bytes:
    from edgeward.errors import UsageError  # noqa: PLC0415

    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: there is no signature; name it with --signature") from error


def _read_seen(path: Path | None) -> dict[str, int]:
    """Raises UsageError for a damaged file: forgetting what was seen would trust an old bundle."""
    from edgeward.errors import UsageError  # noqa: PLC0415

    if path is None or not path.exists():
        return {}
    try:
        seen = json.loads(path.read_bytes())
    except ValueError:
        seen = None
    if not isinstance(seen, dict) or not all(type(each) is int for each in seen.values()):
        raise UsageError(f"{path}: is not a list of releases that `edgeward verify` wrote")
    return seen
