"""The evidence file: what was measured, of which bytes, on which machine, and when."""

from __future__ import annotations

import hashlib
import os
import platform
import resource
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from edgeward.profile.load import Measured

_THROTTLE_COUNTS = "sys/devices/system/cpu/cpu*/thermal_throttle/*_throttle_count"
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """The model's file, and the device class of the catalog that this machine is one of."""

    model: Path
    device_class: str
    precision: str | None
    runtime: str
    minutes: float


def write_evidence(
    subject: Subject, measured: Measured, peak_mb: float, throttled: bool | None, on: date
) -> bytes:
    """The file as YAML; `throttled` is None where the machine does not count it."""
    content = subject.model.read_bytes()
    found = {
        "apiVersion": "edgeward/v1alpha1",
        "kind": "Evidence",
        "model": {
            "file": subject.model.name,
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
        },
        "class": subject.device_class,
        "precision": subject.precision or "unknown",
        "runtime": subject.runtime,
        "measured_on": on.isoformat(),
        "soak_minutes": round(subject.minutes, _DIGITS),
        "inferences": measured.count,
        "latency_ms": {
            name.removesuffix("_ms"): round(getattr(measured, name), _DIGITS)
            for name in ("mean_ms", "p50_ms", "p90_ms", "p99_ms", "max_ms")
        },
        "first_tenth_p50_ms": round(measured.first_p50_ms, _DIGITS),
        "last_tenth_p50_ms": round(measured.last_p50_ms, _DIGITS),
        "slows_down": measured.slows_down,
        "throttled": "unknown" if throttled is None else throttled,
        "peak_ram_mb": round(peak_mb, _DIGITS),
        "machine": dict(describe_machine()),
    }
    return yaml.safe_dump(found, sort_keys=False, allow_unicode=True).encode()


def run_entry(subject: Subject, measured: Measured, peak_mb: float, evidence: str, on: date) -> str:
    """The entry for `runs` of the model in the catalog."""

    def figure(value: float) -> dict[str, object]:
        rounded = round(value, _DIGITS)
        return {"value": rounded, "basis": "seen", "source": evidence, "date": on.isoformat()}

    entry = {
        "class": subject.device_class,
        "runtime": subject.runtime.partition(" ")[0],
        **({"precision": subject.precision} if subject.precision else {}),
        "p50_ms": figure(measured.p50_ms),
        "p99_ms": figure(measured.p99_ms),
        "peak_ram_mb": figure(peak_mb),
        "soak_minutes": figure(subject.minutes),
        "evidence": evidence,
    }
    return yaml.safe_dump([entry], sort_keys=False, default_flow_style=None).rstrip()


def peak_ram_mb() -> float:
    """The peak of this process, its Python included: on Linux in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def throttle_count(root: Path = Path("/")) -> int | None:
    """How often the processor was throttled since it started, None where nobody counts."""
    counters = [*root.glob(_THROTTLE_COUNTS)]
    try:
        return sum(int(each.read_text()) for each in counters) if counters else None
    except (OSError, ValueError):
        return None


def describe_machine() -> Mapping[str, str | int]:
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "unknown")
