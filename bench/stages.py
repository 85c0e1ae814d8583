"""Time the stages of `edgeward check` in-process, by watching the functions that it calls."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import edgeward.assess
import edgeward.declare.plant
import edgeward.facts.candidate
from edgeward.assess import assess
from edgeward.declare.plant import PlantSource
from edgeward.declare.workspace import (
    Workspace,
    bind_site,
    load_source,
    load_workspace,
    select_sites,
)
from edgeward.policy.engine import Engine
from edgeward.policy.rule import Rule
from edgeward.rulebook import Rulebook, open_rulebook

TODAY = date(2026, 11, 1)
_FACTS = (
    "assignments",
    "assumption_subjects",
    "decision_subjects",
    "derive_flows",
    "device_subjects",
    "flow_subjects",
    "price_subjects",
    "release_subjects",
    "site_subjects",
    "stream_subjects",
    "training_candidates",
    "use_case_subjects",
    "waiver_subjects",
    "weigh_candidates",
)
_COSTS = ("prepare_plant_cost", "prepare_cost", "cost_lines", "expected_usd")
Answer = dict[str, Any]


def time_stages(root: Path) -> tuple[float, dict[str, float]]:
    """Seconds for the catalog and the rules, once; then seconds per plant of each stage."""
    clock = _Clock()
    with clock.measures("once"):
        workspace, book = _open(root)
    names = select_sites(workspace)
    with clock.watches():
        for name in names:
            _assess(workspace, book, name, clock)
    spent = clock.spent
    spent["resolve"] = spent.pop("source") - spent["read"] - spent["validate"]
    inner = sum(spent[stage] for stage in ("facts", "permit rules", "place", "assert rules"))
    spent["findings"] = spent.pop("assess") - inner
    spent["facts"] -= spent["cost"]
    order = ("read", "validate", "resolve", "bind", "facts", "cost", "permit rules", "place")
    stages = (*order, "assert rules", "findings")
    return spent["once"], {stage: spent[stage] / len(names) for stage in stages}


def record_rows(root: Path) -> tuple[Rulebook, list[dict[str, Answer]]]:
    """The rules, and for each plant the rows that its check asks each of them about."""
    workspace, book = _open(root)
    plants = []
    for name in select_sites(workspace):
        recorder = _Recorder(book.engine)
        _assess(workspace, replace(book, engine=recorder), name, _Clock())
        plants.append(recorder.rows)
    return book, plants


class _Clock:
    """Adds up the seconds that stages take."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)

    @contextmanager
    def measures(self, stage: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.spent[stage] += time.perf_counter() - started

    @contextmanager
    def watches(self) -> Iterator[None]:
        """Measure what the stages call, wherever they call it."""
        plant, middle = edgeward.declare.plant, edgeward.assess
        candidate = edgeward.facts.candidate
        with ExitStack() as stack:
            stack.enter_context(self._watch(plant, "load", lambda *_: "read"))
            stack.enter_context(self._watch(plant, "validate", lambda *_: "validate"))
            stack.enter_context(self._watch(middle, "decide", lambda *_: "place"))
            stack.enter_context(self._watch(middle, "judge", _stage_of))
            for name in _FACTS:
                stack.enter_context(self._watch(middle, name, lambda *_: "facts"))
            for name in _COSTS:
                stack.enter_context(self._watch(candidate, name, lambda *_: "cost"))
            yield

    def _watch(self, module: object, name: str, stage: Callable[..., str]) -> Any:
        original = getattr(module, name)

        def measured(*arguments: Any) -> Any:
            with self.measures(stage(*arguments)):
                return original(*arguments)

        return patch.object(module, name, measured)


class _Recorder:
    """An engine that keeps the rows it is asked about."""

    def __init__(self, engine: Engine) -> None:
        self.rows: dict[str, Answer] = {}
        self._engine = engine

    def evaluate(self, rule: Rule, rows: bytes, thresholds: Mapping[str, Any]) -> Answer:
        self.rows[rule.id] = json.loads(rows)
        return self._engine.evaluate(rule, rows, thresholds)


def _open(root: Path) -> tuple[Workspace, Rulebook]:
    workspace = load_workspace(root)
    return workspace, open_rulebook(root, workspace.thresholds, TODAY)


def _assess(workspace: Workspace, book: Rulebook, name: str, clock: _Clock) -> None:
    with clock.measures("source"):
        source = load_source(workspace, name)
    if not isinstance(source, PlantSource):
        raise ValueError(f"the bench wrote a plant that is refused: {source[0]}")
    with clock.measures("bind"):
        site = bind_site(source, workspace.catalog)
    with clock.measures("assess"):
        assess(site, workspace.catalog, book, TODAY, {})


def _stage_of(rules: tuple[Rule, ...], *_: object) -> str:
    return f"{rules[0].stage} rules" if rules else "facts"
