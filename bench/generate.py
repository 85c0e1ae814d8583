"""Plants for the bench: as many and as large as asked, alike in shape and different in facts.

The device classes and the model that they name are of the bench, so that the figures of the
catalog may change without moving the times.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LINK_TIERS = ("always_on_fiber", "best_effort_wan", "intermittent_cellular", "offline_first")
REGIONS = ("eu-central-1", "eu-west-1", "us-east-1")
CLASSES = {
    "bench-gateway": {"ram_mb": 8192, "accelerator_mb": 0, "price_usd": 400, "ms": 38},
    "bench-ipc-gpu": {"ram_mb": 16384, "accelerator_mb": 8192, "price_usd": 2600, "ms": 6},
    "bench-server": {"ram_mb": 65536, "accelerator_mb": 24576, "price_usd": 9800, "ms": 3},
}
MODEL = "bench-detector"
OWNER = "plant-it@example.com"
ENVELOPE = {"apiVersion": "edgeward/v1alpha1"}


def write_repository(root: Path, plants: int, use_cases: int = 3, devices: int = 4) -> list[Path]:
    """A repository with that many plants under `root`; the plant files, in order.

    With three use cases and four devices a file has about 130 lines.
    """
    _write_catalog(root / "sites" / "catalog")
    files = []
    for number in range(plants):
        plant = describe_plant(number, use_cases, devices)
        file = root / "sites" / plant["name"] / "site.yaml"
        _write(file, plant)
        files.append(file)
    return files


def describe_plant(number: int, use_cases: int, devices: int) -> dict[str, Any]:
    """Plant `number` as its declaration; the facts follow from the number alone."""
    tier = LINK_TIERS[number % len(LINK_TIERS)]
    return {
        **ENVELOPE,
        "kind": "Site",
        "name": f"bench-{number:04}",
        "title": f"Generated plant {number}",
        "owner": OWNER,
        "timezone": "Europe/Prague",
        "cloud": {"region": REGIONS[number % len(REGIONS)], "residency": ["eu", "us"]},
        "connectivity": {
            "tier": tier,
            "uplink_mbps": 5 + number % 90,
            "downlink_mbps": 20 + number % 180,
            "share_for_ml": 0.5,
            "rtt_p99_ms": "unknown" if number % 5 == 0 else 20 + number % 300,
            "worst_outage_hours": 1 + number % 24,
            "outages_per_month": number % 7,
        },
        "lan": {"rtt_p99_ms": 4, "mbps": 1000},
        "windows": {
            "maintenance": [{"days": ["sun"], "start": "06:00", "duration_hours": 4}],
            "sync": [{"start": "22:00", "duration_hours": 2}],
        },
        "zones": [{"name": "line", "level": 2, "security_level": 2}],
        "devices": [_describe_device(index) for index in range(devices)],
        "streams": [_describe_stream(number, index, devices) for index in range(use_cases)],
        "use_cases": [_describe_use_case(number, index, devices) for index in range(use_cases)],
    }


def _describe_device(index: int) -> dict[str, Any]:
    names = sorted(CLASSES)
    return {
        "name": f"box-{index}",
        "class": names[index % len(names)],
        "tier": "plant" if index % len(names) == len(names) - 1 else "device",
        "zone": "line",
        "runtime": "compose",
        "ambient_c_max": 35,
        "owned": index % 2 == 0,
    }


def _describe_stream(number: int, index: int, devices: int) -> dict[str, Any]:
    return {
        "name": f"frames-{index}",
        "at": f"box-{index % devices}",
        "zone": "line",
        "protocol": "gige_vision",
        "kb": 200 + 100 * (number % 10),
        "arrives": {"every_ms": 250 + 50 * (index % 6), "phase": "synchronised"},
        "hours_per_week": 80,
        "leaves": {"as": "features", "share": 0.01, "kb": 40, "because": "retraining"},
        "sensitivity": "internal",
        "personal_data": "none",
        "retention_days": 30,
    }


def _describe_use_case(number: int, index: int, devices: int) -> dict[str, Any]:
    return {
        "name": f"check-{index}",
        "stage": "pilot",
        "owner": "ml-vision@example.com",
        "action": "Divert the part",
        "kind": "inspection",
        "criticality": "quality",
        "scope": "line" if (number + index) % 4 else "fleet",
        "authority": "advises" if (number + index) % 3 else "actuates",
        "reads": [f"frames-{index}"],
        "latency": {
            "budget_ms": 120 + 40 * ((number + index) % 60),
            "from": "camera trigger",
            "to": "diverter moved",
            "path_ms": {"exposure": 2, "actuator": 20},
        },
        "reachable_from": sorted({f"box-{(index + step) % devices}" for step in range(devices)}),
        "model": {"name": MODEL, "version": "1.0.0", "precision": "int8"},
        "training": {"cadence": "monthly"},
        "absent": {"do": "human", "within_ms": 120, "cost_per_hour": 200, "lasts_hours": 8},
        "updates": {"cadence": "monthly", "approver": "quality@example.com"},
        "drift": {"metric": "reject_rate", "above": 0.02, "over": "7d", "then": "retrain"},
        "rollback": {
            "when": {"metric": "false_reject_rate", "above": 0.001, "over": "8h"},
            "to": "previous",
        },
        "outcome": {"measure": "complaints per million", "today": 40, "target": 15},
    }


def _write_catalog(folder: Path) -> None:
    for name, figures in CLASSES.items():
        _write(folder / "device_classes" / f"{name}.yaml", _describe_class(name, figures))
    _write(folder / "models" / f"{MODEL}.yaml", _describe_model())


def _describe_class(name: str, figures: dict[str, int]) -> dict[str, Any]:
    return {
        **ENVELOPE,
        "kind": "DeviceClass",
        "name": name,
        "title": f"A box of the bench, {figures['ram_mb']} MB",
        "host": "linux",
        "ram_mb": figures["ram_mb"],
        "allocatable_ram_mb": figures["ram_mb"] - 1024,
        "accelerator_mb": figures["accelerator_mb"],
        "storage_mb": 256000,
        "price_usd": figures["price_usd"],
        "runtimes": ["compose", "systemd"],
        "secure_boot": True,
    }


def _describe_model() -> dict[str, Any]:
    return {
        **ENVELOPE,
        "kind": "Model",
        "name": MODEL,
        "title": "A detector of the bench",
        "version": "1.0.0",
        "owner": "ml-vision@example.com",
        "licence": "Apache-2.0",
        "artifacts": [{"precision": "int8", "mb": 12, "format": "onnx"}],
        "runs": [
            {
                "class": name,
                "runtime": "onnxruntime",
                "precision": "int8",
                "p50_ms": figures["ms"],
                "p99_ms": 2 * figures["ms"],
                "preprocess_ms": 2,
                "peak_ram_mb": 600,
                "accelerator_mb": min(400, figures["accelerator_mb"]),
                "soak_minutes": 60,
            }
            for name, figures in CLASSES.items()
        ],
        "training": {"data_gb": 20, "gpu_hours": 4},
    }


def _write(file: Path, declaration: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(declaration, sort_keys=False, width=100, default_flow_style=None)
    file.write_text(text, encoding="utf-8")
