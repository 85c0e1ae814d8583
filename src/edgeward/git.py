"""Another version of some files of a repository, as git has it; the checkout is not touched."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from edgeward.errors import UsageError

_SECONDS = 120


@contextmanager
def checked_out(root: Path, ref: str, paths: Sequence[str]) -> Iterator[Path]:
    """A folder that holds `paths` of the repository at `root` as they are in `ref`, for a while.

    A path that is not in `ref` is left out. Raises UsageError where there is no git, no repository
    or no such ref.
    """
    prefix = _git(root, "rev-parse", "--show-prefix").decode().strip()
    commit = _git(root, "rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}")
    tree = f"{commit.decode().strip()}:{prefix}"
    there = [path for path in paths if _has(root, tree, path)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        (folder / "sites").mkdir()
        if there:
            packed = _git(root, "archive", "--format=tar", tree, *there)
            with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
                archive.extractall(folder, filter="data")
        yield folder


def _has(root: Path, tree: str, path: str) -> bool:
    return bool(_git(root, "ls-tree", "--name-only", tree, path).strip())


def _git(root: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UsageError(f"git {arguments[0]}: {error}") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise UsageError(f"git {arguments[0]} {arguments[-1]}: {said[-1]}")
    return done.stdout
