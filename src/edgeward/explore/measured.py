"""A run of a model as it would be if somebody measured it."""

from __future__ import annotations

from dataclasses import replace

from edgeward.catalog import Model, Run
from edgeward.quantity import exact, unknown


def measured_run(model: Model, class_name: str, p99_ms: float) -> Run:
    """The model on a class of device, answering within `p99_ms` at the tail; its memory as the
    model's other runs do not say."""
    path = f"models.{model.name}.runs.{class_name}"
    return Run(
        class_name=class_name,
        runtime=None,
        precision=None,
        p50_ms=exact(p99_ms),
        p99_ms=exact(p99_ms),
        preprocess_ms=exact(0),
        peak_ram_mb=unknown(f"{path}.peak_ram_mb"),
        accelerator_mb=unknown(f"{path}.accelerator_mb"),
        soak_minutes=exact(30),
        evidence="asked for by edgeward explain",
    )


def with_tail(run: Run, p99_ms: float) -> Run:
    return replace(run, p50_ms=exact(p99_ms), p99_ms=exact(p99_ms))
