"""What of the catalog can be chosen, by what sort it is: a line each, the nearest first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from edgeward.catalog import Catalog, DeviceClass, Model

MODELS, CLASSES = "catalog.models", "catalog.device_classes"
_TASKS = {
    "detection": "finds things in pictures",
    "classification": "sorts pictures",
    "segmentation": "outlines things in pictures",
    "sound": "listens",
    "records": "reads measured values",
    "language": "reads and writes text",
    None: "of another kind",
}
_FORMS = {
    "industrial_pc": "industrial PC",
    "embedded_gpu": "small computer with a GPU",
    "gateway": "gateway on a rail",
    "vehicle": "computer of a vehicle",
    "server": "server",
    "microcontroller": "microcontroller",
    None: "of another kind",
}


@dataclass(frozen=True, slots=True)
class Line:
    """Where none is chosen yet, the first of `names` stands in for what the others may become."""

    words: str
    names: tuple[str, ...]


def menu_lines(catalog: Catalog, listed: str, classes: Iterable[str]) -> tuple[Line, ...]:
    """The lines of what `listed` names; `classes` are the boxes that the plant has by now."""
    if listed == MODELS:
        return _lines(_TASKS, _models(catalog, frozenset(classes)))
    if listed == CLASSES:
        return _lines(_FORMS, _classes(catalog))
    return ()


def _lines(
    sorts: Mapping[str | None, str], entries: list[tuple[str | None, str]]
) -> tuple[Line, ...]:
    lines = (
        Line(words, tuple(name for sort, name in entries if sort == wanted))
        for wanted, words in sorts.items()
    )
    return tuple(line for line in lines if line.names)


def _classes(catalog: Catalog) -> list[tuple[str | None, str]]:
    """Those whose memory is known first: nothing can be decided for a box without it."""

    def openness(box: DeviceClass) -> tuple[bool, str]:
        return not (box.allocatable_ram_mb.bounded or box.ram_mb.bounded), box.name

    boxes = sorted(catalog.device_classes.values(), key=openness)
    return [(each.form, each.name) for each in boxes]


def _models(catalog: Catalog, classes: frozenset[str]) -> list[tuple[str | None, str]]:
    """Those of a known size first: measured on a box of the plant, on one like it, or smallest."""
    boxes = catalog.device_classes
    hosts = {boxes[name].host for name in classes if name in boxes}

    def nearness(model: Model) -> tuple[bool, bool, bool, float, str]:
        measured = {run.class_name for run in model.runs} & {*boxes}
        alike = any(boxes[name].host in hosts for name in measured)
        size = min((each.mb.low for each in model.artifacts if each.mb.exact), default=math.inf)
        return size == math.inf, not measured & classes, not alike, size, model.name

    return [(each.task, each.name) for each in sorted(catalog.models.values(), key=nearness)]
