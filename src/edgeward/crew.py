"""Worker processes for what is done plant by plant, where there are enough plants for it."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol

from edgeward.errors import NotEvaluated
from edgeward.garbage import collect_rarely

_WORTH = 24
"""A worker takes as long to start as about so many plants take."""
_AT_ONCE = 4


class Job(Protocol):
    """What a worker is sent, once: a plain value that opens what answers for each item."""

    def open(self) -> Callable[[Any], Any]: ...


def count_workers(names: int) -> int:
    """How many processes are worth it for so many plants; 0 where this one is enough."""
    processors = len(os.sched_getaffinity(0))
    return 0 if names < _WORTH or processors < 2 else min(processors, names // (_WORTH // 2))


def answer_each(
    job: Job, items: Sequence[Any], here: Callable[[], Callable[[Any], Any]], plants: int
) -> Iterator[Any]:
    """The answer for each item, in their order, by as many processes as so many plants are worth.

    `here` opens what answers in this process, where it is enough.
    """
    workers = count_workers(plants)
    return do_in_processes(job, items, workers) if workers else map(here(), items)


def do_in_processes(job: Job, items: Sequence[Any], workers: int) -> Iterator[Any]:
    """The answer for each item, in their order. Raises what a worker raised."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, initializer=_open, initargs=(job,))
    try:
        yield from pool.map(_answer, items, chunksize=_AT_ONCE if len(items) > 100 else 1)
    except BrokenProcessPool as error:
        raise NotEvaluated("a worker process ended early; is there enough memory?") from error
    finally:
        pool.shutdown(cancel_futures=True)


_work: Callable[[Any], Any] | None = None


def _open(job: Job) -> None:
    global _work  # noqa: PLW0603 (a worker does one job as long as it lives)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's to handle
    collect_rarely()
    _work = job.open()


def _answer(item: Any) -> Any:
    assert _work is not None
    return _work(item)
