"""Chains of models: each item passes through all of them, one after the other, on one box.

What was measured of the chain as a whole counts as for any model. Else time, memory and energy add
up over its models, measured in the same setting; where a run does not say its runtime, power mode
or ambient, it may stand in any. A setting that one of them lacks has no run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from edgeward.catalog import Artifact, Model, Run
from edgeward.declare.nodes import Node, problem
from edgeward.errors import Problem
from edgeward.quantity import Quantity, smallest, total

T = TypeVar("T")
_Setting = tuple[str | Quantity | None, ...]
"""Class, precision, runtime, power mode and ambient of a run, None where it does not say."""


def with_chains(models: Mapping[str, Model]) -> dict[str, Model]:
    """The models, with what follows for chains from their stages."""
    return {name: _summed(each, models) if each.chain else each for name, each in models.items()}


def check_chains(models: Mapping[str, Node]) -> Iterator[Problem]:
    """What is wrong with the stages that catalog files name; `models` are their trees."""
    for tree in models.values():
        listed = tree.get("chain")
        for stage in listed.members if listed is not None else ():
            named = models.get(stage.text)
            if named is None:
                yield problem(stage, "chain", f"no model of the catalog is called `{stage.text}`")
            elif named.get("chain") is not None:
                message = f"`{stage.text}` is a chain itself: name its models here"
                yield problem(stage, "chain", message)


def _summed(chain: Model, models: Mapping[str, Model]) -> Model:
    if not models.keys() >= set(chain.chain):
        return chain  # which `check_chains` reports
    stages = [models[name] for name in chain.chain]
    artifacts = {each.precision: each for each in (*_artifacts(stages), *chain.artifacts)}
    runs = {_setting(each): each for each in (*_runs(stages), *chain.runs)}
    training = chain.training
    if not training.data_gb.bounded and not training.gpu_hours.bounded:
        training = replace(
            training,
            data_gb=total([each.training.data_gb for each in stages]),
            gpu_hours=total([each.training.gpu_hours for each in stages]),
        )
    return replace(
        chain, artifacts=tuple(artifacts.values()), runs=tuple(runs.values()), training=training
    )


def _artifacts(stages: Sequence[Model]) -> Iterator[Artifact]:
    """In every precision that all of them come in."""
    sizes = [{each.precision: each.mb for each in stage.artifacts} for stage in stages]
    for precision in sizes[0]:
        if all(precision in each for each in sizes):
            yield Artifact(precision, total([each[precision] for each in sizes]))


def _runs(stages: Sequence[Model]) -> Iterator[Run]:
    """For each setting in which any was measured and all the others were, or do not say."""
    for setting in dict.fromkeys(_setting(run) for stage in stages for run in stage.runs):
        runs = [run for stage in stages if (run := _slowest(stage, setting)) is not None]
        if len(runs) == len(stages) and _alike(map(_setting, runs)):
            yield _add(runs, stages)


def _setting(run: Run) -> _Setting:
    return (run.class_name, run.precision, run.runtime, run.power_mode, run.ambient_c)


def _slowest(model: Model, setting: _Setting) -> Run | None:
    fitting = [run for run in model.runs if _alike((_setting(run), setting))]
    return max(fitting, key=lambda run: run.p99_ms.high, default=None)


def _alike(settings: Iterable[_Setting]) -> bool:
    """Whether all may be the same setting: no two say different things of it."""
    return all(len({*column} - {None}) <= 1 for column in zip(*settings, strict=True))


def _said(parts: Iterable[T | None]) -> T | None:
    return next((part for part in parts if part is not None), None)


def _add(runs: Sequence[Run], stages: Iterable[Model]) -> Run:
    def sum_of(read: Callable[[Run], Quantity]) -> Quantity:
        return total([read(run) for run in runs])

    energies = [run.energy_uj for run in runs if run.energy_uj is not None]
    names = tuple(each.name for each in stages)
    return replace(
        runs[0],
        precision=_said(run.precision for run in runs),
        runtime=_said(run.runtime for run in runs),
        power_mode=_said(run.power_mode for run in runs),
        ambient_c=_said(run.ambient_c for run in runs),
        p50_ms=sum_of(lambda run: run.p50_ms),
        p99_ms=sum_of(lambda run: run.p99_ms),
        preprocess_ms=sum_of(lambda run: run.preprocess_ms),
        peak_ram_mb=sum_of(lambda run: run.peak_ram_mb),
        accelerator_mb=sum_of(lambda run: run.accelerator_mb),
        soak_minutes=smallest(*(run.soak_minutes for run in runs)),
        energy_uj=total(energies) if len(energies) == len(runs) else None,
        evidence=f"the sum of {', '.join(names)}, each measured by itself",
        sum_of=names,
    )
