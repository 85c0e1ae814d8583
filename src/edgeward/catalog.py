"""What plants refer to by name: device classes, models, prices, ranges. Every figure has a source.

A figure given as `{value, low, high, basis, source, date}` becomes a `Quantity` whose `rests_on`
is its catalog path when it is a range, and is unknown when the catalog says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from edgeward.quantity import Quantity, unknown

Basis = Literal["seen", "derived", "recalled", "assumed", "unknown"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure is from; `date` is the source's own where it has one."""

    basis: Basis
    source: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class DeviceClass:
    """A kind of box. Allocatable is what is left of the total for workloads."""

    name: str
    title: str
    host: Literal["mcu", "linux"]
    ram_mb: Quantity
    allocatable_ram_mb: Quantity
    accelerator_mb: Quantity
    storage_mb: Quantity
    price_usd: Quantity
    runtimes: tuple[str, ...]
    closed: bool = False
    secure_boot: bool | None = None
    shares_ram_with_accelerator: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A model measured on a device class, or as far as anybody measured it."""

    class_name: str
    runtime: str | None
    precision: str | None
    p50_ms: Quantity
    p99_ms: Quantity
    preprocess_ms: Quantity
    peak_ram_mb: Quantity
    accelerator_mb: Quantity
    soak_minutes: Quantity
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Artifact:
    precision: str
    mb: Quantity
    format: str | None = None
    uri: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class ModelTraining:
    data_gb: Quantity
    gpu_hours: Quantity
    image: str | None = None
    entrypoint: str | None = None
    instance: str | None = None


@dataclass(frozen=True, slots=True)
class Model:
    name: str
    version: str
    title: str
    artifacts: tuple[Artifact, ...]
    runs: tuple[Run, ...]
    training: ModelTraining
    owner: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """`usd` per `unit`, in `region` ("*" for everywhere)."""

    item: str
    usd: Quantity
    unit: str
    region: str
    source: Source


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything that the plants of one repository may name.

    `ranges` holds plausible ranges by dotted name, such as
    `connectivity.best_effort_wan.rtt_p99_ms` or `delays.human_paced`.
    """

    device_classes: Mapping[str, DeviceClass]
    models: Mapping[str, Model]
    prices: Mapping[str, Price]
    ranges: Mapping[str, Quantity]
    sources: Mapping[str, Source]

    def range(self, name: str) -> Quantity:
        """A plausible range by its dotted name; unknown where the catalog has none."""
        return self.ranges.get(name) or unknown(f"catalog.{name}")

    def price_usd(self, item: str) -> Quantity:
        """US dollars for one unit of a price-list item; unknown where the catalog has none."""
        price = self.prices.get(item)
        return price.usd if price else unknown(f"catalog.prices.{item}")
