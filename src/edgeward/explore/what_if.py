"""`--if`: the conditions that somebody asks about, and what they change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from edgeward.decision import Decision
from edgeward.declare.vary import check_values
from edgeward.declare.wording import did_you_mean, short
from edgeward.errors import UsageError
from edgeward.explore.degraded import BROKER, CLOCK, LINK, degrade
from edgeward.explore.explanation import Difference, WhatIf
from edgeward.explore.outcome import say_outcome
from edgeward.explore.variants import Change, Variants

_DOWN = "down"
_NAMES = {"link": LINK, "cloud": LINK, "broker": BROKER, "clock": CLOCK}


@dataclass(frozen=True, slots=True)
class Conditions:
    """`asked` as given; `values` are set, `away` is the link, the broker, the clock or devices."""

    asked: tuple[str, ...]
    values: Change
    away: frozenset[str]

    def lost(self, variants: Variants) -> frozenset[str]:
        """The devices that are away."""
        return self.away & {each.name for each in variants.site().devices}


def read_conditions(variants: Variants, asked: Iterable[str]) -> Conditions:
    """`PATH=VALUE` and `NAME=down`. `UsageError` for what no plant file could say."""
    listed = tuple(asked)
    values: dict[str, float | str] = {}
    away: set[str] = set()
    for condition in listed:
        path, equals, value = (part.strip() for part in condition.partition("="))
        if not (path and equals and value):
            raise UsageError(
                f"--if {short(condition)}: write it as PATH=VALUE, such as "
                "connectivity.worst_outage_hours=72, or as link=down or devices.NAME=down"
            )
        if value == _DOWN:
            away.add(_find_away(variants, path))
        else:
            values[path] = value
    _refuse_wrong(variants, values)
    return Conditions(listed, Change(values), frozenset(away))


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
            each.use_case: (degrade(meanwhile.site(), before.catalog, each, conditions.away),)
            for each in meanwhile.decide().placements
            if conditions.away
        },
    )


def _differences(was: Decision, is_: Decision) -> Iterable[Difference]:
    names = {each.use_case for each in was.placements} | {each.use_case for each in was.withheld}
    for name in sorted(names):
        yield Difference(name, say_outcome(was, name), say_outcome(is_, name))


def _find_away(variants: Variants, path: str) -> str:
    if path in _NAMES:
        return _NAMES[path]
    section, _, name = path.partition(".")
    devices = [each.name for each in variants.site().devices]
    if section == "devices" and name in devices:
        return name
    if section == "devices":
        raise UsageError(
            f"--if {path}=down: no device is called `{short(name)}`: {did_you_mean(name, devices)}"
        )
    known = [*_NAMES, *(f"devices.{each}" for each in devices)]
    raise UsageError(f"--if {short(path)}=down: {did_you_mean(path, known)}")


def _refuse_wrong(variants: Variants, values: dict[str, float | str]) -> None:
    try:
        wrong = tuple(check_values(variants.source, variants.catalog, values))
    except UsageError as error:
        raise UsageError(f"--if {error}") from error
    if wrong:
        raise UsageError("\n".join(f"--if {each}" for each in wrong))
