"""Wall time and peak memory of a process, the best of a few runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# A plant may well have findings; after anything else the time would be of something else.
_JUDGED = {0, 1}
# A process starts with the peak of the one that forked it, so a bare interpreter does that.
_TIMER = """
import os, sys, time
silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
started = time.perf_counter()
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent)
_, status, usage = os.wait4(process, 0)
print(time.perf_counter() - started, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One command: seconds of wall time, peak resident memory in MB, exit code."""

    seconds: float
    peak_mb: float
    exit_code: int


def run_process(command: Sequence[str], folder: Path, times: int = 1, cold: bool = False) -> Run:
    """Run the command in `folder` that many times, without its output; the fastest run.

    `cold`: what edgeward remembers of earlier runs is removed before each. Raises RuntimeError
    with what the command said where it did not judge, but broke.
    """
    runs = (_run_once(command, folder, cold) for _ in range(times))
    return min(runs, key=lambda run: run.seconds)


def _run_once(command: Sequence[str], folder: Path, cold: bool) -> Run:
    if cold:
        shutil.rmtree(Path(os.environ["XDG_CACHE_HOME"]) / "edgeward" / "results", True)
    timer = [sys.executable, "-I", "-S", "-c", _TIMER]
    done = subprocess.run(
        [*timer, *command], cwd=folder, capture_output=True, text=True, check=True
    )
    seconds, peak_mb, exit_code = done.stdout.split()
    if int(exit_code) not in _JUDGED or "Traceback" in done.stderr:
        said = f"{' '.join(command[:3])} … ended {exit_code}:\n{done.stderr}"
        raise RuntimeError(said)
    return Run(float(seconds), float(peak_mb), int(exit_code))
