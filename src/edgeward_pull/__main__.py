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
    report = json.dumps(describe(host, said, _now()), indent=1, sort_keys=True).encode()
    replace_file(into / "report.json", report)
    if host.settings.publish:
        command = [*host.settings.publish, str(into / "report.json")]
        subprocess.run(command, timeout=60, check=False)
    print(f"pull-releases: {said}", file=sys.stderr if code else sys.stdout)
    return code


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main())
