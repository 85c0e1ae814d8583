"""What a change does, for programs: all of it in one document."""

from __future__ import annotations

import dataclasses
import json
from enum import Enum
from typing import Any

from edgeward.diff.change import FleetDiff, PlantDiff
from edgeward.finding import Finding
from edgeward.quantity import Quantity
from edgeward.report.json import dump_number, list_findings


def render_change_json(diff: FleetDiff, exit_code: int) -> str:
    """The document, without a line break at its end; only ASCII characters."""
    document = {
        "apiVersion": "edgeward/v1alpha1",
        "kind": "Change",
        "base": diff.base,
        "head": diff.head,
        "reasons": list(diff.reasons),
        "shared": _dump(diff.shared),
        "plants": [_plant(each) for each in diff.plants],
        "unchanged": diff.unchanged,
        "exit_code": int(exit_code),
    }
    return json.dumps(document, indent=2, allow_nan=False)


def _plant(plant: PlantDiff) -> dict[str, Any]:
    return {**_dump(plant), "newly_failing": plant.newly_failing}


def _dump(value: object) -> Any:
    """Fields under their own names; numbers and findings as every other document has them."""
    if isinstance(value, Quantity):
        return dump_number(value)
    if isinstance(value, Finding):
        return list_findings([value])[0]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_dump(each) for each in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {field.name: _dump(getattr(value, field.name)) for field in fields}
    return value
