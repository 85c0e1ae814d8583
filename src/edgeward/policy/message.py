"""The words of a verdict: a rule's message and path with the facts filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from operator import attrgetter

from edgeward.figures import format_figure, format_number
from edgeward.policy.rule import PLACEHOLDER, Rule
from edgeward.quantity import Quantity
from edgeward.subjects import Subject
from edgeward.verdict import Fact, Verdict

_DIGITS = (3, 4, 6, 9, 17)
_MONEY = re.compile(r"(^|[._])usd(_|$)")
_MONEY_DIGITS = 2


def locate(rule: Rule, subject: Subject) -> str:
    """The declaration path that a finding of the rule on the subject points to."""
    return PLACEHOLDER.sub(lambda match: str(attrgetter(match[1])(subject)), rule.at)


def render_message(rule: Rule, verdict: Verdict) -> str:
    """The rule's message with the numbers that it compared; {id} is the subject's.

    Numbers have three significant digits, or as many as it takes to tell two that differ apart.
    """
    detail = {**(verdict.detail or {}), "id": verdict.subject}
    values: dict[str, Fact | float] = {
        name: verdict.facts[name] if name in verdict.facts else detail.get(_plain(name))
        for name in PLACEHOLDER.findall(rule.message)
    }
    texts = format_facts(values)
    return PLACEHOLDER.sub(lambda match: texts[match[1]], rule.message)


def format_facts(values: Mapping[str, Fact | float]) -> dict[str, str]:
    """Facts as text, by path; the number of digits is the least that tells unequal ones apart."""
    for digits in _DIGITS:
        texts = {name: format_fact(value, name, digits) for name, value in values.items()}
        if len(set(texts.values())) >= len({_comparable(value) for value in values.values()}):
            break
    return texts


def format_fact(value: Fact | float, path: str = "", digits: int = _DIGITS[0]) -> str:
    """A fact as text: `8 to 44` for a range, `unknown`, `yes`; money has two significant digits."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "unknown"
    if isinstance(value, str):
        return value
    digits = _MONEY_DIGITS if _MONEY.search(path) else digits
    if isinstance(value, Quantity):
        return format_figure(value, digits)
    return format_number(value, digits)


def _plain(name: str) -> str:
    return name.removeprefix("detail.")


def _comparable(value: Fact | float) -> object:
    return (value.low, value.high) if isinstance(value, Quantity) else value
