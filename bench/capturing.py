"""Time the capture of resource graphs in worker processes, as `edgeward preview` does it."""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench.stages import TODAY
from edgeward.graph import ResourceGraph
from edgeward.resources import plan_plant
from edgeward.session import assess_plant, open_session
from edgeward.stack.planned import StackPlan
from edgeward.stack.preview import preview

_FEW, _MANY = 10, 100


@dataclass(frozen=True, slots=True)
class Captured:
    """Seconds until a worker's first graph, for each later one, and for many with two workers.

    `few_mb` and `many_mb` are the peak memory of a worker after that many plans.
    """

    resources: int
    first: float
    warm: float
    many: float
    few_mb: float
    many_mb: float


def time_capture(root: Path, few: int = _FEW, many: int = _MANY) -> Captured:
    """The capture of the repository's largest plant, alone and `many` times under other names."""
    plan = _largest(root)
    marks, graphs = [time.perf_counter()], []
    for graph in preview([plan] * few):
        graphs.append(graph)
        marks.append(time.perf_counter())
    few_mb = _peak_of_workers_mb()
    spent = [later - earlier for earlier, later in pairwise(marks)]
    started = time.perf_counter()
    graphs += preview([plan] * many, workers=2)
    (size,) = {len(graph.resources) for graph in graphs if isinstance(graph, ResourceGraph)}
    took = time.perf_counter() - started
    return Captured(size, spent[0], min(spent[1:]), took, few_mb, _peak_of_workers_mb())


def _largest(root: Path) -> StackPlan:
    session = open_session(root, TODAY)
    plants = [assess_plant(session, name) for name in session.workspace.plants]
    plans = [plan_plant(session, plant) for plant in plants if plant.decision is not None]
    return max(plans, key=lambda plan: len(plan.causes()))


def _peak_of_workers_mb() -> float:
    """Of the largest process that has ended."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
