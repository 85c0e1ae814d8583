"""Run the other programs that evaluate Rego, where they are installed."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Run, run_process
from bench.plain import conftest_test, opa_eval, opa_exec, write_plain
from bench.stages import Answer, record_rows
from edgeward.policy.sources import read_sources
from edgeward.rulebook import Rulebook
from tools.readers import find_reader

# One process per plant: beyond this the time per plant is known well enough.
_EVALUATED_MOST = 10


def compare_engines(root: Path, scratch: Path) -> Iterator[tuple[str, Run]]:
    """The times of each program on the plants of a repository, rules only."""
    book, plants = record_rows(root)
    sources = read_sources(root)
    files = write_plain(scratch, book.rules.values(), sources, book.thresholds, plants)
    yield "edgeward's rules, in-process", _evaluate(book, plants)
    opa, conftest = find_reader("opa"), find_reader("conftest")
    if opa and len(files) <= _EVALUATED_MOST:
        yield "opa eval, a process a plant", _sum(opa, scratch, files)
    if opa:
        yield "opa exec", run_process(opa_exec(opa, scratch, files), scratch)
    if conftest:
        yield "conftest", run_process(conftest_test(conftest, scratch, files), scratch)


def _evaluate(book: Rulebook, plants: list[dict[str, Answer]]) -> Run:
    asked = [
        (book.rules[name], json.dumps(rows).encode())
        for plant in plants
        for name, rows in plant.items()
    ]
    started = time.perf_counter()
    for rule, rows in asked:
        book.engine.evaluate(rule, rows, book.thresholds)
    seconds = time.perf_counter() - started
    return Run(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 0)


def _sum(opa: Path, scratch: Path, files: list[Path]) -> Run:
    runs = [run_process(opa_eval(opa, scratch, file), scratch) for file in files]
    return Run(
        seconds=sum(run.seconds for run in runs),
        peak_mb=max(run.peak_mb for run in runs),
        exit_code=max(run.exit_code for run in runs),
    )
