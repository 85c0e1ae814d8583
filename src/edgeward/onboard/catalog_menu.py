"""What of the catalog can be chosen, by what sort it is: a line each, the nearest first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from edgeward.catalog import Catalog, DeviceClass, Model

MODELS, CLASSES = "catalog.models", "catalog.device_classes"
_WITH_GPU = "industrial_pc with a GPU"
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
    "industrial_pc": "industrial PC without a GPU",
    _WITH_GPU: "industrial PC with a GPU",
    "embedded_gpu": "small computer with a GPU",
    "gateway": "gateway on a rail",
    "vehicle": "computer of a vehicle",
    "server": "server",
    "microcontroller": "microcontroller",
    None: "of another kind",
}


@dataclass(frozen=True, slots=True)
class Line:
    """Where none is chosen yet, the first of `decidable` stands in for what the others may become.

    The rest of `names` has no known size or memory: nothing could be decided for it.
    """

    words: str
    names: tuple[str, ...]
    decidable: tuple[str, ...]


def menu_lines(catalog: Catalog, listed: str, classes: Iterable[str]) -> tuple[Line, ...]:
    """The lines of what `listed` names; `classes` are the boxes that the plant has by now."""
    if listed == MODELS:
        return _lines(_TASKS, _models(catalog, frozenset(classes)))
    if listed == CLASSES:
        return _lines(_FORMS, _classes(catalog))
    return ()


@dataclass(frozen=True, slots=True)
class _Entry:
    sort: str | None
    name: str
    decidable: bool


def _lines(sorts: Mapping[str | None, str], entries: list[_Entry]) -> tuple[Line, ...]:
    lines = []
    for wanted, words in sorts.items():
        alike = [each for each in entries if each.sort == wanted]
        decidable = [each for each in alike if each.decidable] or alike
        names, able = (tuple(each.name for each in group) for group in (alike, decidable))
        lines.append(Line(words, names, able))
    return tuple(line for line in lines if line.names)


def _classes(catalog: Catalog) -> list[_Entry]:
    """Those whose memory is known first, by name."""
    boxes = catalog.device_classes.values()
    entries = [
        _Entry(_form(each), each.name, each.allocatable_ram_mb.bounded or each.ram_mb.bounded)
        for each in boxes
    ]
    return sorted(entries, key=lambda each: (not each.decidable, each.name))


def _form(box: DeviceClass) -> str | None:
    with_gpu = box.form == "industrial_pc" and box.accelerator_mb.high > 0
    return _WITH_GPU if with_gpu else box.form


def _models(catalog: Catalog, classes: frozenset[str]) -> list[_Entry]:
    """Those of a known size first: measured on a box of the plant, on one like it, or smallest."""
    boxes = catalog.device_classes
    hosts = {boxes[name].host for name in classes if name in boxes}

    def nearness(model: Model) -> tuple[bool, bool, bool, float, str]:
        measured = {run.class_name for run in model.runs} & {*boxes}
        alike = any(boxes[name].host in hosts for name in measured)
        size = min((each.mb.low for each in model.artifacts if each.mb.exact), default=math.inf)
        return size == math.inf, not measured & classes, not alike, size, model.name

    return [
        _Entry(each.task, each.name, any(artifact.mb.bounded for artifact in each.artifacts))
        for each in sorted(catalog.models.values(), key=nearness)
    ]
