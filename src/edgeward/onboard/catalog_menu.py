"""What of the catalog can be chosen, by what sort it is: a line each, the nearest first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from edgeward.catalog import Catalog, DeviceClass, Model

_COLUMNS = 100
MODELS, CLASSES = "catalog.models", "catalog.device_classes"
_WITH_GPU = "industrial_pc with a GPU"
_TASKS = {
    "detection": "finds things in pictures",
    "classification": "sorts pictures, as good or bad",
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
    """Where none is chosen yet, the first of `known_best` stands in for what the others may become.

    Of the rest of `names` less is known, such as no memory: nothing could be decided for it.
    """

    words: str
    names: tuple[str, ...]
    known_best: tuple[str, ...]


def menu_lines(catalog: Catalog, listed: str, classes: Iterable[str]) -> tuple[Line, ...]:
    """The lines of what `listed` names; `classes` are the boxes that the plant has by now."""
    if listed == MODELS:
        return _lines(_TASKS, _models(catalog, frozenset(classes)))
    if listed == CLASSES:
        return _lines(_FORMS, _classes(catalog))
    return ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """`gaps` is how much of it is not known that a decision may need."""

    sort: str | None
    name: str
    gaps: int


def _lines(sorts: Mapping[str | None, str], entries: list[_Entry]) -> tuple[Line, ...]:
    lines = []
    for wanted, words in sorts.items():
        alike = [each for each in entries if each.sort == wanted]
        fewest = min((each.gaps for each in alike), default=0)
        names = tuple(each.name for each in alike)
        lines.append(Line(words, names, tuple(e.name for e in alike if e.gaps == fewest)))
    return tuple(line for line in lines if line.names)


def name_lines(lines: Sequence[Line]) -> Iterator[str]:
    """The entries behind each line; what is too long goes on below, under the names."""
    width = max(len(line.words) for line in lines)
    for number, line in enumerate(lines, start=1):
        head = f"  {number:>3}  {line.words.ljust(width)}  "
        below = " " * len(head)
        yield from wrap(
            ", ".join(line.names),
            _COLUMNS,
            initial_indent=head,
            subsequent_indent=below,
            break_on_hyphens=False,
        )


def _classes(catalog: Catalog) -> list[_Entry]:
    """Those of which most is known first, then by name."""

    def gaps(box: DeviceClass) -> int:
        memory = box.allocatable_ram_mb.bounded or box.ram_mb.bounded
        return (not memory) + (not box.storage_mb.bounded) + (not box.price_usd.bounded)

    boxes = catalog.device_classes.values()
    entries = [_Entry(_form(each), each.name, gaps(each)) for each in boxes]
    return sorted(entries, key=lambda each: (each.gaps, each.name))


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
        _Entry(each.task, each.name, not any(artifact.mb.bounded for artifact in each.artifacts))
        for each in sorted(catalog.models.values(), key=nearness)
    ]
