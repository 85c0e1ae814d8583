"""The cloud resources of a plant as they were asked for, before any engine has made them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]

UNKNOWN: Mapping[str, Json] = {"$unknown": True}
"""Stands for a value that exists only once the resource does."""
SECRET: Mapping[str, Json] = {"$secret": True}
"""Stands for a secret value; the value itself is not kept."""


@dataclass(frozen=True, slots=True)
class CapturedResource:
    """One registration, as the engine receives it; `name` is the logical one.

    `urn` and `parent` are full, nested URNs. `provider` is the provider's URN and id.
    `inputs` hold UNKNOWN and SECRET where a value is one. `declared_at` is the declaration path
    that caused it, empty for the stack itself and its provider.
    """

    urn: str
    type: str
    name: str
    parent: str | None
    custom: bool
    inputs: Mapping[str, Json]
    provider: str | None = None
    protect: bool = False
    retain_on_delete: bool = False
    delete_before_replace: bool = False
    ignore_changes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()
    property_dependencies: Mapping[str, Sequence[str]] | None = None
    version: str | None = None
    declared_at: str = ""


@dataclass(frozen=True, slots=True)
class ResourceGraph:
    """A plant's resources by URN; `empty_because` says why there are none."""

    site: str
    region: str | None
    resources: tuple[CapturedResource, ...]
    empty_because: str | None = None

    def of_type(self, type_: str) -> Iterator[CapturedResource]:
        return (resource for resource in self.resources if resource.type == type_)

    def to_json(self) -> dict[str, Any]:
        """The graph as plain values for `json.dumps`."""
        return asdict(self)
