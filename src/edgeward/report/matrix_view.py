"""The factors of R5 side by side for every place that was weighed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from edgeward.decision import Alternative
from edgeward.figures import format_figure, format_usd
from edgeward.quantity import Quantity
from edgeward.report.duration import format_duration, format_hours
from edgeward.report.wording import count, say_tier
from edgeward.site import Device, Site
from edgeward.use_case import UseCase


@dataclass(frozen=True, slots=True)
class Matrix:
    """A column for each of `places`; a row has a label and a cell for each of them."""

    places: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def view_matrix(
    site: Site, use_case: UseCase, alternatives: tuple[Alternative, ...], chosen: bool
) -> Matrix:
    """In the order of the alternatives; where one was `chosen`, it is the first."""
    rows: tuple[tuple[str, Callable[[Site, UseCase, Alternative], str]], ...] = (
        ("answer", _answer),
        ("latency", _latency),
        ("link", _link),
        ("memory", _memory),
        ("its time", _compute),
        *([("battery", _battery)] if any(map(_on_battery, alternatives)) else []),
        ("cost", _cost),
        ("downtime", _downtime),
        ("updates", _updates),
    )
    said = [
        (label, tuple(say(site, use_case, each) for each in alternatives)) for label, say in rows
    ]
    if chosen:
        said[0] = ("answer", ("chosen", *said[0][1][1:]))
    return Matrix(
        places=tuple(say_tier(each.tier, each.device) for each in alternatives), rows=tuple(said)
    )


def _answer(_site: Site, _use_case: UseCase, place: Alternative) -> str:
    if place.permitted is None:
        return f"not known, {count(len(place.rests_on), 'number')} open"
    if place.permitted:
        return "permitted"
    return f"blocked: {', '.join(block.rule.partition('.')[2] for block in place.blocks)}"


def _latency(_site: Site, use_case: UseCase, place: Alternative) -> str:
    bound = place.ledger.bound_ms
    stated = ""
    if not bound.exact and bound.stated is not None:
        stated = f" (stated {format_duration(Quantity(bound.stated, bound.stated, None))})"
    return f"{format_duration(bound)}{stated} of {format_duration(use_case.latency.budget_ms)}"


def _link(site: Site, _use_case: UseCase, place: Alternative) -> str:
    if place.tier != "cloud":
        return "not needed to run"
    return f"needed; away up to {format_hours(site.connectivity.worst_outage_hours)}"


def _memory(_site: Site, _use_case: UseCase, place: Alternative) -> str:
    if place.tier == "cloud" or place.facts is None:
        return "–"
    memory = place.facts.memory
    said = f"{format_figure(memory.needed_mb)} of {format_figure(memory.allocatable_mb)} MB"
    if memory.accelerator_needed_mb.high > 0:
        needed = format_figure(memory.accelerator_needed_mb)
        said += f"; accelerator {needed} of {format_figure(memory.accelerator_mb)} MB"
    return said


def _compute(_site: Site, _use_case: UseCase, place: Alternative) -> str:
    if place.tier == "cloud" or place.facts is None:
        return "–"
    busy = place.facts.compute.utilisation
    behind = "; above 100 % it falls behind" if 1 < busy.high < math.inf else ""
    return f"{format_figure(busy.scaled(100), 2)} % busy with it{behind}"


def _on_battery(place: Alternative) -> bool:
    return place.facts is not None and place.facts.battery.declared


def _battery(_site: Site, _use_case: UseCase, place: Alternative) -> str:
    if place.facts is None or not place.facts.battery.declared:
        return "–"
    battery = place.facts.battery
    return f"{format_figure(battery.lasts_days)} of {format_figure(battery.asked_days)} days"


def _cost(_site: Site, _use_case: UseCase, place: Alternative) -> str:
    usd = place.usd_per_month
    return f"{format_usd(usd)} a month" if usd.bounded else "not known"


def _downtime(site: Site, _use_case: UseCase, place: Alternative) -> str:
    if place.tier == "cloud":
        link = site.connectivity
        often = format_figure(link.outages_per_month, 2)
        return f"with every outage of the link, {often} a month"
    device = next((each for each in site.devices if each.name == place.device), None)
    return "–" if device is None else _boxes(device)


def _boxes(device: Device) -> str:
    spares = f", {format_figure(device.spares)} may fail" if device.spares.high > 0 else ""
    rebuilt = ""
    if device.run_by is not None and device.run_by.rebuild_hours.bounded:
        rebuilt = f"; rebuilt in {format_hours(device.run_by.rebuild_hours)}"
    boxes = format_figure(device.boxes)
    return f"{boxes} {'box' if boxes == '1' else 'boxes'}{spares}{rebuilt}"


def _updates(_site: Site, use_case: UseCase, place: Alternative) -> str:
    cadence = use_case.updates.cadence if use_case.updates else None
    if cadence is None:
        return "not known"
    return cadence if place.tier == "cloud" else f"{cadence}, over the link"
