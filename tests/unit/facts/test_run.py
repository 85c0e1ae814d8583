"""A measurement counts at the temperature at which it was taken, and nowhere above."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgeward.catalog import DeviceClass, Model, ModelTraining, Run
from edgeward.facts.host import Host, Job
from edgeward.facts.run import find_run
from edgeward.quantity import ZERO, exact, unknown
from tests.samples import CAP_CHECK, FRAMES, GATEWAY, SITE

_NOTHING = unknown("catalog")
_CLASS = DeviceClass(
    GATEWAY.class_name or "", "a box", "linux", _NOTHING, _NOTHING, ZERO, ZERO, ZERO, ("compose",)
)


def _run(p99: float, ambient: float | None = None, **others: str) -> Run:
    return Run(
        class_name=_CLASS.name,
        runtime=others.get("runtime"),
        precision=others.get("precision"),
        power_mode=others.get("power_mode"),
        p50_ms=exact(p99 / 2),
        p99_ms=exact(p99),
        preprocess_ms=ZERO,
        peak_ram_mb=_NOTHING,
        accelerator_mb=ZERO,
        soak_minutes=exact(30),
        ambient_c=None if ambient is None else exact(ambient),
    )


def _p99(*runs: Run, ambient: float | None = 45, power_mode: str | None = None) -> float | None:
    training = ModelTraining(_NOTHING, _NOTHING)
    model = Model("m", "1", "m", (), runs, training)
    warm = _NOTHING if ambient is None else exact(ambient)
    device = replace(GATEWAY, ambient_c_max=warm, power_mode=power_mode)
    job = Job(SITE, CAP_CHECK, (FRAMES,), model, None)
    found = find_run(job, Host("device", device.name, device, _CLASS))
    return None if found is None else found.p99_ms.low


def test_between_two_measured_ambients_it_is_interpolated() -> None:
    assert _p99(_run(10, 25), _run(20, 65)) == pytest.approx(15)


def test_above_the_hottest_measured_ambient_nothing_is_known() -> None:
    assert _p99(_run(10, 25), _run(20, 40)) is None


def test_below_the_coolest_measured_ambient_the_coolest_run_counts() -> None:
    assert _p99(_run(20, 65), _run(30, 70)) == 20


def test_an_ambient_that_nobody_states_takes_the_hottest_run() -> None:
    assert _p99(_run(10, 25), _run(20, 65), ambient=None) == 20


def test_a_run_without_ambient_counts_as_it_is() -> None:
    assert _p99(_run(10)) == 10


def test_the_precision_and_the_power_mode_that_are_asked_for_are_taken() -> None:
    slow, quick = _run(20, power_mode="15w"), _run(10, power_mode="25w")
    assert _p99(slow, quick, power_mode="15w") == 20
    assert _p99(slow, quick) == 10
    assert _p99(_run(20, precision="int8"), _run(10, precision="fp32")) == 20


def test_ambients_of_different_settings_are_not_mixed() -> None:
    assert _p99(_run(10, 25, runtime="a"), _run(20, 65, runtime="b")) == 20
