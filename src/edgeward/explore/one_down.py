"""What a use case does when one box of its device dies, or the only one."""

from __future__ import annotations

from edgeward.decision import Placement
from edgeward.explore.degraded import degrade, fallback_lasts, falls_back, say_rebuilt
from edgeward.explore.explanation import Degraded
from edgeward.explore.variants import Variants
from edgeward.facts.redundancy import OneBoxLess, count_boxes, lose_one_box
from edgeward.figures import format_figure
from edgeward.quantity import Quantity, exact
from edgeward.site import Device

_NOBODY: frozenset[str] = frozenset()


def degrade_without_box(variants: Variants, placement: Placement, device: Device) -> Degraded:
    """The boxes that are left have the whole load: in time, or too slow and the plant falls back.

    Where a number that decides this is not known, its stated value counts, or the worse end.
    """
    site, away = variants.site(), _say_box(device)
    if count_boxes(device) == 1:
        alone = degrade(site, variants.catalog, placement, frozenset({device.name}))
        return Degraded(away, alone.runs, alone.does, alone.lasts)
    if placement.device != device.name:
        needs = "as long as it takes: its model does not run there"
        return Degraded(away, True, "predictions go on", needs)
    rest = lose_one_box(site, variants.catalog, variants.decide().placements, device)
    use_case = next(each for each in site.use_cases if each.name == placement.use_case)
    lasts = fallback_lasts(site, use_case, _NOBODY)
    too_slow = _too_slow(rest, placement, variants.thresholds["capacity"]["utilisation_max"])
    rebuilt = f"the box is rebuilt {say_rebuilt(device)}"
    if too_slow:
        does = f"{too_slow}: the plant {falls_back(use_case.absent)}"
        return Degraded(away, False, does, f"{lasts}; {rebuilt}")
    share = variants.catalog.range("cost.common_cause_share").scaled(100)
    together = f"{format_figure(share, 2)} % of failures take all boxes at once"
    return Degraded(
        away,
        True,
        f"predictions go on, {_say_left(rest)} {_percent(rest.busy)} busy",
        f"{rebuilt}; {together}, then the plant {falls_back(use_case.absent)} {lasts}",
    )


def _too_slow(rest: OneBoxLess, placement: Placement, most: float) -> str | None:
    bound = rest.ledgers[placement.use_case].bound_ms
    if _pick(rest.busy) > most:
        return f"{_say_left(rest)} {_percent(rest.busy)} busy, {most:.0%} can be sustained"
    if _pick(bound) > _pick(placement.budget_ms, worst="low"):
        took, budget = format_figure(bound), format_figure(placement.budget_ms)
        return f"with one box less it takes {took} ms, the action can wait {budget} ms"
    return None


def _pick(quantity: Quantity, worst: str = "high") -> float:
    if quantity.stated is not None:
        return quantity.stated
    return quantity.high if worst == "high" else quantity.low


def _say_left(rest: OneBoxLess) -> str:
    return "the one left is" if rest.left == 1 else f"the {rest.left} left are"


def _say_box(device: Device) -> str:
    boxes = count_boxes(device)
    name = device.name if boxes == 1 else f"box, one of the {boxes} of {device.name}"
    return f"{name} on one {device.per}" if device.per else name


def _percent(share: Quantity) -> str:
    """`54 %`, or the range with the stated value."""
    stated = share.stated
    said = format_figure(share.scaled(100), 2)
    if share.exact or stated is None:
        return f"{said} %"
    return f"{said} % (stated {format_figure(exact(stated * 100), 2)} %)"
