"""Runs the Pulumi program on a plan, without an engine, and returns what it registers.

Only ever imported in a worker process: it loads pulumi. Everything that the SDK keeps is in
context variables and on the event loop, so a fresh context and a fresh loop start from nothing.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from typing import TypeVar, TypeVarTuple

from pulumi.runtime import settings
from pulumi.runtime.stack import run_in_stack

from edgeward.errors import NotEvaluated
from edgeward.graph import CapturedResource, ResourceGraph
from edgeward.stack.monitor import CaptureEngine, CaptureMonitor
from edgeward.stack.planned import StackPlan
from edgeward.stack.setup import PROJECT

_T = TypeVar("_T")
_Ts = TypeVarTuple("_Ts")


def capture_plan(plan: StackPlan) -> ResourceGraph:
    """The graph of one plan; raises NotEvaluated where the program cannot be compiled."""
    from edgeward_stacks.program import build  # noqa: PLC0415

    resources = capture(lambda: build(plan), plan.site)
    return ResourceGraph(plan.site, plan.region, attribute(resources, plan.causes()))


def capture(program: Callable[[], None], stack: str) -> tuple[CapturedResource, ...]:
    """What a program registers in a first preview, sorted by URN."""
    monitor, engine = CaptureMonitor(PROJECT, stack), CaptureEngine()
    try:
        contextvars.Context().run(_run, program, stack, monitor, engine)
    except Exception as error:
        said = "; ".join([*engine.errors, f"{type(error).__name__}: {error}"])
        raise NotEvaluated(f"{stack}: the stack does not compile: {said}") from error
    return tuple(sorted(monitor.captured, key=lambda resource: resource.urn))


def attribute(
    resources: tuple[CapturedResource, ...], causes: dict[str, str]
) -> tuple[CapturedResource, ...]:
    """Each resource with the declaration path of the component that it belongs to."""
    by_urn = {resource.urn: resource for resource in resources}

    def cause(resource: CapturedResource) -> str:
        parent = by_urn.get(resource.parent or "")
        own = "" if resource.custom else causes.get(resource.name, "")
        return own or (cause(parent) if parent is not None else "")

    return tuple(replace(resource, declared_at=cause(resource)) for resource in resources)


def _run(
    program: Callable[[], None], stack: str, monitor: CaptureMonitor, engine: CaptureEngine
) -> None:
    bag = settings.Settings(
        project=PROJECT, stack=stack, monitor=monitor, engine=engine, dry_run=True
    )
    bag.callbacks = monitor
    settings.configure(bag)
    loop = _InlineLoop()
    loop.set_exception_handler(lambda *_: None)  # what failed is raised below, once
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(run_in_stack(program))
    finally:
        asyncio.set_event_loop(None)
        loop.close()


class _InlineLoop(asyncio.SelectorEventLoop):
    """Runs what the SDK hands to a thread pool at once: no threads, one order of events."""

    def run_in_executor(
        self,
        executor: Executor | None,  # noqa: ARG002
        func: Callable[[*_Ts], _T],
        *args: *_Ts,
    ) -> asyncio.Future[_T]:
        future: asyncio.Future[_T] = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:
            future.set_exception(error)
        return future
