"""Chains of models: each item passes through all of them, one after the other, on one box.

What was measured of the chain as a whole counts as for any model. Else time, memory and energy add
up over its models, measured in the same setting; a setting that one of them lacks has no run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from edgeward.catalog import Artifact, Model, Run
from edgeward.declare.nodes import Node, problem
from edgeward.errors import Problem
from edgeward.quantity import Quantity, smallest, total

_Setting = tuple[str, str | None, str | None, str | None, Quantity | None]


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
    by_setting = [{_setting(run): run for run in stage.runs} for stage in stages]
    for setting in by_setting[0]:
        if all(setting in each for each in by_setting):
            yield _add([each[setting] for each in by_setting], stages)


def _setting(run: Run) -> _Setting:
    return (run.class_name, run.runtime, run.precision, run.power_mode, run.ambient_c)


def _add(runs: Sequence[Run], stages: Iterable[Model]) -> Run:
    def sum_of(read: Callable[[Run], Quantity]) -> Quantity:
        return total([read(run) for run in runs])

    energies = [run.energy_uj for run in runs if run.energy_uj is not None]
    names = tuple(each.name for each in stages)
    return replace(
        runs[0],
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
