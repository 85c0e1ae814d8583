"""Small defects that somebody could put into a rule, one a mutant.

A condition is dropped, a comparison flipped or moved to its edge, a constant or a threshold
changed, a path renamed, two needs swapped, an arithmetic sign changed, a body or a value of
`applies_when` taken out. They are made on the text, so that they are what a person would write.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from edgeward.policy.fact_types import fact_types
from edgeward.policy.rule import Rule

_COMPARISONS = {
    "<=": ("<", ">", ">="),
    ">=": (">", "<", "<="),
    "<": ("<=", ">", ">="),
    ">": (">=", "<", "<="),
    "==": ("!=",),
    "!=": ("==",),
}
_SIGNS = {"+": "-", "-": "+", "*": "/", "/": "*"}
_COMPARISON = re.compile(r" (<=|>=|==|!=|<|>) ")
_SIGN = re.compile(r" ([-+*/]) ")
_CONSTANT = re.compile(r'"[^"]*"|\b\d+(?:\.\d+)?\b|\b(?:true|false)\b')
_THRESHOLD = re.compile(r"data\.thresholds\.[a-z0-9_.]+")
_BODY = re.compile(r"^pass contains .*? if \{\n(.*?)^\}\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mutant:
    """`name` says what was done; `text` is the file with it, `applies_when` the rule's."""

    rule: str
    name: str
    text: str
    applies_when: Mapping[str, tuple[str | bool, ...]]


def mutants_of(rule: Rule, text: str, thresholds: Mapping[str, Any]) -> Iterator[Mutant]:
    """The mutants of a rule, each differing from it in one place."""
    start = text.index("\npackage ")
    head, code = text[:start], text[start:]
    seen = {code}
    for name, changed in _code_mutants(rule, code, _numbers(thresholds)):
        if changed not in seen:
            seen.add(changed)
            yield Mutant(rule.id, name, head + changed, rule.applies_when)
    for name, conditions in _condition_mutants(rule):
        yield Mutant(rule.id, name, text, conditions)


def library_mutants(name: str, text: str) -> Iterator[tuple[str, str]]:
    """The mutants of a library file, as what was done and the file with it."""
    start = text.index("\npackage ")
    head, code = text[:start], text[start:]
    for what, changed in itertools.chain(_signs(code), _constants(code)):
        yield f"{name}: {what}", head + changed


def _code_mutants(rule: Rule, code: str, numbers: list[str]) -> Iterator[tuple[str, str]]:
    yield from _dropped(code)
    yield from _flipped(code)
    yield from _signs(code)
    yield from _constants(code)
    yield from _renamed(rule, code)
    yield from _swapped(rule, code)
    for match in _THRESHOLD.finditer(code):
        for other in ("0", *numbers[:1], *numbers[-1:]):
            if other != match[0]:
                yield f"{match[0]} becomes {other}", _put(code, match.span(), other)


def _dropped(code: str) -> Iterator[tuple[str, str]]:
    bodies = list(_BODY.finditer(code))
    for number, body in enumerate(bodies):
        if len(bodies) > 1:
            yield f"body {number + 1} is dropped", _put(code, body.span(), "")
        offset = body.start(1)
        for line in body[1].splitlines(keepends=True):
            if not line.strip().startswith("some "):
                span = (offset, offset + len(line))
                yield f"`{line.strip()}` is dropped", _put(code, span, "")
                if not _COMPARISON.search(line) and " in " not in line:
                    negated = line.rstrip("\n") + " == false\n"
                    yield f"`{line.strip()}` is negated", _put(code, span, negated)
            offset += len(line)


def _flipped(code: str) -> Iterator[tuple[str, str]]:
    for match in _COMPARISON.finditer(code):
        for other in _COMPARISONS[match[1]]:
            yield f"{match[1]} becomes {other} at {match.start()}", _put(code, match.span(1), other)


def _signs(code: str) -> Iterator[tuple[str, str]]:
    for match in _SIGN.finditer(code):
        other = _SIGNS[match[1]]
        yield f"{match[1]} becomes {other} at {match.start()}", _put(code, match.span(1), other)


def _constants(code: str) -> Iterator[tuple[str, str]]:
    for match in _CONSTANT.finditer(code, _code_start(code)):
        literal = match[0]
        others = {"true": ["false"], "false": ["true"]}.get(literal) or (
            ['"another"'] if literal.startswith('"') else [f"({literal} + 1)", f"({literal} - 1)"]
        )
        for other in others:
            yield f"{literal} becomes {other} at {match.start()}", _put(code, match.span(), other)


def _renamed(rule: Rule, code: str) -> Iterator[tuple[str, str]]:
    """A path that does not exist, and another fact of the same kind in its place."""
    facts = fact_types(rule.subject)
    for need in rule.needs:
        for match in re.compile(rf"\.{re.escape(need)}\b").finditer(code, _code_start(code)):
            yield f"{need} is mistyped", _put(code, match.span(), f".{need}x")
            kind = facts[need]
            others = [path for path, type_ in facts.items() if type_ == kind and path != need]
            for other in others[:1]:
                yield f"{need} becomes {other}", _put(code, match.span(), f".{other}")


def _swapped(rule: Rule, code: str) -> Iterator[tuple[str, str]]:
    facts = fact_types(rule.subject)
    for first, second in itertools.combinations(rule.needs, 2):
        if facts[first] == facts[second]:
            swapped = re.sub(rf"\.{re.escape(first)}\b", ".\0", code)
            swapped = re.sub(rf"\.{re.escape(second)}\b", f".{first}", swapped)
            yield f"{first} and {second} are swapped", swapped.replace(".\0", f".{second}")


def _condition_mutants(rule: Rule) -> Iterator[tuple[str, dict[str, tuple[str | bool, ...]]]]:
    for path, values in rule.applies_when.items():
        rest = {key: wanted for key, wanted in rule.applies_when.items() if key != path}
        yield f"applies_when {path} is dropped", rest
        for value in values if len(values) > 1 else ():
            fewer = tuple(each for each in values if each != value)
            yield f"applies_when {path} loses {value}", {**rest, path: fewer}


def _numbers(thresholds: Mapping[str, Any], prefix: str = "data.thresholds") -> list[str]:
    found = []
    for key, value in sorted(thresholds.items()):
        if isinstance(value, Mapping):
            found += _numbers(value, f"{prefix}.{key}")
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found.append(f"{prefix}.{key}")
    return found


def _code_start(code: str) -> int:
    """Behind the package and the imports, whose names look like paths."""
    return max(
        match.end() for match in re.finditer(r"^import .*$|^package .*$", code, re.MULTILINE)
    )


def _put(code: str, span: tuple[int, int], text: str) -> str:
    return code[: span[0]] + text + code[span[1] :]
