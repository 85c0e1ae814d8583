"""`--if`: the conditions that somebody asks about, and what they change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from edgeward.decision import Decision, Placement
from edgeward.declare.vary import check_values
from edgeward.declare.wording import did_you_mean, short
from edgeward.errors import UsageError
from edgeward.explore.degraded import BROKER, CLOCK, LINK, degrade
from edgeward.explore.explanation import Degraded, Difference, WhatIf
from edgeward.explore.one_down import degrade_without_box
from edgeward.explore.outcome import say_outcome
from edgeward.explore.variants import Change, Variants
from edgeward.facts.redundancy import count_boxes

_DOWN, _ONE_DOWN = "down", "one_down"
_NAMES = {"link": LINK, "cloud": LINK, "broker": BROKER, "clock": CLOCK}


@dataclass(frozen=True, slots=True)
class Conditions:
    """`asked` as given; `values` are set, `away` is the link, the broker, the clock or devices.

    `thinned` are devices of several boxes that have lost one.
    """

    asked: tuple[str, ...]
    values: Change
    away: frozenset[str]
    thinned: frozenset[str] = frozenset()

    def applied(self, variants: Variants) -> Variants:
        """The plant with the values, and without what is away."""
        devices = variants.site(self.values).devices
        left: dict[str, float | str] = {}
        for each in devices:
            if each.name in self.thinned:
                left[f"devices.{each.name}.boxes"] = count_boxes(each) - 1
                left[f"devices.{each.name}.spares"] = 0
        lost = self.away & {each.name for each in devices}
        return variants.given(self.values.and_also(Change(left)), lost)


def read_conditions(variants: Variants, asked: Iterable[str]) -> Conditions:
    """`PATH=VALUE` and `NAME=down`. `UsageError` for what no plant file could say."""
    listed = tuple(asked)
    values: dict[str, float | str] = {}
    away: set[str] = set()
    thinned: set[str] = set()
    for condition in listed:
        path, equals, value = (part.strip() for part in condition.partition("="))
        if not (path and equals and value):
            raise UsageError(
                f"--if {short(condition)}: write it as PATH=VALUE, such as "
                "connectivity.worst_outage_hours=72, or as link=down, devices.NAME=down or "
                "devices.NAME=one_down"
            )
        if value in (_DOWN, _ONE_DOWN):
            (thinned if value == _ONE_DOWN else away).add(_find_away(variants, path, value))
        else:
            values[path] = value
    _refuse_wrong(variants, values)
    single = _single_boxes(variants, Change(values), thinned)
    return Conditions(
        listed, Change(values), frozenset(away | single), frozenset(thinned - single - away)
    )


def _single_boxes(variants: Variants, values: Change, thinned: set[str]) -> set[str]:
    """Those that are one box: losing it is losing the device."""
    devices = variants.site(values).devices
    return {each.name for each in devices if each.name in thinned and count_boxes(each) == 1}


def explain_what_if(before: Variants, after: Variants, conditions: Conditions) -> WhatIf:
    """The difference for each use case, and what each does while something is away.

    A device that is away stays so in `after`; until somebody decides again, what was placed with
    it has to do without.
    """
    meanwhile = before.given(conditions.values, frozenset())
    return WhatIf(
        asked=conditions.asked,
        differences=tuple(_differences(before.decide(), after.decide())),
        degraded={
            each.use_case: tuple(_meanwhile(meanwhile, each, conditions))
            for each in meanwhile.decide().placements
            if conditions.away or conditions.thinned
        },
    )


def _meanwhile(
    variants: Variants, placement: Placement, conditions: Conditions
) -> Iterator[Degraded]:
    if conditions.away:
        yield degrade(variants.site(), variants.catalog, placement, conditions.away)
    for device in sorted(conditions.thinned):
        yield degrade_without_box(variants, placement, variants.site().device(device))


def _differences(was: Decision, is_: Decision) -> Iterable[Difference]:
    names = {each.use_case for each in was.placements} | {each.use_case for each in was.withheld}
    for name in sorted(names):
        yield Difference(name, say_outcome(was, name), say_outcome(is_, name))


def _find_away(variants: Variants, path: str, value: str) -> str:
    if path in _NAMES and value == _DOWN:
        return _NAMES[path]
    section, _, name = path.partition(".")
    devices = [each.name for each in variants.site().devices]
    if section == "devices" and name in devices:
        return name
    if section == "devices":
        raise UsageError(
            f"--if {path}={value}: no device is called `{short(name)}`: "
            f"{did_you_mean(name, devices)}"
        )
    known = [*(_NAMES if value == _DOWN else ()), *(f"devices.{each}" for each in devices)]
    raise UsageError(f"--if {short(path)}={value}: {did_you_mean(path, known)}")


def _refuse_wrong(variants: Variants, values: dict[str, float | str]) -> None:
    try:
        wrong = tuple(check_values(variants.source, variants.catalog, values))
    except UsageError as error:
        raise UsageError(f"--if {error}") from error
    if wrong:
        raise UsageError("\n".join(f"--if {each}" for each in wrong))
