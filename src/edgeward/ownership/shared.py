"""Boxes that several use cases run on: their cost once, and a stated share for each."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from edgeward.cost.money import sum_money
from edgeward.ownership.priced import PricedLine, SharedBox, UseCaseCost


def once(use_cases: Iterable[UseCaseCost]) -> tuple[PricedLine, ...]:
    """The counting lines of all chosen alternatives; what a box costs anyway, only once."""
    boxes: dict[tuple[str, str], PricedLine] = {}
    own = []
    for use_case in use_cases:
        for each in use_case.chosen.lines if use_case.chosen else ():
            if not each.line.counts:
                continue
            if each.line.box:
                boxes.setdefault((each.line.box, f"{each.line.group} {each.line.name}"), each)
            else:
                own.append(each)
    return (*own, *boxes.values())


def share_boxes(use_cases: Iterable[UseCaseCost]) -> tuple[SharedBox, ...]:
    """Devices that more than one use case was placed on; each bears an equal share.

    Equal, since a box is paid for whether it is busy or not; what a use case adds on top is among
    its own lines.
    """
    placed: dict[str, list[UseCaseCost]] = {}
    for each in use_cases:
        if each.chosen is not None and each.chosen.tier != "cloud":
            placed.setdefault(each.chosen.name, []).append(each)
    return tuple(
        _share(device, together) for device, together in sorted(placed.items()) if len(together) > 1
    )


def _share(device: str, together: list[UseCaseCost]) -> SharedBox:
    cost = sum_money(each.amount for each in once(together) if each.line.box == device)
    share = cost.times(Decimal(1) / len(together))
    return SharedBox(device, tuple(each.name for each in together), cost, share)
