"""A plant as its file describes it, after fleet defaults, `like:` and the catalog were applied.

Numbers are `Quantity`: exact where the file states them, an interval where they are unknown or
assumed. Text and choices are None where the file does not say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from edgeward.quantity import ZERO, Quantity, exact
from edgeward.use_case import UseCase

Tier = Literal["device", "plant", "cloud"]
TIERS: tuple[Tier, ...] = ("device", "plant", "cloud")

LinkTier = Literal["always_on_fiber", "best_effort_wan", "intermittent_cellular", "offline_first"]


Layer = Literal["site", "fleet", "template", "catalog"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value came from; `line` and `column` count from 1.

    `layer` says by which way it got here: the plant itself, the fleet defaults, a `like:`
    template, or the catalog.
    """

    file: str
    line: int
    column: int
    layer: Layer = "site"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Connectivity:
    """The link to the cloud, as in its worst hour."""

    tier: LinkTier | None
    uplink_mbps: Quantity
    downlink_mbps: Quantity
    share_for_ml: Quantity
    rtt_p99_ms: Quantity
    typical_outage_minutes: Quantity
    worst_outage_hours: Quantity
    outages_per_month: Quantity
    usd_per_gb: Quantity
    usd_per_minute: Quantity
    data_cap_gb_per_month: Quantity | None = None
    """What is paid for anyway; `usd_per_gb` is for what goes beyond it."""


@dataclass(frozen=True, slots=True)
class Lan:
    """The plant's own network, between devices and the plant server."""

    rtt_p99_ms: Quantity
    mbps: Quantity


@dataclass(frozen=True, slots=True)
class Cloud:
    """`endpoint` is the host of the account's MQTT broker in the region, `credentials_endpoint` the
    one that gives a certificate its credentials, `telemetry` the one that takes what boxes say
    about themselves; without it nothing of that leaves the plant."""

    region: str | None = None
    residency: tuple[str, ...] = ()
    account: str | None = None
    endpoint: str | None = None
    credentials_endpoint: str | None = None
    telemetry: str | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """An IEC 62443 zone at a Purdue level (0 to 5)."""

    name: str
    level: Quantity
    security_level: Quantity


@dataclass(frozen=True, slots=True)
class Asset:
    """Many machines of one kind."""

    kind: str
    count: Quantity


@dataclass(frozen=True, slots=True)
class Window:
    """A recurring time in the plant's time zone; `start` is HH:MM, no `days` means every day."""

    start: str
    duration_hours: Quantity
    days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Freeze:
    since: str
    until: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Windows:
    maintenance: tuple[Window, ...] = ()
    sync: tuple[Window, ...] = ()
    freezes: tuple[Freeze, ...] = ()


@dataclass(frozen=True, slots=True)
class RunBy:
    team: str | None
    rebuild_hours: Quantity


@dataclass(frozen=True, slots=True)
class Reserved:
    """What on a device belongs to others."""

    ram_mb: Quantity
    storage_mb: Quantity


@dataclass(frozen=True, slots=True)
class Device:
    """A box, or several that share the load; with `per`, one for each asset of that kind."""

    name: str
    class_name: str | None
    tier: Tier | None
    boxes: Quantity
    spares: Quantity
    reserved: Reserved
    ambient_c_max: Quantity
    per: str | None = None
    zone: str | None = None
    runtime: str | None = None
    identity: str | None = None
    owned: bool | None = None
    power_mode: str | None = None
    other_software: tuple[str, ...] = ()
    run_by: RunBy | None = None
    planned_life_years: Quantity | None = None
    battery_days_at_least: Quantity | None = None
    battery_wh: Quantity | None = None
    battery_standby_mw: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """`size` items arrive together, `per_day` times a day."""

    size: Quantity
    per_day: Quantity


@dataclass(frozen=True, slots=True)
class Arrives:
    """How the items of a stream arrive, at one asset: exactly one of the kinds is set."""

    kind: Literal["periodic", "free_running", "batch", "random"]
    period_ms: Quantity | None = None
    phase: Literal["synchronised", "random"] = "random"
    batch: Batch | None = None
    per_hour: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Leaves:
    """In what form, and what share of its items, a stream may leave the plant."""

    form: Literal["raw", "features", "summary", "exceptions", "anonymised"] | None
    share: Quantity
    kb: Quantity
    order: Literal["arrival", "by_score"] = "arrival"
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Stream:
    """Something that the plant measures, `kb` an item, captured at the device `at`."""

    name: str
    kb: Quantity
    arrives: Arrives | None
    hours_per_week: Quantity
    retention_days: Quantity
    per: str | None = None
    at: str | None = None
    zone: str | None = None
    protocol: str | None = None
    leaves: Leaves | None = None
    sensitivity: Literal["public", "internal", "confidential", "secret"] | None = None
    personal_data: Literal["none", "pseudonymous", "personal"] | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the plant besides its network, from a device or a kind of asset to a device.

    `uplink_mbps` is what one sender has, `shared_uplink_mbps` what all have together.
    """

    name: str
    source: str
    to: str
    tier: LinkTier | None
    uplink_mbps: Quantity
    shared_uplink_mbps: Quantity
    rtt_p99_ms: Quantity
    worst_outage_hours: Quantity


@dataclass(frozen=True, slots=True)
class Flow:
    """A connection that edgeward cannot derive: `source` opens it to `to`."""

    source: str
    to: str
    protocol: str
    port: Quantity
    security_policy: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    hours: Quantity
    cost: Quantity


@dataclass(frozen=True, slots=True)
class NegotiatedPrice:
    """What the plant pays for an item of the price list, in US dollars, and why."""

    item: str
    usd: Quantity
    because: str | None = None


@dataclass(frozen=True, slots=True)
class Finance:
    """Money of the plant, in its own currency; `usd_rate` is US dollars for one unit of it."""

    usd_rate: Quantity
    discount_rate: Quantity
    horizon_years: Quantity
    labour_per_hour: Quantity
    energy_per_kwh: Quantity
    units_per_month: Quantity
    visit: Visit
    currency: str | None = None
    rate_date: str | None = None
    unit: str | None = None
    prices: tuple[NegotiatedPrice, ...] = ()


@dataclass(frozen=True, slots=True)
class RemoteAccess:
    """How somebody gets in from outside: `via` a host of the plant, by SSH."""

    via: str | None = None
    mfa: bool | None = None


@dataclass(frozen=True, slots=True)
class Existing:
    """What is there already and is used, not made: `bucket` is one of the plant's region."""

    bucket: str | None = None


@dataclass(frozen=True, slots=True)
class Assumption:
    """A value that somebody assumed, with the interval or the choices that are plausible."""

    at: str
    low: float | None
    high: float | None
    one_of: tuple[str, ...]
    because: str | None
    owner: str | None
    review_by: str | None


@dataclass(frozen=True, slots=True)
class Waiver:
    rule: str
    at: str
    because: str | None
    owner: str | None
    approved_by: str | None
    expires: str | None


@dataclass(frozen=True, slots=True)
class Site:
    """One plant. `origins` maps each declaration path to where its value was written."""

    name: str
    file: str
    connectivity: Connectivity
    lan: Lan
    cloud: Cloud
    windows: Windows
    origins: Mapping[str, Origin]
    title: str | None = None
    owner: str | None = None
    timezone: str | None = None
    labels: Mapping[str, str] | None = None
    zones: tuple[Zone, ...] = ()
    assets: tuple[Asset, ...] = ()
    devices: tuple[Device, ...] = ()
    streams: tuple[Stream, ...] = ()
    links: tuple[Link, ...] = ()
    flows: tuple[Flow, ...] = ()
    remote_access: RemoteAccess | None = None
    existing: Existing = Existing()
    use_cases: tuple[UseCase, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    finance: Finance | None = None

    @property
    def currency(self) -> str:
        """That of the plant's own figures, US dollars where it names none."""
        return (self.finance.currency if self.finance else None) or "USD"

    def origin(self, path: str) -> Origin:
        """Where `path` was written, or the nearest thing around it that was."""
        while path:
            found = self.origins.get(path)
            if found is not None:
                return found
            path = path.rpartition(".")[0]
        return Origin(self.file, 1, 1)

    def device(self, name: str) -> Device:
        return next(device for device in self.devices if device.name == name)

    def stream(self, name: str) -> Stream:
        return next(stream for stream in self.streams if stream.name == name)

    def asset_count(self, kind: str | None) -> Quantity:
        """How many assets of a kind there are; 1 where nothing is said to be `per` asset."""
        if kind is None:
            return exact(1)
        return next((asset.count for asset in self.assets if asset.kind == kind), ZERO)
