"""The lines of a box at the plant: what it costs to have it, and what to keep it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from edgeward.catalog import DeviceClass
from edgeward.cost.line import Group, Grows, Line, expected
from edgeward.facts.cost_link import download_lines
from edgeward.facts.cost_model import Rollouts, target_lines
from edgeward.facts.cost_tariff import BoxNeeds, Rate, Tariff
from edgeward.facts.host import Host, Job
from edgeward.quantity import Quantity, unknown
from edgeward.site import Device

_GB_PER_MB = 1 / 1000
_MILLION_MINUTES_A_MONTH = 730 * 60 / 1e6


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of one device, with what one of them takes and costs.

    `readers` are the use cases that read what the device captures. `paid_for` has the lines that
    are the same for every use case, by whether the boxes are bought and kept for it.
    """

    device: Device
    device_class: DeviceClass | None
    count: Quantity
    needs: BoxNeeds
    price: Rate
    grows: Grows
    tariff: Tariff
    readers: frozenset[str]
    paid_for: dict[tuple[bool, bool], tuple[Line, ...]]

    @property
    def delivered_as(self) -> tuple[Quantity, str, Grows]:
        """The same for boxes to which delivering a model costs the same."""
        return self.count, self.needs.minutes, self.grows

    def captures(self, job: Job) -> bool:
        return any(stream.at == self.device.name for stream in job.streams)

    def serves_others(self, job: Job) -> bool:
        """For software that is not ours, or to capture what another use case reads."""
        device = self.device
        if device.owned and (device.other_software or device.reserved.ram_mb.low > 0):
            return True
        return bool(self.readers - {job.use_case.name})


def list_boxes(hosts: Iterable[Host], tariff: Tariff) -> Mapping[str, Boxes]:
    """The boxes of each device, by its name."""
    return {
        host.name: _boxes(host, host.device, tariff) for host in hosts if host.device is not None
    }


def box_lines(job: Job, boxes: Boxes) -> tuple[Line, ...]:
    """What the boxes cost: bought for the use case or not, running with or without the model."""
    others = boxes.serves_others(job)
    kept = others or (bool(boxes.device.owned) and boxes.captures(job))
    if (others, kept) not in boxes.paid_for:
        boxes.paid_for[others, kept] = (*_purchase(boxes, others), *_keeping(boxes, kept))
    return boxes.paid_for[others, kept]


def capture_lines(job: Job, boxes: Boxes) -> Iterator[Line]:
    """What a box costs that has to be bought to capture the input, wherever the model runs."""
    if boxes.captures(job) and not boxes.device.owned:
        for line in box_lines(job, boxes):
            yield replace(line, note=f"{boxes.device.name} captures the input")


def _boxes(host: Host, device: Device, tariff: Tariff) -> Boxes:
    site, device_class = tariff.site, host.device_class
    by_hand = device.runtime == "mcu" or bool(device_class and device_class.host == "mcu")
    captured = {each.name for each in site.streams if each.at == device.name}
    return Boxes(
        device=device,
        device_class=device_class,
        count=device.boxes * site.asset_count(device.per),
        needs=tariff.needs(device_class, by_hand),
        price=_price(host),
        grows="device" if device.per else "site",
        tariff=tariff,
        readers=frozenset(
            each.name
            for each in site.use_cases
            if each.stage != "retired" and not captured.isdisjoint(each.reads)
        ),
        paid_for={},
    )


def _purchase(boxes: Boxes, serves_others: bool) -> Iterator[Line]:
    """Boxes and spares, shipping, mounting; sunk where the plant has them already."""
    needs, tariff, new = boxes.needs, boxes.tariff, not boxes.device.owned
    counts = new and not serves_others
    note = "owned: sunk" if not new else "" if counts else "bought for another use case"
    life = tariff.life_of(boxes.device_class)
    spread = tariff.spread_over(life)

    def line(group: Group, name: str, driver: Quantity, unit: str, rate: Rate) -> Line:
        return Line(
            group,
            name,
            driver,
            unit,
            rate.usd,
            (rate.source, "cost.device_life_years", "cost.discount_rate"),
            kind="capital",
            grows=boxes.grows,
            spread=spread,
            counts=counts,
            box=boxes.device.name,
            note=note,
            life_months=expected(life) * 12,
        )

    yield line("edge hardware", "boxes", boxes.count, "box", boxes.price)
    if new:
        spares = boxes.count * tariff.range("spare_share")
        hours = boxes.count * needs.mounting_hours
        shipping = Rate(needs.shipping_usd, f"cost.shipping_usd.{needs.kind}")
        yield line("edge hardware", "spare boxes", spares, "box", boxes.price)
        yield line("integration", "shipping", boxes.count, "box", shipping)
        yield line("integration", "mounting and commissioning", hours, "hour", tariff.labour)


def _keeping(boxes: Boxes, kept_anyway: bool) -> Iterator[Line]:
    """Energy, licence, care, patches, repair: not counted where the box runs anyway."""
    count, needs, tariff = boxes.count, boxes.needs, boxes.tariff
    counts = not kept_anyway

    def line(group: Group, name: str, driver: Quantity, rate: Rate, *, unit: str, by: str) -> Line:
        return Line(
            group,
            name,
            driver,
            unit,
            rate.usd,
            (rate.source, by),
            grows=boxes.grows,
            counts=counts,
            box=boxes.device.name,
            note="" if counts else "the box runs with or without the model",
        )

    licence = Rate(needs.licence_usd, f"cost.licence_usd_per_month.{needs.kind}")
    if boxes.device.runtime == "greengrass":
        licence = tariff.price("greengrass_core_device")
    care, patches = count * needs.care_hours, count * needs.patch_hours
    failures, mtbf = count * needs.failures, f"cost.mtbf_years.{needs.kind}"
    power, cared = count * needs.power_kwh, f"cost.care_hours_per_year.{needs.kind}"
    watts = f"cost.power_w.{needs.kind}"
    update: Group = "patching and updates"
    yield line("energy", "energy", power, tariff.energy, unit="kWh", by=watts)
    yield line("licences", "licence of the box", count, licence, unit="box", by="devices")
    yield line("maintenance", "care", care, tariff.labour, unit="hour", by=cared)
    yield line("maintenance", "boxes that fail", failures, boxes.price, unit="box", by=mtbf)
    yield line(update, "patches", patches, tariff.labour, unit="hour", by=needs.minutes)
    yield line("truck rolls", "boxes that fail", failures, tariff.visit, unit="visit", by=mtbf)


def delivery_lines(boxes: Boxes, updates: Quantity, artifact: Quantity) -> Iterator[Line]:
    """Every new model goes to every box; some arrive badly, and somebody has to come.

    `updates` is how many a month go to each, `artifact` the MB of one.
    """
    tariff, grows = boxes.tariff, boxes.grows
    rollouts = boxes.count * updates
    visits = rollouts * tariff.failed_visits
    sent = rollouts * artifact.scaled(_GB_PER_MB)
    minutes = boxes.count.scaled(_MILLION_MINUTES_A_MONTH)
    out, connected = tariff.price("data_transfer_out"), tariff.price("iot_core_connectivity")
    rows: tuple[tuple[Group, str, Quantity, str, Rate, str], ...] = (
        (
            "truck rolls",
            "failed updates",
            visits,
            "visit",
            tariff.visit,
            "cost.failed_update_share",
        ),
        ("data transfer", "models to the boxes", sent, "GB", out, "use_cases"),
        ("messaging", "connections", minutes, "million minutes", connected, "devices"),
    )
    for group, name, driver, unit, rate, by in rows:
        yield Line(group, name, driver, unit, rate.usd, (rate.source, by), grows=grows)
    needs = boxes.needs
    by_people = Rollouts(updates, needs.update_hours, needs.minutes)
    yield from download_lines(tariff.site.connectivity, sent, grows)
    yield from target_lines(boxes.count, by_people, tariff, grows)


def _price(host: Host) -> Rate:
    if host.device_class is None:
        path = f"devices.{host.name}.class"
        return Rate(unknown(path), path)
    return Rate(host.device_class.price_usd, f"device_classes.{host.device_class.name}.price_usd")
