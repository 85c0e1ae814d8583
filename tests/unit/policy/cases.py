"""The accept and reject cases of the rules, from files; adding one needs no Python."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from edgeward.policy.rule import Rule
from edgeward.quantity import Quantity, exact
from edgeward.subjects import SUBJECT_TYPES, Subject
from edgeward.verdict import Outcome

CASES = Path(__file__).parents[2] / "cases"
_EXPECTED = {"accept": Outcome.PASS, "reject": Outcome.FAIL}


@dataclass(frozen=True)
class Case:
    rule: str
    name: str
    facts: Mapping[str, Any]
    expected: Outcome
    thresholds: Mapping[str, Any]


def read_cases() -> list[Case]:
    return [
        _read(path, side)
        for side in ("accept", "reject")
        for path in sorted((CASES / side).glob("*/*.yaml"))
    ]


def make_subject(kind: str, facts: Mapping[str, Any]) -> Subject:
    """A subject with the facts given by path; the others are nothing in particular."""
    subject: Subject = _make(SUBJECT_TYPES[kind], dict(facts), "")
    return subject


def required_facts(rule: Rule) -> set[str]:
    return {*rule.needs, *rule.applies_when}


def _read(path: Path, side: str) -> Case:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    unknown = set(content) - {"facts", "expect", "thresholds"}
    assert not unknown, f"{path}: {unknown}"
    expected = Outcome(content["expect"]) if "expect" in content else _EXPECTED[side]
    name = f"{side}/{path.parent.name}/{path.stem}"
    return Case(path.parent.name, name, content["facts"], expected, content.get("thresholds", {}))


def _make(owner: type, facts: Mapping[str, Any], prefix: str) -> Any:
    values = {}
    hints = typing.get_type_hints(owner)
    for field in dataclasses.fields(owner):
        path, kind = f"{prefix}{field.name}", hints[field.name]
        if dataclasses.is_dataclass(kind) and kind is not Quantity:
            values[field.name] = _make(kind, facts, f"{path}.")
        elif path in facts:
            values[field.name] = _value(facts[path], path)
        else:
            values[field.name] = exact(0) if kind is Quantity else False if kind is bool else "any"
    return owner(**values)


def _value(given: Any, path: str) -> Any:
    if isinstance(given, list):
        low, high = given[0], given[-1]
        stated = given[1] if len(given) == 3 else None
        return Quantity(low, high, stated, frozenset((path,)))
    return (
        exact(given)
        if isinstance(given, int | float) and given is not True and given is not False
        else given
    )
