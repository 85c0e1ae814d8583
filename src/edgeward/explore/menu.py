"""The changes that a menu offers for one tier of one use case, as far as the catalog has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from edgeward.catalog import MenuChange
from edgeward.declare.vary import limits_at, number_at
from edgeward.errors import UsageError
from edgeward.explore.choices import choices, classes_with_a_run, model_of, price
from edgeward.explore.measured import measured_run
from edgeward.explore.offer import EFFORTS, Moving, Offer, Wanted
from edgeward.explore.variants import Change, Variants
from edgeward.figures import format_number
from edgeward.quantity import ZERO, Quantity

_ADDED = {"device": "added-device", "plant": "added-server"}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def offers(variants: Variants, wanted: Wanted) -> Iterator[Offer]:
    """The offers of the menu that may help against one of the rules, the least effort first."""
    entries = sorted(variants.catalog.menu.changes, key=lambda each: EFFORTS.index(each.effort))
    for entry in entries:
        if not wanted.rules or wanted.rules & set(entry.helps):
            yield from _OFFERS[entry.does](variants, wanted, entry)


def _move(variants: Variants, wanted: Wanted, entry: MenuChange) -> Iterator[Offer]:
    for path, names in _paths(entry.at or "", wanted):
        moving = _moving(variants, path, entry.factor.low)
        if moving is not None:
            bought = path.endswith(".boxes")
            usd = _price_of_a_box(variants, wanted, names["device"]) if bought else ZERO
            words = _fill(entry.words, {**names, "now": format_number(moving.now)})
            yield Offer(entry, Change({path: moving.to}), words, usd, moving)


def _moving(variants: Variants, path: str, factor: float) -> Moving | None:
    """The number at a path and how far it may go; None where nobody states one, or it cannot."""
    try:
        limits = limits_at(variants.source, path)
    except UsageError:
        return None
    now = number_at(variants.source, variants.catalog, path).stated
    if not now:
        return None
    to = max(now * factor, limits.least)
    to = min(to, limits.most) if limits.most is not None else to
    to = float(round(to)) if limits.whole else to
    return Moving(path, now, to, limits.whole) if to != now else None


def _choose(variants: Variants, wanted: Wanted, entry: MenuChange) -> Iterator[Offer]:
    for path, names in _paths(entry.at or "", wanted):
        device = names.get("device", "")
        for each in choices(entry.source or "", variants.catalog, wanted, device):
            words = _fill(entry.words, {**names, "value": each.title})
            yield Offer(entry, Change({path: each.value, **(each.also or {})}), words, each.usd)


def _set(_variants: Variants, wanted: Wanted, entry: MenuChange) -> Iterator[Offer]:
    sets = entry.sets or {}
    for _, names in _paths(" ".join((*sets, entry.words)), wanted):
        values = {_fill(path, names): text for path, text in sets.items()}
        yield Offer(entry, Change(values), _fill(entry.words, names))


def _add(variants: Variants, wanted: Wanted, entry: MenuChange) -> Iterator[Offer]:
    if entry.tier is None or entry.tier != wanted.tier:
        return
    for each in classes_with_a_run(variants.catalog, wanted):
        device = (_ADDED[entry.tier], each.name, entry.tier)
        words = _fill(entry.words, {"value": f"{each.name} ({each.title})"})
        yield Offer(entry, Change(devices=(device,)), words, price(each))


def _measure(variants: Variants, wanted: Wanted, entry: MenuChange) -> Iterator[Offer]:
    """A run of the model where nobody measured it, as fast as a run can be; slower may do."""
    model = model_of(variants.catalog, wanted)
    plausible = variants.catalog.range("latency.inference_ms")
    if model is None or not plausible.bounded or plausible.exact:
        return
    measured = {run.class_name for run in model.runs}
    classes = [wanted.site.device(name).class_name for name in wanted.devices]
    for name in dict.fromkeys(each for each in classes if each and each not in measured):
        run = measured_run(model, name, plausible.low)
        words = _fill(entry.words, {"model": model.name, "value": name})
        moving = Moving("", plausible.low, plausible.high, whole=False)
        yield Offer(entry, Change(runs=((model.name, run),)), words, ZERO, moving)


_OFFERS = {"move": _move, "choose": _choose, "set": _set, "add": _add, "measure": _measure}


def _price_of_a_box(variants: Variants, wanted: Wanted, name: str) -> Quantity | None:
    device = wanted.site.device(name)
    usd = price(variants.catalog.device_classes.get(device.class_name or ""))
    return None if usd is None else usd * wanted.site.asset_count(device.per)


def _paths(text: str, wanted: Wanted) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The text for every stream or device that its placeholders may stand for, with the names."""
    names = {"use_case": wanted.use_case.name}
    if wanted.use_case.model:
        names["model"] = wanted.use_case.model.name
    each_of: Mapping[str, Iterable[str]] = {
        "stream": wanted.use_case.reads,
        "device": wanted.devices,
    }
    asked = set(_PLACEHOLDER.findall(text))
    several = next((key for key in each_of if key in asked), None)
    for value in each_of[several] if several else ("",):
        filled = {**names, several: value} if several else names
        yield _fill(text, filled), filled


def _fill(text: str, names: Mapping[str, str]) -> str:
    """The text with the placeholders filled in that have a name by now."""
    return _PLACEHOLDER.sub(lambda found: names.get(found[1], found[0]), text)
