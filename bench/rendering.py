"""Time the rendering of edge bundles against plain Jinja2 on the same templates and values."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from jinja2 import DictLoader, Environment, StrictUndefined

from bench.stages import TODAY
from edgeward.build import add_bundles
from edgeward.bundle import render
from edgeward.bundle.escape import write_value
from edgeward.bundle.pack import Pack, PackFile, open_packs
from edgeward.bundle.reread import read_directives
from edgeward.declare.workspace import select_sites
from edgeward.session import assess_plant, open_session

_WARM = 20
Job = tuple[Pack, PackFile, Mapping[str, object]]


def time_rendering(root: Path) -> dict[str, float]:
    """Seconds per plant: the same in plain Jinja2, ours, reading the result again, and all else.

    Reading again includes the rendering with harmless values that the result is compared with.
    """
    session = open_session(root, TODAY)
    packs = open_packs(session.workspace.root)
    plants = [assess_plant(session, name) for name in select_sites(session.workspace)]
    environments = {pack.name: _plain(pack) for pack in packs}
    spent: dict[str, float] = defaultdict(float)
    jobs: list[Job] = []
    with (
        patch("edgeward.bundle.render._fill", _watch_fill(render._fill, spent, jobs)),
        patch("edgeward.bundle.render.read_directives", _watch(read_directives, spent)),
    ):
        for number, plant in enumerate([*plants[:_WARM], *plants]):
            if number == _WARM:  # until here templates were compiled
                spent.clear()
            started = time.perf_counter()
            add_bundles(session, plant, packs)
            spent["together"] += time.perf_counter() - started
            spent["plain Jinja2"] += _time_plain(environments, jobs)
            jobs.clear()
    spent["everything else"] = spent["together"] - spent["edgeward"] - spent["reading again"]
    return {name: seconds / len(plants) for name, seconds in spent.items()}


def _watch(function: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    def measured(*arguments: Any) -> Any:
        started = time.perf_counter()
        try:
            return function(*arguments)
        finally:
            spent["reading again"] += time.perf_counter() - started

    return measured


def _watch_fill(
    fill: Callable[..., str], spent: dict[str, float], jobs: list[Job]
) -> Callable[..., str]:
    def measured(pack: Pack, file: PackFile, variables: Mapping[str, object], write: Any) -> str:
        started = time.perf_counter()
        text = fill(pack, file, variables, write)
        name = "edgeward" if write is write_value else "reading again"
        spent[name] += time.perf_counter() - started
        if write is write_value:
            jobs.append((pack, file, variables))
        return text

    return measured


def _time_plain(environments: Mapping[str, Environment], jobs: list[Job]) -> float:
    """No sandbox, no escaping beyond JSON's quotes, nothing refused but an undefined name."""
    started = time.perf_counter()
    for pack, file, variables in jobs:
        environments[pack.name].get_template(file.template).render(variables)
    return time.perf_counter() - started


def _plain(pack: Pack) -> Environment:
    environment = Environment(
        loader=DictLoader(pack.templates),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(text=str, comment=str, json=json.dumps)
    return environment
