"""The `opa` program, which is only needed to compile rules: finding it, running it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import edgeward
from edgeward.errors import NotEvaluated

_SECONDS = 120


def find_opa() -> Path | None:
    """`opa` as provisioned beside edgeward's own source tree, else on the PATH.

    Never from the repository that is checked: its files are declarations, not programs.
    """
    provisioned = Path(edgeward.__file__).parents[2] / ".tools" / "bin"
    found = shutil.which(
        "opa", path=os.pathsep.join((str(provisioned), os.environ.get("PATH", "")))
    )
    return Path(found) if found else None


def run_opa(opa: Path, *arguments: str, folder: Path) -> str:
    """What `opa` prints, run in `folder`; raises NotEvaluated with its complaint if it fails."""
    try:
        done = subprocess.run(
            [opa, *arguments], cwd=folder, capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotEvaluated(f"opa {arguments[0]}: {error}") from error
    output = done.stdout.decode(errors="replace")
    if done.returncode:
        complaint = done.stderr.decode(errors="replace").strip() or output.strip()
        raise NotEvaluated(f"opa {arguments[0]}: {complaint}")
    return output


def opa_version(opa: Path) -> str:
    """Such as `1.22.2`."""
    first = run_opa(opa, "version", folder=Path.cwd()).splitlines()[0]
    return first.removeprefix("Version: ").strip()
