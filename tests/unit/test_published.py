"""The published deployments: where edgeward places them, and how firmly.

Run with `-s` to see who won and why, and which assumptions move a case out of its tier.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from edgeward.assess import decide_again
from edgeward.decision import Decision
from edgeward.declare.plant import PlantSource, bind_site
from edgeward.declare.workspace import load_source
from edgeward.session import Session, open_session
from edgeward.site import Assumption

_ROOT = Path(__file__).parents[2]
_DRAWS = 100
_SEED = 20261123


@dataclass(frozen=True, slots=True)
class Case:
    site: str
    use_case: str
    acceptable: tuple[str, ...]
    source: PlantSource
    assumptions: tuple[Assumption, ...]


def test_at_least_seven_of_eight_land_in_an_acceptable_tier() -> None:
    landed = 0
    for case in _cases():
        decision = _decide(case, {})
        tier = _tier(decision, case)
        landed += tier in case.acceptable
        reason = next((each.reason for each in decision.placements), "not placed")
        print(f"{case.site}: {tier} (published: {'/'.join(case.acceptable)}); {reason}")
    assert landed >= 7


def test_at_least_five_hold_at_both_ends_of_every_assumption() -> None:
    firm = 0
    for case in _cases():
        leaving = {
            (assumption.at, end): tier
            for assumption in case.assumptions
            for end in _ends(assumption)
            if (tier := _tier(_decide(case, {assumption.at: end}), case)) not in case.acceptable
        }
        firm += not leaving
        for (path, end), tier in sorted(leaving.items(), key=str):
            print(f"{case.site}: {path} = {end} gives {tier}")
    assert firm >= 5


def test_at_least_five_hold_in_95_of_100_random_draws() -> None:
    firm = 0
    for case in _cases():
        draws = [_draw(case, random.Random(_SEED + number)) for number in range(_DRAWS)]
        held = sum(_tier(_decide(case, draw), case) in case.acceptable for draw in draws)
        print(f"{case.site}: {held} of {_DRAWS} draws")
        firm += held >= 95
    assert firm >= 5


@cache
def _session() -> Session:
    return open_session(_ROOT, date(2026, 11, 23), fresh=True)


@cache
def _cases() -> tuple[Case, ...]:
    return tuple(_read_cases())


def _read_cases() -> Iterator[Case]:
    document = yaml.safe_load((_ROOT / "tests/cases/published.yaml").read_text(encoding="utf-8"))
    workspace = _session().workspace
    for each in document["cases"]:
        source = load_source(workspace, each["site"])
        assert isinstance(source, PlantSource), source
        assumptions = bind_site(source, workspace.catalog).assumptions
        yield Case(
            each["site"],
            each["use_case"],
            tuple(each["acceptable_tiers"]),
            source,
            assumptions,
        )


def _decide(case: Case, values: Mapping[str, float | str]) -> Decision:
    session = _session()
    site = bind_site(case.source, session.workspace.catalog, values)
    return decide_again(site, session.workspace.catalog, session.book, {})


def _tier(decision: Decision, case: Case) -> str:
    for placement in decision.placements:
        if placement.use_case == case.use_case:
            return placement.inference_tier
    return next(each.why for each in decision.withheld if each.use_case == case.use_case)


def _ends(assumption: Assumption) -> tuple[float | str, ...]:
    numbers = (assumption.low, assumption.high)
    return (*(end for end in numbers if end is not None), *assumption.one_of)


def _draw(case: Case, source: random.Random) -> dict[str, float | str]:
    """A value for every assumption at once: log-uniform, since ranges span orders of magnitude."""
    values: dict[str, float | str] = {}
    for assumption in case.assumptions:
        if assumption.one_of:
            values[assumption.at] = source.choice(assumption.one_of)
        elif assumption.low is not None and assumption.high is not None:
            values[assumption.at] = _between(assumption.low, assumption.high, source)
    return values


def _between(low: float, high: float, source: random.Random) -> float:
    if low <= 0:
        return source.uniform(low, high)
    return float(low * (high / low) ** source.random())
