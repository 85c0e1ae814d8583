"""Both engines give the same verdicts: on generated subjects, and on whole example plants."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from edgeward.policy.cases import make_subject, read_cases
from edgeward.policy.engine import Engine
from edgeward.policy.fact_types import fact_types
from edgeward.policy.judge import judge
from edgeward.policy.rule_set import RuleSet
from edgeward.result import PlantResult
from edgeward.session import assess_plant, open_session
from edgeward.subjects import Subject

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 23)
TOGETHER = 50
"""Inputs that go to an engine at once, with one query a rule."""


def _agree(
    inputs: int,
    rule_set: RuleSet,
    thresholds: Mapping[str, Any],
    engines: Sequence[Engine],
) -> None:
    made = _Maker(random.Random(inputs), rule_set)
    for first in range(0, inputs, TOGETHER):
        kinds = sorted({rule.subject for rule in rule_set.rules})
        numbers = range(first, min(first + TOGETHER, inputs))
        subjects = {kind: [made.subject(kind, number) for number in numbers] for kind in kinds}
        one, other = (judge(rule_set.rules, subjects, thresholds, each) for each in engines)
        for verdict, same in zip(one, other, strict=True):
            assert verdict == same


def test_the_engines_agree_on_generated_inputs(
    rule_set: RuleSet, thresholds: Mapping[str, Any], engine: Engine, opa_server: Engine
) -> None:
    _agree(100, rule_set, thresholds, (engine, opa_server))


@pytest.mark.soak
def test_the_engines_agree_on_a_thousand_generated_inputs(
    rule_set: RuleSet, thresholds: Mapping[str, Any], engine: Engine, opa_server: Engine
) -> None:
    _agree(1000, rule_set, thresholds, (engine, opa_server))


def test_generated_inputs_reach_every_outcome_of_every_rule(
    rule_set: RuleSet, thresholds: Mapping[str, Any], engine: Engine
) -> None:
    made = _Maker(random.Random(100), rule_set)
    for rule in rule_set.rules:
        subjects = {rule.subject: [made.subject(rule.subject, number) for number in range(400)]}
        outcomes = {each.outcome.value for each in judge([rule], subjects, thresholds, engine)}
        assert {"pass", "fail"} <= outcomes, rule.id


def test_the_engines_agree_on_the_example_plants(opa_server: Engine, opa_url: str) -> None:
    embedded, remote = (_assess(url) for url in (None, opa_url))
    assert embedded == remote


def _assess(url: str | None) -> list[PlantResult]:
    session = open_session(ROOT, TODAY, url)
    return [assess_plant(session, name) for name in session.workspace.plants]


class _Maker:
    """Makes subjects: exact numbers, ranges with and without a stated value, unknowns, words."""

    def __init__(self, chance: random.Random, rule_set: RuleSet) -> None:
        self._chance = chance
        self._words: dict[str, list[Any]] = {}
        kinds = {rule.id: rule.subject for rule in rule_set.rules}
        for case in read_cases(ROOT / "tests" / "cases"):
            for path, value in case.facts.items():
                if isinstance(value, str):
                    self._words.setdefault(f"{kinds[case.rule]}.{path}", []).append(value)

    def subject(self, kind: str, number: int) -> Subject:
        facts = {path: self._fact(f"{kind}.{path}", of) for path, of in fact_types(kind).items()}
        return make_subject(kind, {**facts, "id": f"{kind}-{number}"})

    def _fact(self, path: str, kind: str) -> Any:
        if kind == "yes_no":
            return self._chance.choice((True, True, True, False, False, None))
        if kind == "text":
            known = self._words.get(path) or ["a"]
            return None if self._chance.random() < 0.05 else self._chance.choice([*known, "other"])
        return self._number()

    def _number(self) -> Any:
        low, step = self._edge(), self._chance.choice((0.25, 1, 40, 5000))
        return self._chance.choice(
            (
                *(low,) * 6,
                [low, low + step],
                [low, low + step / 2, low + step],
                [low, float("inf")],
                [0, float("inf")],
                float("inf"),
            )
        )

    def _edge(self) -> float:
        return self._chance.choice((0, 0.5, 0.8, 1, 2, 3, 4, 30, 100, 180, 240, 999, -1))
