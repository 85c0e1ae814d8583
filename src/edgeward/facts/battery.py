"""How long the battery of a device lasts with the models that run on it."""

from __future__ import annotations

from edgeward.catalog import Run
from edgeward.declare.bind import milliseconds
from edgeward.facts.host import Host, Job
from edgeward.facts.stream import items_per_second
from edgeward.quantity import ZERO, Quantity, exact, total, unknown
from edgeward.site import Device
from edgeward.subjects import BatteryFacts

_HOURS_A_WEEK = 168.0
_MW_PER_UJ_A_SECOND = 1 / 1000
_MWH_PER_WH = 1000.0
_DAYS_PER_HOUR = 1 / 24
NO_BATTERY = BatteryFacts(declared=False, asked_days=ZERO, lasts_days=ZERO, inference_mw=ZERO)


def battery_facts(job: Job, host: Host, run: Run | None) -> BatteryFacts:
    """With this use case alone; where no run says what an inference takes, it is not known."""
    if host.device is None or host.device.battery_days_at_least is None:
        return NO_BATTERY
    energy = run.energy_uj if run is not None else None
    if energy is None or not energy.bounded:
        energy = unknown(f"{job.path}.model")
    drawn = (_inferences_a_second(job, host.device) * energy).scaled(_MW_PER_UJ_A_SECOND)
    return together(host.device, [drawn])


def together(device: Device, drawn_mw: list[Quantity]) -> BatteryFacts:
    """With everything that draws from it: Wh × 1000 / (standby + inferences, in mW) / 24."""
    if device.battery_days_at_least is None:
        return NO_BATTERY
    inference = total(drawn_mw)
    hours = battery_wh(device).scaled(_MWH_PER_WH) / (standby_mw(device) + inference)
    return BatteryFacts(
        declared=True,
        asked_days=device.battery_days_at_least,
        lasts_days=hours.scaled(_DAYS_PER_HOUR),
        inference_mw=inference,
    )


def most_inference_mw(device: Device) -> Quantity | None:
    """What all models together may draw for it to last as long as asked; None without a battery."""
    if device.battery_days_at_least is None:
        return None
    hours = device.battery_days_at_least.scaled(1 / _DAYS_PER_HOUR)
    return battery_wh(device).scaled(_MWH_PER_WH) / hours - standby_mw(device)


def battery_wh(device: Device) -> Quantity:
    return device.battery_wh or unknown(f"devices.{device.name}.battery_wh")


def standby_mw(device: Device) -> Quantity:
    return device.battery_standby_mw or unknown(f"devices.{device.name}.battery_standby_mw")


def _inferences_a_second(job: Job, device: Device) -> Quantity:
    """On average over the week, on one box."""
    if job.use_case.runs_every is not None:
        return exact(1000 / milliseconds(job.use_case.runs_every))
    rates = [items_per_second(job.site, each, device) * each.hours_per_week for each in job.streams]
    return total(rates).scaled(1 / _HOURS_A_WEEK) / device.boxes
