"""Which values differ: of a plant as it was written, and of what all plants share."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping

from edgeward.catalog import Catalog
from edgeward.diff.change import ValueChange
from edgeward.figures import format_figure
from edgeward.quantity import Quantity

_DIGITS = 6
_PARTS = ("device_classes", "models", "prices", "ranges")
_ELSEWHERE = ("assumptions", "waivers")
"""Told in their own words."""


def compare_values(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[ValueChange, ...]:
    """The paths whose text differs; of a whole part that is new or gone only the top."""
    return tuple(
        ValueChange(path, before.get(path), after.get(path))
        for path in sorted({*before, *after})
        if before.get(path) != after.get(path) and not _within_change(path, before, after)
    )


def declared_changes(
    before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[ValueChange, ...]:
    """The same for a plant's file, without what is told elsewhere."""
    return tuple(
        each
        for each in compare_values(before, after)
        if each.path.partition(".")[0] not in _ELSEWHERE
    )


def compare_catalogs(before: Catalog, after: Catalog) -> tuple[ValueChange, ...]:
    """The figures and words of the catalog that differ."""
    return compare_values(_flatten_catalog(before), _flatten_catalog(after))


def _within_change(path: str, before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Whether what is around `path` is itself new or gone."""
    around = path.rpartition(".")[0]
    return bool(around) and (around in before) != (around in after)


def _flatten_catalog(catalog: Catalog) -> dict[str, str]:
    flat: dict[str, str] = {}
    for part in _PARTS:
        entries = getattr(catalog, part)
        for name, entry in entries.items():
            if "/" in name and entries.get(name.partition("/")[2]) == entry:
                continue  # the same price under the name of its region
            flat |= dict(_flatten(entry, f"{part}.{name.replace('.', '/')}"))
    return flat


def _flatten(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Quantity):
        yield path, _figure(value)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield path, ""
        for field in dataclasses.fields(value):
            yield from _flatten(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, Mapping):
        yield path, ""
        for key in sorted(value):
            yield from _flatten(value[key], f"{path}.{key}")
    elif isinstance(value, tuple):
        yield from _flatten_list(value, path)
    elif value is not None:
        yield path, str(value)


def _flatten_list(values: Iterable[object], path: str) -> Iterator[tuple[str, str]]:
    yield path, ""
    for index, value in enumerate(values):
        yield from _flatten(value, f"{path}.{index}")


def _figure(quantity: Quantity) -> str:
    figure = format_figure(quantity, _DIGITS)
    if quantity.exact or quantity.stated is None:
        return figure
    return f"{quantity.stated:.{_DIGITS}g} ({figure})"
