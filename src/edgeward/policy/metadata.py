"""What a rule says about itself: the metadata at the head of its file, checked against its schema
and against the facts that exist.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from edgeward.errors import NotEvaluated
from edgeward.finding import Severity
from edgeward.policy.fact_types import fact_types
from edgeward.policy.rule import PLACEHOLDER, Reference, Rule
from edgeward.subjects import SUBJECT_TYPES

_TEXT = {"type": "string", "minLength": 1}
_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["title", "description", "custom"],
    "additionalProperties": False,
    "properties": {
        "title": _TEXT,
        "description": _TEXT,
        "related_resources": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["ref"],
                "properties": {
                    "ref": _TEXT,
                    "description": {"type": "string", "pattern": r" \((read|recalled)\)\Z"},
                },
            },
        },
        "custom": {
            "type": "object",
            "additionalProperties": False,
            "required": [
                *("id", "stage", "subject", "severity", "requirement", "needs", "at"),
                *("message", "remediation"),
            ],
            "properties": {
                "id": {"type": "string", "pattern": r"^[a-z_]+\.[a-z0-9_]+\Z"},
                "stage": {"enum": ["permit", "assert", "judge"]},
                "subject": {"enum": sorted(SUBJECT_TYPES)},
                "severity": {"enum": [level.value for level in Severity]},
                "error_from": {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"},
                "requirement": {"type": "string", "pattern": r"^R[0-9]+\Z"},
                "needs": {"type": "array", "items": _TEXT, "minItems": 1, "uniqueItems": True},
                "applies_when": {
                    "type": "object",
                    "additionalProperties": {
                        "type": ["string", "boolean", "array"],
                        "items": {"type": "string"},
                        "minItems": 1,
                    },
                },
                "solver": {"type": "boolean"},
                "waivable": {"type": "boolean"},
                "at": _TEXT,
                "message": _TEXT,
                "remediation": _TEXT,
            },
        },
    },
}


def parse_rule(text: str, file: str) -> Rule:
    """The rule that a Rego file states in its metadata block.

    Raises NotEvaluated with the file where the block is missing or wrong.
    """
    return rule_from(_read_metadata(text, file), file)


def rule_from(metadata: Mapping[str, Any], file: str) -> Rule:
    """A rule from metadata in the shape of OPA's annotations; `file` is for the error."""
    problems = [
        f"{'.'.join(str(part) for part in error.absolute_path) or 'metadata'}: {error.message}"
        for error in _validator().iter_errors(metadata)
    ]
    if problems:
        raise NotEvaluated(f"{file}: {'; '.join(sorted(problems))}")
    custom = dict(metadata["custom"])
    rule = Rule(
        title=metadata["title"],
        description=metadata["description"],
        severity=Severity(custom.pop("severity")),
        needs=tuple(custom.pop("needs")),
        applies_when=_choices(custom.pop("applies_when", {})),
        solver=custom.pop("solver", False),
        waivable=custom.pop("waivable", True),
        related_resources=tuple(map(_reference, metadata.get("related_resources", ()))),
        **custom,
    )
    _check_paths(rule, file)
    _check_phase(rule, file)
    return rule


def with_thresholds(rule: Rule, thresholds: tuple[str, ...], file: str) -> Rule:
    """The rule with the thresholds that its condition refers to; its words may name only those."""
    named = {name for name in _placeholders(rule.message) if name.startswith("thresholds.")}
    _refuse(named - {f"thresholds.{path}" for path in thresholds}, "message", rule, file)
    return dataclasses.replace(rule, thresholds=thresholds)


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(_SCHEMA)


def _read_metadata(text: str, file: str) -> Mapping[str, Any]:
    head, marker, rest = text.partition("# METADATA\n")
    if not marker or head.strip():
        raise NotEvaluated(f"{file}:1: a rule begins with a METADATA block")
    block: list[str] = []
    for line in rest.splitlines():
        if not line.startswith("#"):
            break
        block.append(line[2:])
    try:
        metadata = yaml.load("\n".join(block), _Loader)
    except yaml.YAMLError as error:
        raise NotEvaluated(f"{file}: the METADATA block is not YAML: {error}") from error
    return metadata if isinstance(metadata, dict) else {}


class _Loader(yaml.SafeLoader):
    """Leaves dates as they are written."""


_Loader.yaml_implicit_resolvers = {
    first: [each for each in resolvers if each[0] != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _check_paths(rule: Rule, file: str) -> None:
    facts = fact_types(rule.subject)
    names = {path for path, kind in facts.items() if kind == "text" and "." not in path}
    detail = {name for name in _placeholders(rule.message) if name.startswith("detail.")}
    given = {name for name in _placeholders(rule.message) if name.startswith("thresholds.")}
    _refuse(set(rule.needs) - set(facts), "needs", rule, file)
    choices = {path for path, kind in facts.items() if kind != "number"}
    _refuse(set(rule.applies_when) - choices, "applies_when", rule, file)
    _refuse(_placeholders(rule.at) - names, "at", rule, file)
    known = {"id", *rule.needs} | detail | given
    _refuse(_placeholders(rule.message) - known, "message", rule, file)


def _check_phase(rule: Rule, file: str) -> None:
    if rule.error_from is None:
        return
    if rule.severity is not Severity.ERROR:
        raise NotEvaluated(f"{file}: {rule.id}: error_from is for a rule of severity error")
    try:
        date.fromisoformat(rule.error_from)
    except ValueError as error:
        raise NotEvaluated(f"{file}: {rule.id}: error_from: {error}") from error


def _reference(link: Mapping[str, str]) -> Reference:
    if "description" not in link:
        return Reference(link["ref"], link["ref"], read=False)
    what, _, how = link["description"].removesuffix(")").rpartition(" (")
    return Reference(link["ref"], what, how == "read")


def _choices(conditions: Mapping[str, Any]) -> dict[str, tuple[str | bool, ...]]:
    return {
        path: tuple(wanted) if isinstance(wanted, list) else (wanted,)
        for path, wanted in conditions.items()
    }


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def _refuse(unknown: set[str], key: str, rule: Rule, file: str) -> None:
    if unknown:
        listed = ", ".join(sorted(unknown))
        raise NotEvaluated(f"{file}: {rule.id}: {key} names what {rule.subject} has not: {listed}")
