"""Time edgeward on generated plants: `python -m bench [COUNT …]`, by default 1, 10, 100 and 1000.

Prints tables, writes nothing but a temporary folder. Times depend on the machine; read the ratios.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from os import cpu_count
from pathlib import Path
from statistics import median

from bench.capturing import time_capture
from bench.change import time_changes
from bench.compare import compare_engines
from bench.explaining import EXPLAINED, time_explaining
from bench.generate import write_repository
from bench.measure import Run, run_process
from bench.releasing import time_releasing
from bench.rendering import time_rendering
from bench.stages import time_stages
from edgeward.garbage import collect_rarely

EDGEWARD = str(Path(sys.executable).with_name("edgeward"))
COUNTS = (1, 10, 100, 1000)
LARGE = {"plants": 2, "use_cases": 50, "devices": 30}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=COUNTS, metavar="COUNT")
    counts = parser.parse_args().counts
    collect_rarely()  # as the program itself does
    print(f"edgeward {version('edgeward')}, Python {platform.python_version()}, {cpu_count()} CPUs")
    with tempfile.TemporaryDirectory(prefix="edgeward-bench-") as scratch:
        os.environ["XDG_CACHE_HOME"] = str(Path(scratch) / "cache")
        folders = {count: Path(scratch) / f"plants-{count}" for count in counts}
        for count, folder in folders.items():
            write_repository(folder, count)
        large = Path(scratch) / "large"
        write_repository(large, **LARGE)
        _time_starts(folders[counts[0]])
        checked = _time_checks(folders, large)
        _time_stages(folders[counts[-1]], large)
        explained = Path(scratch) / "explained"
        write_repository(explained, **EXPLAINED)
        _time_explaining(explained)
        _time_rendering(folders[counts[-1]])
        _time_releasing(folders[counts[-1]])
        _time_capture(folders[counts[0]])
        _compare(folders, checked, Path(scratch) / "plain")
        _time_changes(folders[counts[-1]])
    return 0


def _time_starts(folder: Path) -> None:
    rows = []
    for title, arguments in {
        "edgeward --help": ["--help"],
        "edgeward check, one plant": ["check", "bench-0000"],
    }.items():
        run = run_process([EDGEWARD, *arguments], folder, times=5, cold=True)
        rows.append([title, *_figures(run)])
    _print_table("Start-up, the best of five", ["command", "s", "peak MB", "exit"], rows)


def _time_checks(folders: dict[int, Path], large: Path) -> dict[int, Run]:
    checked, rows = {}, []
    for count, folder in folders.items():
        run = checked[count] = run_process(
            [EDGEWARD, "check"], folder, times=3 if count < 100 else 1, cold=True
        )
        rows.append([f"{count}", *_figures(run), f"{1000 * run.seconds / count:.1f}"])
    run = run_process([EDGEWARD, "check"], large, times=3, cold=True)
    per_plant = f"{1000 * run.seconds / LARGE['plants']:.1f}"
    rows.append(["2 of 50 use cases × 30 devices", *_figures(run), per_plant])
    head = ["plants", "s", "peak MB", "exit", "ms a plant"]
    _print_table("edgeward check, as a process", head, rows)
    return checked


def _time_changes(folder: Path) -> None:
    rows = [[title, *_figures(run)] for title, run in time_changes(EDGEWARD, folder)]
    head = [folder.name, "s", "peak MB", "exit"]
    _print_table("A change of the largest repository, as a process", head, rows)


def _time_stages(folder: Path, large: Path) -> None:
    rows = []
    for title, root in {folder.name: folder, "large": large}.items():
        once, stages = time_stages(root)
        whole = sum(stages.values())
        rows.append([title, "catalog and rules, once", f"{1000 * once:.2f}", ""])
        for stage, seconds in {**stages, "together": whole}.items():
            rows.append([title, stage, f"{1000 * seconds:.2f}", f"{seconds / whole:.0%}"])
    _print_table("Stage by stage, in-process", ["plants", "stage", "ms a plant", "share"], rows)


def _time_explaining(folder: Path) -> None:
    rows = [
        [title, f"{1000 * median(spent):.0f}", f"{1000 * max(spent):.0f}"]
        for title, spent in time_explaining(folder).items()
    ]
    head = ["8 use cases × 6 devices", "ms, middle use case", "ms, slowest"]
    _print_table("Explaining one use case, in-process", head, rows)


def _time_rendering(folder: Path) -> None:
    spent = time_rendering(folder)
    plain = spent["plain Jinja2"]
    order = ("plain Jinja2", "edgeward", "reading again", "everything else", "together")
    rows = [[name, f"{1000 * spent[name]:.2f}", f"{spent[name] / plain:.2f}"] for name in order]
    _print_table("Rendering edge bundles, in-process", ["what", "ms a plant", "× plain"], rows)


def _time_releasing(folder: Path) -> None:
    rows = [[part, f"{seconds:.1f}"] for part, seconds in time_releasing(folder).items()]
    _print_table(f"A release of {folder.name}, in-process", ["part", "s"], rows)


def _time_capture(folder: Path) -> None:
    if find_spec("pulumi_aws") is None:
        return
    found = time_capture(folder)
    rows = [
        ["a worker's first plant", f"{1000 * found.first:.0f}", ""],
        ["the next one", f"{1000 * found.warm:.0f}", f"{found.few_mb:.0f}"],
        ["100 plants, two workers", f"{1000 * found.many:.0f}", f"{found.many_mb:.0f}"],
    ]
    title = f"Capturing {found.resources} resources a plant, in worker processes"
    _print_table(title, ["what", "ms", "peak MB of a worker"], rows)


def _compare(folders: dict[int, Path], checked: dict[int, Run], scratch: Path) -> None:
    rows = []
    for count, folder in folders.items():
        ours = checked[count]
        rows.append([f"{count}", "edgeward check, all stages", *_figures(ours), "1.00"])
        for title, run in compare_engines(folder, scratch / f"{count}"):
            ratio = f"{run.seconds / ours.seconds:.2f}"
            rows.append([f"{count}", title, *_figures(run), ratio])
    head = ["plants", "program", "s", "peak MB", "exit", "× edgeward"]
    _print_table("The same rules on the same rows, without the other stages", head, rows)


def _figures(run: Run) -> list[str]:
    return [f"{run.seconds:.3f}", f"{run.peak_mb:.0f}", f"{run.exit_code}"]


def _print_table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    print(f"\n{title}")
    for line in lines:
        print(
            "  " + "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip()
        )


if __name__ == "__main__":
    sys.exit(main())
