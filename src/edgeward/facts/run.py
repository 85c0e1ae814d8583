"""Which measurement of a model counts on a host: the class, precision and power mode, and the heat.

A run is only worth something at the temperature at which it was taken. Between two ambients that
were measured it is interpolated; above the hottest one nothing is known, because a device that
throttles does so suddenly. Nothing is scaled by TOPS.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from edgeward.catalog import Run
from edgeward.facts.host import Host, Job
from edgeward.quantity import Quantity, exact


def find_run(job: Job, host: Host) -> Run | None:
    """The fastest run of the model that holds on the host, in the precision asked for."""
    if job.model is None or host.device is None or host.device_class is None:
        return None
    precision = job.use_case.model.precision if job.use_case.model else None
    mode = host.device.power_mode
    fitting = [
        run
        for run in job.model.runs
        if run.class_name == host.device_class.name
        and (precision is None or run.precision in (None, precision))
        and (mode is None or run.power_mode in (None, mode))
    ]
    settings = groupby(sorted(fitting, key=_setting), key=_setting)
    runs = [found for _, alike in settings if (found := _at_ambient(alike, host)) is not None]
    return min(runs, key=lambda run: (run.p99_ms.low, _setting(run)), default=None)


def _setting(run: Run) -> tuple[str, str, str]:
    return (run.runtime or "", run.precision or "", run.power_mode or "")


def _at_ambient(alike: Iterable[Run], host: Host) -> Run | None:
    """The run at the hottest ambient of the device; None where it is hotter than was measured."""
    by_heat = sorted(alike, key=lambda run: run.ambient_c.low if run.ambient_c else -273.15)
    measured = [run for run in by_heat if run.ambient_c is not None and run.ambient_c.exact]
    if not measured or host.device is None:
        return by_heat[0]
    ambient = host.device.ambient_c_max
    if not ambient.bounded:
        return measured[-1]
    hotter = [run for run in measured if _ambient(run) >= ambient.high]
    cooler = [run for run in measured if _ambient(run) <= ambient.high]
    if not hotter:
        return None
    return _between(cooler[-1], hotter[0], ambient.high) if cooler else hotter[0]


def _between(cool: Run, hot: Run, ambient_c: float) -> Run:
    span = _ambient(hot) - _ambient(cool)
    share = (ambient_c - _ambient(cool)) / span if span else 1.0
    return replace(
        hot,
        p50_ms=_mix(cool.p50_ms, hot.p50_ms, share),
        p99_ms=_mix(cool.p99_ms, hot.p99_ms, share),
        ambient_c=exact(ambient_c),
    )


def _mix(first: Quantity, second: Quantity, share: float) -> Quantity:
    return first.scaled(1 - share) + second.scaled(share)


def _ambient(run: Run) -> float:
    return run.ambient_c.low if run.ambient_c else 0.0
