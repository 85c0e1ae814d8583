"""Write `requirements.lock`, or with `--check` say whether it still answers `pyproject.toml`.

The lock is universal (every platform, Python 3.11 to 3.14) and carries hashes only: no index, no
folder, so that it installs from whatever index a machine uses. Its versions are kept while they
still answer.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
COMPILE = (
    *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet"),
    *("--universal", "--python-version", "3.11"),
    *("--extra", "aws", "--extra", "opa", "--extra", "sign", "--extra", "plots", "--extra", "xlsx"),
    *("--extra", "release", "--extra", "profile"),
    *("--group", "dev"),
    *("--generate-hashes", "--no-header", "--no-annotate"),
)
PIN = re.compile(r"^(?=[a-z0-9])[^\\\n]+", re.MULTILINE)
OFFLINE = re.compile(r"Failed to fetch|error sending request|dns error|Could not connect", re.I)


def compile_lock(target: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    """Resolve `pyproject.toml` into `target`, preferring the versions that stand in it already.

    `flags` go to uv.
    """
    # A machine's own wheel folder would add hashes that nobody else can get.
    private = {"PIP_FIND_LINKS", "UV_FIND_LINKS"}
    environment = {key: value for key, value in os.environ.items() if key not in private}
    return subprocess.run(
        [*COMPILE, *flags, "--output-file", str(target)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def check_lock() -> str | None:
    """What is wrong with the lock, or None. Raises `OfflineError` where no index answers."""
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / LOCK.name
        shutil.copyfile(LOCK, fresh)
        done = compile_lock(fresh)
        if done.returncode:
            if OFFLINE.search(done.stderr):
                raise OfflineError
            return done.stderr.strip()
        return _compare(_pins(LOCK), _pins(fresh))


class OfflineError(Exception):
    """No package index could be asked."""


def _pins(lock: Path) -> set[str]:
    return {line.strip() for line in PIN.findall(lock.read_text(encoding="utf-8"))}


def _compare(committed: set[str], fresh: set[str]) -> str | None:
    lines = [f"  - {pin}" for pin in sorted(committed - fresh)]
    lines += [f"  + {pin}" for pin in sorted(fresh - committed)]
    return "\n".join(lines) if lines else None


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    given = parser.parse_args()
    if not given.check:
        done = compile_lock(LOCK, *(["--upgrade"] if given.upgrade else []))
        print(done.stderr, end="", file=sys.stderr)
        return done.returncode
    try:
        difference = check_lock()
    except OfflineError:
        print("requirements.lock: not checked, no package index can be reached from here")
        return 0
    if difference is None:
        print("requirements.lock: up to date")
        return 0
    print(f"requirements.lock is stale; run `make lock`:\n{difference}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
