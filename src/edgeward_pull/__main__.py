"""`pull-releases --into FOLDER`: one run; a timer calls it again."""

from __future__ import annotations

import argparse
import fcntl
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from edgeward_pull.disk import replace_file
from edgeward_pull.refused import Refused
from edgeward_pull.release import Host
from edgeward_pull.report import describe


def main() -> int:
    """0 where the box runs what is released or waits for its window, 1 where it was refused."""
    parser = argparse.ArgumentParser(prog="pull-releases", description=__doc__)
    parser.add_argument("--into", type=Path, required=True, help="the folder of the releases")
    parser.add_argument("--device", help="the name of the box, for the journal")
    into = parser.parse_args().into
    try:
        with (into / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return _run(into)
    except (Refused, OSError) as error:
        print(f"pull-releases: {error}", file=sys.stderr)
        return 1


def _run(into: Path) -> int:
    host = Host(into, _now)
    try:
        said, code = host.run(), 0
    except (Refused, OSError) as error:
        said, code = str(error), 1
    try:
        _report(into, host, said)
    except (OSError, subprocess.SubprocessError) as error:
        said, code = f"{said}; and cannot report it: {error}", 1
    print(f"pull-releases: {said}", file=sys.stderr if code else sys.stdout)
    return code


def _report(into: Path, host: Host, said: str) -> None:
    path = into / "report.json"
    report = json.dumps(describe(host, said, _now()), indent=1, sort_keys=True).encode()
    replace_file(path, report)
    if host.settings.publish:
        subprocess.run([*host.settings.publish, str(path)], timeout=60, check=False)


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main())
