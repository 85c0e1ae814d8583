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
    encrypted_volume: bool | None = None
    shares_ram_with_accelerator: bool = False
    support_years: Quantity | None = None
    """For how long its maker gives security updates."""
    power_w: Quantity | None = None
    mtbf_years: Quantity | None = None
    lead_weeks: Quantity | None = None
    form: str | None = None
    """What sort of box it is, for menus."""


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
    power_mode: str | None = None
    ambient_c: Quantity | None = None
    evidence: str | None = None
    energy_uj: Quantity | None = None
    sum_of: tuple[str, ...] = ()
    """The models of a chain that was not measured as one: each has a tail of its own."""


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
    experiments: Quantity | None = None


@dataclass(frozen=True, slots=True)
class ModelServing:
    image: str | None = None


@dataclass(frozen=True, slots=True)
class ModelLabels:
    """The right answers that a release is trained and tested on, and how fast they come in."""

    per_release: Quantity
    positives_per_month: Quantity
    seconds_each: Quantity
    delay_days: Quantity
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Accuracy:
    """One measurement of quality, of one precision or of the model as such."""

    metric: str | None
    value: Quantity
    precision: str | None = None


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
    labels: ModelLabels | None = None
    serving: ModelServing | None = None
    accuracy: tuple[Accuracy, ...] = ()
    chain: tuple[str, ...] = ()
    """The models that each item passes through, one after the other."""
    task: str | None = None
    """What it does, for menus."""


@dataclass(frozen=True, slots=True)
class Price:
    """`usd` per `unit`, in `region` ("*" for everywhere)."""

    item: str
    usd: Quantity
    unit: str
    region: str
    source: Source


@dataclass(frozen=True, slots=True)
class MenuChange:
    """One way to make a place permitted that is not: what it alters, and which rules it may help.

    `does`: a number moves by `factor` at the most; a value is chosen `source`; fixed values are
    set; a device is added; a run is measured. `at` is a declaration path with {use_case},
    {stream} and {device} in it, `words` may have these and what `does` fills in.
    """

    name: str
    does: Literal["move", "choose", "set", "add", "measure"]
    effort: Literal["release", "settings", "agreement", "hardware", "contract"]
    words: str
    helps: tuple[str, ...]
    at: str | None
    factor: Quantity
    source: Literal["precisions", "smaller_models", "dearer_classes", "better_links"] | None = None
    sets: Mapping[str, str] | None = None
    tier: Literal["device", "plant"] | None = None


@dataclass(frozen=True, slots=True)
class NotForSale:
    """A rule that no change of the menu may get around, and why."""

    rule: str
    because: str


@dataclass(frozen=True, slots=True)
class ChangeMenu:
    """What may be suggested. `siblings` can stand in for each other, the smallest first."""

    changes: tuple[MenuChange, ...] = ()
    not_for_sale: tuple[NotForSale, ...] = ()
    siblings: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Catalog:
    """Everything that the plants of one repository may name.

    `ranges` holds plausible ranges by dotted name, such as
    `connectivity.best_effort_wan.rtt_p99_ms` or `delays.human_paced`. `prices` are by item, and by
    `region/item` where a list is for one region.
    """

    device_classes: Mapping[str, DeviceClass]
    models: Mapping[str, Model]
    prices: Mapping[str, Price]
    ranges: Mapping[str, Quantity]
    sources: Mapping[str, Source]
    menu: ChangeMenu = ChangeMenu()

    def range(self, name: str) -> Quantity:
        """A plausible range by its dotted name; unknown where the catalog has none."""
        return self.ranges.get(name) or unknown(f"catalog.{name}")

    def prices_in(self, region: str | None) -> Mapping[str, Price]:
        """The prices that a plant in the region can come to pay, by the names that they have."""
        return {
            key: price
            for key, price in self.prices.items()
            if (key.startswith(f"{region}/") if "/" in key else self._has_say(price, region))
        }

    def _has_say(self, price: Price, region: str | None) -> bool:
        """Whether no price of the region itself comes before the first list's."""
        return price.region == region or f"{region}/{price.item}" not in self.prices

    def price_usd(self, item: str) -> Quantity:
        """US dollars for one unit of a price-list item; unknown where the catalog has none."""
        price = self.prices.get(item)
        return price.usd if price else unknown(f"catalog.prices.{item}")
