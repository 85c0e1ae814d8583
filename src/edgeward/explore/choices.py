"""What the catalog has to choose from: artifacts, smaller models, device classes, links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from edgeward.catalog import Catalog, DeviceClass, Model
from edgeward.explore.offer import Wanted
from edgeward.figures import format_number
from edgeward.quantity import ZERO, Quantity

_LINK_KEYS = (
    "uplink_mbps",
    "downlink_mbps",
    "rtt_p99_ms",
    "worst_outage_hours",
    "outages_per_month",
)
_LINKS = ("intermittent_cellular", "best_effort_wan", "always_on_fiber")


@dataclass(frozen=True, slots=True)
class Choice:
    """`value` is what is written, `title` what it is called, `also` other paths that go with it.

    `usd` is spent once for one box; None where nobody knows.
    """

    value: str
    title: str
    usd: Quantity | None = ZERO
    also: Mapping[str, float | str] | None = None


def choices(source: str, catalog: Catalog, wanted: Wanted, device: str) -> Iterator[Choice]:
    """What may stand in the place of what the plant has; `device` is the one that is changed."""
    model = model_of(catalog, wanted)
    if source == "better_links":
        yield from _better_links(catalog, wanted)
    elif model is not None and source == "precisions":
        yield from _precisions(model, wanted)
    elif model is not None and source == "smaller_models":
        yield from _smaller_models(catalog, model, wanted)
    elif source == "dearer_classes":
        yield from _dearer_classes(catalog, wanted, device)


def classes_with_a_run(catalog: Catalog, wanted: Wanted) -> list[DeviceClass]:
    """The classes on which the model was measured, by price; those of unknown price last."""
    model = model_of(catalog, wanted)
    names = {run.class_name for run in model.runs} if model else set()
    known = [each for name, each in catalog.device_classes.items() if name in names]
    return sorted(known, key=lambda each: (_expected_price(each), each.name))


def model_of(catalog: Catalog, wanted: Wanted) -> Model | None:
    reference = wanted.use_case.model
    return catalog.models.get(reference.name) if reference else None


def price(device_class: DeviceClass | None) -> Quantity | None:
    """What one box costs; None where nobody knows."""
    if device_class is None or not device_class.price_usd.bounded:
        return None
    return device_class.price_usd


def _precisions(model: Model, wanted: Wanted) -> Iterator[Choice]:
    now = wanted.use_case.model.precision if wanted.use_case.model else None
    for artifact in sorted(model.artifacts, key=lambda each: (each.mb.low, each.precision)):
        if artifact.precision != now:
            yield Choice(artifact.precision, artifact.precision)


def _smaller_models(catalog: Catalog, model: Model, wanted: Wanted) -> Iterator[Choice]:
    """The smaller siblings that come in the precision asked for, the largest first."""
    precision = wanted.use_case.model.precision if wanted.use_case.model else None
    family = next((each for each in catalog.menu.siblings if model.name in each), ())
    smaller = family[: family.index(model.name)] if family else ()
    for name in reversed(smaller):
        sibling = catalog.models.get(name)
        if sibling is not None and (
            precision is None or precision in {each.precision for each in sibling.artifacts}
        ):
            yield Choice(name, name)


def _dearer_classes(catalog: Catalog, wanted: Wanted, name: str) -> Iterator[Choice]:
    device = wanted.site.device(name)
    now = catalog.device_classes.get(device.class_name or "")
    boxes = device.boxes * wanted.site.asset_count(device.per)
    for each in classes_with_a_run(catalog, wanted):
        cheaper = now is not None and _expected_price(each) < _expected_price(now)
        if each is not now and not (cheaper and price(now) is not None):
            usd = price(each)
            title = f"{each.name} ({each.title})"
            yield Choice(each.name, title, usd * boxes if usd is not None else None)


def _better_links(catalog: Catalog, wanted: Wanted) -> Iterator[Choice]:
    """The links that are more dependable, with the numbers that the catalog states for them."""
    now = wanted.site.connectivity.tier
    for tier in _LINKS[_LINKS.index(now) + 1 :] if now in _LINKS else _LINKS:
        stated = {key: catalog.range(f"connectivity.{tier}.{key}").stated for key in _LINK_KEYS}
        numbers = {key: value for key, value in stated.items() if value is not None}
        also = {f"connectivity.{key}": value for key, value in numbers.items()}
        yield Choice(tier, _say_link(tier, numbers), None, also)


def _say_link(tier: str, numbers: Mapping[str, float]) -> str:
    units = {
        "uplink_mbps": "Mbit/s up",
        "rtt_p99_ms": "ms at the tail",
        "worst_outage_hours": "h away at the worst",
    }
    said = [
        f"{format_number(numbers[key])} {unit}" for key, unit in units.items() if key in numbers
    ]
    return f"{tier.replace('_', ' ')} ({', '.join(said)})"


def _expected_price(each: DeviceClass) -> float:
    usd = each.price_usd
    return usd.high if usd.stated is None else usd.stated
