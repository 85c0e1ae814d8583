"""Compiles plans into resource graphs in worker processes; pulumi is never loaded here."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from edgeward.errors import EdgewardError, NotEvaluated
from edgeward.graph import ResourceGraph
from edgeward.stack.planned import StackPlan
from edgeward.stack.worker import serve

_LONGEST_COMPILE_SECONDS = 120

Answer = ResourceGraph | EdgewardError


def preview(plans: Sequence[StackPlan], workers: int = 1) -> Iterator[Answer]:
    """The graph of each plan, or why there is none, in the order of the plans.

    A plan that fails changes no other. An empty plan needs no worker.
    """
    pool = _Pool(plans, workers)
    try:
        for index in range(len(plans)):
            yield pool.answer(index)
    finally:
        pool.close()


@dataclass(frozen=True, slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection

    @classmethod
    def start(cls) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours)

    def receive(self, plan: StackPlan) -> Answer:
        try:
            answer: Answer = self.connection.recv()
            return answer
        except (EOFError, OSError):
            self.process.join()
            code = self.process.exitcode
            return NotEvaluated(f"{plan.site}: the stack does not compile: worker ended ({code})")

    def stop(self) -> None:
        self.connection.close()
        self.process.terminate()
        self.process.join()


class _Pool:
    """Hands waiting plans to at most `workers` processes and keeps what comes back."""

    def __init__(self, plans: Sequence[StackPlan], workers: int) -> None:
        self._plans = plans
        self._limit = workers
        self._waiting = deque(i for i, plan in enumerate(plans) if plan.empty_because is None)
        self._answers: dict[int, Answer] = {
            i: ResourceGraph(plan.site, plan.region, (), plan.empty_because)
            for i, plan in enumerate(plans)
            if plan.empty_because is not None
        }
        self._idle: list[_Worker] = []
        self._busy: dict[_Worker, int] = {}

    def answer(self, index: int) -> Answer:
        while index not in self._answers:
            self._assign()
            self._collect()
        return self._answers.pop(index)

    def close(self) -> None:
        for worker in (*self._idle, *self._busy):
            worker.stop()

    def _assign(self) -> None:
        while self._waiting and len(self._busy) < self._limit:
            worker = self._idle.pop() if self._idle else _Worker.start()
            index = self._waiting.popleft()
            self._busy[worker] = index
            worker.connection.send(self._plans[index])

    def _collect(self) -> None:
        ready = wait([w.connection for w in self._busy], timeout=_LONGEST_COMPILE_SECONDS)
        for worker, index in list(self._busy.items()):
            plan = self._plans[index]
            if worker.connection in ready:
                self._answers[index] = worker.receive(plan)
            elif not ready:
                limit = f"no answer in {_LONGEST_COMPILE_SECONDS} seconds"
                self._answers[index] = NotEvaluated(f"{plan.site}: the stack: {limit}")
            else:
                continue
            del self._busy[worker]
            self._release(worker, self._answers[index])

    def _release(self, worker: _Worker, answer: Answer) -> None:
        if isinstance(answer, ResourceGraph):
            self._idle.append(worker)
        else:
            worker.stop()
