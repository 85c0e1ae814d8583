"""Rules on subjects: which facts a rule sees, on which of their values it is run, and what follows.

A number that is not known exactly is tried at both ends of its interval, in every combination
with the others. A rule uses each number once (`edgeward.policy.lint`), so it is monotone in each
of them, and what holds at all corners holds everywhere between.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from edgeward.errors import NotEvaluated
from edgeward.policy.engine import Engine
from edgeward.policy.fact_types import nest
from edgeward.policy.message import locate
from edgeward.policy.rule import Rule
from edgeward.policy.thresholds import compared_with
from edgeward.quantity import Quantity
from edgeward.subjects import Subject
from edgeward.verdict import Fact, Outcome, Verdict

_CLAMP = 1e15
"""Stands for infinity, which JSON has not: more than any fact, and exact as a number."""
_INEXACT_MOST = 6
_NOTHING: frozenset[str] = frozenset()

_Row = tuple[float | str | bool, ...]


def judge(
    rules: Sequence[Rule],
    subjects: Mapping[str, Sequence[Subject]],
    thresholds: Mapping[str, Any],
    engine: Engine,
) -> tuple[Verdict, ...]:
    """The verdict of every rule on every subject of its kind: by rule, then by subject.

    `subjects` has a sequence, maybe an empty one, for every kind that the rules judge. Raises
    NotEvaluated where a fact or a threshold that a rule needs is not there, or where the engine
    gives no answer.
    """
    verdicts: list[Verdict] = []
    for rule in rules:
        if rule.subject not in subjects:
            raise NotEvaluated(f"{rule.id}: nobody computed subjects of the kind {rule.subject}")
        verdicts.extend(_judge(rule, subjects[rule.subject], thresholds, engine))
    return tuple(verdicts)


class _Question(NamedTuple):
    """Rows to ask about a subject; with none, `settled` is the answer already.

    `stated` is the number of the row at the stated values, if all needed values are stated.
    """

    subject: Subject
    facts: tuple[Fact, ...]
    settled: Outcome | None
    rows: tuple[int, ...]
    stated: int | None
    rests_on: frozenset[str]


_Said = tuple[Outcome, Outcome | None, Mapping[str, float | str] | None]


@dataclass(frozen=True, slots=True)
class _Answers:
    passed: frozenset[int]
    detail: Mapping[int, Mapping[str, float | str]]

    def outcome(self, row: int) -> Outcome:
        return Outcome.PASS if row in self.passed else Outcome.FAIL


def _judge(
    rule: Rule, subjects: Sequence[Subject], thresholds: Mapping[str, Any], engine: Engine
) -> list[Verdict]:
    limits = compared_with(rule, thresholds)
    ask = _Asker(rule)
    try:
        questions = [ask(subject) for subject in subjects]
    except AttributeError as error:
        raise NotEvaluated(f"{rule.id}: nobody computed a fact that it needs: {error}") from error
    answers = _evaluate(rule, list(ask.rows), thresholds, engine)
    said: dict[object, _Said] = {}  # subjects that look the same get the same answer
    verdicts = []
    for question in questions:
        key = (question.settled, question.rows, question.stated)
        if key not in said:
            said[key] = (*_outcomes(question, answers), _detail(question, answers, limits))
        verdicts.append(_verdict(rule, question, said[key]))
    return verdicts


class _Asker:
    """Turns subjects into rows of what the rule needs; subjects that look the same share a row."""

    def __init__(self, rule: Rule) -> None:
        self.rows: dict[_Row, int] = {}
        self._rule = rule
        self._read = _reader(rule.needs)
        self._conditions = [(attrgetter(path), w) for path, w in rule.applies_when.items()]

    def __call__(self, subject: Subject) -> _Question:
        facts = self._read(subject)
        if self._conditions:
            settled = self._settle(subject)
            if settled is Outcome.UNKNOWN:
                rests_on = frozenset((locate(self._rule, subject),))
                return _Question(subject, facts, settled, (), None, rests_on)
            if settled is not None:
                return _Question(subject, facts, settled, (), None, _NOTHING)
        row: list[float | str | bool] = []
        for fact in facts:
            if isinstance(fact, Quantity):
                if fact.low != fact.high:
                    return self._ask_inexact(subject, facts)
                row.append(_clamped(fact.low))
            elif fact is None:
                return self._ask_inexact(subject, facts)
            else:
                row.append(fact)
        number = self._number(tuple(row))
        return _Question(subject, facts, None, (number,), number, _NOTHING)

    def _settle(self, subject: Subject) -> Outcome | None:
        unknown = False
        for read, wanted in self._conditions:
            value = read(subject)
            if value is None:
                unknown = True
            elif value not in wanted:
                return Outcome.NOT_APPLICABLE
        return Outcome.UNKNOWN if unknown else None

    def _ask_inexact(self, subject: Subject, facts: tuple[Fact, ...]) -> _Question:
        inexact = [f for f in facts if isinstance(f, Quantity) and not f.exact]
        rests_on = _NOTHING.union(*(quantity.rests_on for quantity in inexact))
        if None in facts:
            rests_on |= {locate(self._rule, subject)}
            return _Question(subject, facts, Outcome.UNKNOWN, (), None, rests_on)
        stated = [_stated(fact) for fact in facts]
        row = None if None in stated else self._number(tuple(stated))  # type: ignore[arg-type]
        if not all(quantity.bounded for quantity in inexact):
            return _Question(subject, facts, Outcome.UNKNOWN, (), row, rests_on)
        if len(inexact) > _INEXACT_MOST:
            raise NotEvaluated(f"{self._rule.id}: needs more than {_INEXACT_MOST} inexact numbers")
        corners = itertools.product(*(_ends(fact) for fact in facts))
        rows = tuple(self._number(corner) for corner in corners)
        return _Question(subject, facts, None, rows if row is None else (*rows, row), row, rests_on)

    def _number(self, row: _Row) -> int:
        return self.rows.setdefault(row, len(self.rows))


def _reader(needs: tuple[str, ...]) -> Callable[[Subject], tuple[Fact, ...]]:
    read: Callable[[Subject], Any] = attrgetter(*needs)
    return read if len(needs) > 1 else lambda subject: (read(subject),)


def _ends(fact: Fact) -> _Row:
    if isinstance(fact, Quantity):
        return tuple(_clamped(end) for end in fact.ends())
    return (fact,)  # type: ignore[return-value]


def _stated(fact: Fact) -> float | str | bool | None:
    if not isinstance(fact, Quantity):
        return fact
    stated = fact.low if fact.exact else fact.stated
    return None if stated is None else _clamped(stated)


def _clamped(number: float) -> float:
    return min(max(number, -_CLAMP), _CLAMP)


def _evaluate(
    rule: Rule, rows: list[_Row], thresholds: Mapping[str, Any], engine: Engine
) -> _Answers:
    if not rows:
        return _Answers(frozenset(), {})
    asked = {
        rule.subject: [
            {"id": str(number), **nest(dict(zip(rule.needs, row, strict=True)))}
            for number, row in enumerate(rows)
        ]
    }
    document = engine.evaluate(rule, json.dumps(asked, allow_nan=False).encode(), thresholds)
    passed, detail = document.get("pass"), document.get("detail", {})
    if not isinstance(passed, list) or not isinstance(detail, dict):
        raise NotEvaluated(f"{rule.id}: the rule says nothing of what passes")
    known = {str(number) for number in range(len(rows))}
    if not known.issuperset([*passed, *detail]):
        raise NotEvaluated(f"{rule.id}: answers for subjects that nobody asked about")
    return _Answers(
        frozenset(int(name) for name in passed),
        {int(name): values for name, values in detail.items()},
    )


def _verdict(rule: Rule, question: _Question, said: _Said) -> Verdict:
    outcome, stated, detail = said
    facts = dict(zip(rule.needs, question.facts, strict=True))
    subject, rests_on = question.subject.id, question.rests_on
    return Verdict(rule.id, subject, outcome, stated, facts, rests_on, detail)


def _outcomes(question: _Question, answers: _Answers) -> tuple[Outcome, Outcome | None]:
    """The outcome for every plausible value, and the one for the stated values."""
    if question.settled is Outcome.NOT_APPLICABLE:
        return question.settled, question.settled
    stated = None if question.stated is None else answers.outcome(question.stated)
    if question.settled is not None:
        return question.settled, stated
    first, *others = question.rows
    outcome = answers.outcome(first)
    if any(answers.outcome(row) is not outcome for row in others):
        return Outcome.UNKNOWN, stated
    return outcome, outcome


def _detail(
    question: _Question, answers: _Answers, limits: Mapping[str, float | str]
) -> Mapping[str, float | str] | None:
    shown = question.stated if question.stated is not None else min(question.rows, default=None)
    found = answers.detail.get(shown) if shown is not None else None
    return {**limits, **found} if found else limits or None
