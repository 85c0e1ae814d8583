"""The accept and reject cases of rules: facts in a file, and the verdict that they must get.

`cases/{accept,reject}/<rule id>/<case>.yaml` has `facts` by path, and where the folder does not
say it all `expect` and `thresholds`. A number is exact, or [low, high], or [low, stated, high];
null is a choice that nobody made.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from edgeward.errors import InvalidDeclaration, Problem
from edgeward.policy.engine import Engine
from edgeward.policy.fact_types import fact_types
from edgeward.policy.judge import judge
from edgeward.policy.rule import Rule
from edgeward.quantity import Quantity, exact
from edgeward.subjects import SUBJECT_TYPES, Subject
from edgeward.verdict import Outcome, Verdict

_EXPECTED = {"accept": Outcome.PASS, "reject": Outcome.FAIL}
_KEYS = {"facts", "expect", "thresholds"}

Thresholds = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""The thresholds with a case's overrides."""


@dataclass(frozen=True, slots=True)
class Case:
    """`name` is its path below the cases, such as `accept/placement.latency_fits/in_time`."""

    rule: str
    name: str
    facts: Mapping[str, Any]
    expected: Outcome
    thresholds: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a case got: the verdict, or why there was none."""

    case: Case
    verdict: Verdict

    @property
    def as_expected(self) -> bool:
        return self.verdict.outcome is self.case.expected


def read_cases(folder: Path, rules: Sequence[str] | None = None) -> list[Case]:
    """The cases of these rules, or of all; raises InvalidDeclaration for a file that is none."""
    return [
        _read(path, side)
        for side in ("accept", "reject")
        for path in sorted((folder / side).glob("*/*.yaml"))
        if rules is None or path.parent.name in rules
    ]


def run_cases(
    rule: Rule, cases: Sequence[Case], thresholds: Thresholds, engine: Engine
) -> Iterator[Answer]:
    """Each case of a rule with its verdict, each judged alone."""
    for case in cases:
        subject = make_subject(rule.subject, case.facts)
        subjects = {rule.subject: [subject]}
        (verdict,) = judge([rule], subjects, thresholds(case.thresholds), engine)
        yield Answer(case, verdict)


def case_faults(rule: Rule, case: Case) -> list[str]:
    """What the facts of a case lack, or have and should not."""
    needed = {*rule.needs, *rule.applies_when}
    known = fact_types(rule.subject)
    lacking = [f"the fact {path} is not given" for path in sorted(needed - set(case.facts))]
    return lacking + [
        f"a {rule.subject} has no fact {path}" for path in sorted(set(case.facts) - set(known))
    ]


def make_subject(kind: str, facts: Mapping[str, Any]) -> Subject:
    """A subject with the facts given by path; the others are nothing in particular."""
    subject: Subject = _make(SUBJECT_TYPES[kind], dict(facts), "")
    return subject


def _read(path: Path, side: str) -> Case:
    name = f"{side}/{path.parent.name}/{path.stem}"
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        unknown = sorted(set(content) - _KEYS)
        if unknown:
            raise ValueError(f"unknown key {unknown[0]}: a case has facts, expect and thresholds")
        expected = Outcome(content["expect"]) if "expect" in content else _EXPECTED[side]
        facts, thresholds = dict(content["facts"]), dict(content.get("thresholds", {}))
    except (yaml.YAMLError, ValueError, TypeError, KeyError) as error:
        raise InvalidDeclaration((Problem(str(path), 0, 0, "", f"not a case: {error}"),)) from error
    return Case(path.parent.name, name, facts, expected, thresholds)


def _make(owner: type, facts: Mapping[str, Any], prefix: str) -> Any:
    values = {}
    for name, kind in _fields(owner):
        path = f"{prefix}{name}"
        if dataclasses.is_dataclass(kind) and kind is not Quantity:
            values[name] = _make(typing.cast(type, kind), facts, f"{path}.")
        elif path in facts:
            values[name] = _value(facts[path], path)
        else:
            values[name] = exact(0) if kind is Quantity else False if kind is bool else "any"
    return owner(**values)


@cache
def _fields(owner: type) -> tuple[tuple[str, Any], ...]:
    hints = typing.get_type_hints(owner)
    return tuple((field.name, hints[field.name]) for field in dataclasses.fields(owner))


def _value(given: Any, path: str) -> Any:
    if isinstance(given, list):
        stated = given[1] if len(given) == 3 else None
        return Quantity(given[0], given[-1], stated, frozenset((path,)))
    numeric = isinstance(given, int | float) and not isinstance(given, bool)
    return exact(given) if numeric else given
